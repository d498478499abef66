// Every word of the page itself; what the phones show comes from the bot.
import { EN } from './en.js';
import { RU } from './ru.js';

export const WORDS = { ru: RU, en: EN };
export const language = { now: 'ru' };
export const t = (key, ...about) => {
  const word = WORDS[language.now][key];
  return typeof word === 'function' ? word(...about) : word;
};
export const trouble = (code) => t('errors')[code] ?? t('errors').other;
