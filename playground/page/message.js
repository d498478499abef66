// A message as a bubble with its buttons. `phone` says what clicks do.
import { button, el, icon } from './dom.js';
import { player } from './voice.js';
import { t } from './words.js';

const SIMPLE = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre', blockquote: 'blockquote', expandable_blockquote: 'blockquote' };
const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote']);

// Entities count UTF-16 code units, as JavaScript's strings do.
export function rich(text, entities, phone) {
  const left = entities.map((e) => ({ ...e, end: e.offset + e.length })).sort((a, b) => a.offset - b.offset || b.end - a.end);
  const fill = (into, from, to) => {
    let at = from;
    while (left.length && left[0].offset < to) {
      const entity = left.shift();
      const start = Math.max(entity.offset, at);
      const end = Math.max(start, Math.min(entity.end, to));
      into.append(text.slice(at, start));
      const inner = formatted(entity, text.slice(start, end), phone);
      fill(inner, start, end);
      into.append(inner);
      at = end;
      if (BLOCKS.has(entity.type) && text[at] === '\n') at += 1;
    }
    into.append(text.slice(at, to));
  };
  const whole = el('div', { class: 'text', dir: 'auto' });
  fill(whole, 0, text.length);
  return whole;
}

function formatted(entity, words, phone) {
  if (SIMPLE[entity.type]) return el(SIMPLE[entity.type], { dir: BLOCKS.has(entity.type) ? 'auto' : null });
  switch (entity.type) {
    case 'text_link': return anchor(entity.url, phone);
    case 'url': return anchor(/^[a-z]+:\/\//i.test(words) ? words : `https://${words}`, phone);
    case 'email': return anchor(`mailto:${words}`, phone);
    case 'phone_number': return anchor(`tel:${words.replace(/[^+\d]/g, '')}`, phone);
    case 'bot_command': return button({ class: 'link', onclick: () => phone.types(words) });
    case 'mention': case 'hashtag': case 'cashtag': case 'text_mention': return el('span', { class: 'tag' });
    case 'spoiler': {
      const open = (e) => { if (e.type === 'click' || e.key === 'Enter') e.currentTarget.classList.toggle('open'); };
      return el('span', { class: 'spoiler', role: 'button', tabindex: '0', title: t('spoiler'), onclick: open, onkeydown: open });
    }
    default: return el('span');
  }
}

function anchor(address, phone) {
  if (!/^(https?|mailto|tel|tg):/i.test(address)) return el('span');
  const follow = (e) => { if (phone.startOf(address) !== null) { e.preventDefault(); phone.leads(address, e.currentTarget); } };
  return el('a', { href: address, target: '_blank', rel: 'noopener noreferrer', onclick: follow });
}

export function drawn(message, phone) {
  if (message.kind === 'pinned_message') return el('p', { class: 'day', 'data-id': String(message.id) }, t('pinned'));
  const bubble = el('div', { class: `bub ${message.file ? message.kind : ''}` },
    el('span', { class: 'hide' }, t(message.mine ? 'you' : 'botSays'), ' '),
    message.reply_to && quoted(message.reply_to, phone),
    media(message, phone),
    message.text && rich(message.text, message.entities, phone),
    message.reactions.length ? el('span', { class: 'reactions' }, message.reactions.join(' ')) : null,
    el('span', { class: 'meta' }, message.pinned ? `${t('pinned')} · ` : '', el('time', {}, message.edited_at ? t('edited', phone.clock(message.edited_at)) : phone.clock(message.at))),
    button({ class: 'dots', 'aria-label': t('actions'), 'aria-haspopup': 'dialog', onclick: (e) => phone.actions(message, e.currentTarget) }, icon('dots')));
  return el('article', { class: `msg ${message.mine ? 'me' : ''} ${message.keys.length ? 'wide' : ''} ${message.album ? 'album' : ''}`, 'data-id': String(message.id) }, bubble, keys(message, phone));
}

function keys(message, phone) {
  if (!message.keys.length) return null;
  const key = (one) => button({ class: one.style ?? '', disabled: one.disabled, 'data-key': one.data ?? '', onclick: (e) => phone.taps(message, one, e.currentTarget) },
    one.text, one.url ? el('span', { 'aria-hidden': 'true' }, ' ↗') : null);
  return el('div', { class: 'keys' }, ...message.keys.map((row) => el('div', { class: 'row' }, ...row.map(key))));
}

export const gist = (message) => message.text || t(message.kind) || t('other');

function quoted(quote, phone) {
  return button({ class: 'quoted', onclick: () => phone.jumps(quote.id) }, el('b', {}, quote.mine ? phone.person.name : phone.botName()), el('span', { dir: 'auto' }, gist(quote)));
}

function media(message, phone) {
  const { file, about, kind } = message;
  if (file) return ofFile(message, file, kind, phone);
  if (kind === 'location') return plain('📍', `${about.latitude.toFixed(5)}, ${about.longitude.toFixed(5)}`);
  if (kind === 'venue') return plain('📍', about.title, about.address);
  if (kind === 'contact') return plain('👤', [about.first_name, about.last_name].filter(Boolean).join(' '), about.phone_number);
  if (kind === 'dice') return plain(about.emoji, String(about.value));
  if (kind === 'poll') return plain('📊', about.question, about.options.map((o) => o.text).join(' · '));
  return message.text ? null : plain('▫️', t('other'));
}

const plain = (sign, title, more = '') => el('div', { class: 'thing' }, el('span', { class: 'sign', 'aria-hidden': 'true' }, sign), el('span', { dir: 'auto' }, el('b', {}, title), more && el('small', {}, more)));

function ofFile(message, file, kind, phone) {
  const shows = file.shows ?? '';
  if (kind === 'photo' && shows.startsWith('image/')) {
    const image = el('img', { src: file.url, alt: message.text || t('photo'), loading: 'lazy', width: String(file.width), height: String(file.height) });
    const open = (e) => (e.currentTarget.classList.contains('veiled') ? e.currentTarget.classList.remove('veiled') : phone.zooms(file.url, image.alt));
    return button({ class: `picture ${message.hidden ? 'veiled' : ''}`, 'aria-haspopup': 'dialog', title: message.hidden ? t('hidden') : '', onclick: open }, image);
  }
  if (kind === 'sticker' && shows.startsWith('image/')) return el('img', { class: 'sticker', src: file.url, alt: message.about?.emoji ?? t('sticker') });
  if (kind === 'sticker') return el('span', { class: 'sticker', role: 'img', 'aria-label': t('sticker') }, message.about?.emoji ?? '🙂');
  if (kind === 'voice' && shows) return player(file, t(kind));
  if (kind === 'audio' && shows) return el('audio', { controls: true, preload: 'metadata', src: file.url, 'aria-label': t(kind) });
  if (['video', 'video_note', 'animation'].includes(kind) && shows) return el('video', { controls: true, preload: 'metadata', playsinline: '', src: file.url, class: kind, 'aria-label': t(kind) });
  const link = el('a', { href: file.url, download: file.name || kind }, file.name || t(kind));
  return el('div', { class: 'thing' }, el('span', { class: 'sign', 'aria-hidden': 'true' }, '📎'), el('span', {}, link, el('small', {}, size(file.size))));
}

function size(bytes) {
  const step = bytes >= 1048576 ? 2 : bytes >= 1024 ? 1 : 0;
  return `${(bytes / 1024 ** step).toFixed(step && bytes / 1024 ** step < 10 ? 1 : 0)} ${t('bytes')[step]}`;
}
