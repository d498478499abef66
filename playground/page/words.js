// Every word of the page itself; what the phones show comes from the bot.
export const WORDS = {
  ru: {
    title: 'Отклик: площадка', name: 'Отклик', subtitle: 'Площадка: один бот, три телефона, без сети',
    newcomer: 'Новый клиент', language: 'Язык страницы', dark: 'Тёмная', phones: 'Телефоны', photo: 'Фото', close: 'Закрыть',
    customer: 'Клиент', operator: 'Оператор', supervisor: 'Руководитель',
    customers: 'Клиенты', operators: 'Операторы', supervisors: 'Руководители',
    whose: (role) => `Чей телефон: ${role}`, chatOf: (name) => `Чат, телефон: ${name}`,
    bot: 'бот', typing: 'печатает…', today: 'Сегодня', you: 'Вы:', botSays: 'Бот:',
    message: 'Сообщение', send: 'Отправить', attach: 'Прикрепить', commands: 'Команды', actions: 'Действия', down: 'К последнему сообщению',
    start: 'Начать', unblock: 'Разблокировать', block: 'Заблокировать бота', startAgain: 'Нажать «Начать» ещё раз', more: 'Ещё',
    follow: 'Открыть ссылку t.me…', link: 'Ссылка', open: 'Открыть',
    reply: 'Ответить', edit: 'Изменить', remove: 'Удалить', copy: 'Скопировать текст', copied: 'Скопировано',
    replying: 'Ответ', editing: 'Изменение', cancel: 'Отменить', edited: (at) => `изменено ${at}`, pinned: 'закреплено', unread: (n) => `новых: ${n}`,
    photos: 'Фото или альбом', video: 'Видео', video_note: 'Круглое видео', voice: 'Голосовое (файл)', audio: 'Музыка',
    document: 'Файл', sticker: 'Стикер (картинка)', place: 'Место', contact: 'Мой контакт', animation: 'GIF', location: 'Место', venue: 'Место',
    dice: 'Кубик', poll: 'Опрос', text: 'Сообщение', other: 'Сообщение, которое здесь не показать', save: 'Сохранить', spoiler: 'Скрытый текст', hidden: 'Скрытое фото',
    noCommands: 'Команд пока нет', lost: 'Площадка не отвечает. Подключаюсь снова…', bytes: ['Б', 'КБ', 'МБ'],
    errors: {
      gone: 'Этого сообщения или кнопки уже нет.', empty: 'Напишите что-нибудь.', blocked: 'Бот заблокирован: сначала разблокируйте.',
      not_started: 'Сначала нажмите «Начать».', too_long: 'Слишком длинно: в сообщении до 4096 знаков, в подписи до 1024.', too_large: 'Слишком большой файл: до 50 МБ.',
      photo_too_large: 'Слишком большое фото: до 10 МБ. Можно отправить файлом.', no_picture: 'Это не фото (PNG, JPEG, GIF, WebP). Можно отправить файлом.',
      too_many: 'В альбоме до 10 фото.', empty_file: 'Файл пуст.', cannot_edit: 'Такое сообщение не изменить.', bad_link: 'Это не ссылка на бота.', away: 'Площадка не отвечает.', other: 'Не получилось.',
    },
  },
  en: {
    title: 'Otklik: playground', name: 'Otklik', subtitle: 'Playground: one bot, three phones, no network',
    newcomer: 'New customer', language: 'Language of the page', dark: 'Dark', phones: 'Phones', photo: 'Photo', close: 'Close',
    customer: 'Customer', operator: 'Operator', supervisor: 'Supervisor',
    customers: 'Customers', operators: 'Operators', supervisors: 'Supervisors',
    whose: (role) => `Whose phone: ${role}`, chatOf: (name) => `Chat, phone of ${name}`,
    bot: 'bot', typing: 'typing…', today: 'Today', you: 'You:', botSays: 'Bot:',
    message: 'Message', send: 'Send', attach: 'Attach', commands: 'Commands', actions: 'Actions', down: 'To the last message',
    start: 'Start', unblock: 'Unblock', block: 'Block the bot', startAgain: 'Press Start once more', more: 'More',
    follow: 'Open a t.me link…', link: 'Link', open: 'Open',
    reply: 'Reply', edit: 'Edit', remove: 'Delete', copy: 'Copy the text', copied: 'Copied',
    replying: 'Reply', editing: 'Edit', cancel: 'Cancel', edited: (at) => `edited ${at}`, pinned: 'pinned', unread: (n) => `${n} new`,
    photos: 'Photo or album', video: 'Video', video_note: 'Round video', voice: 'Voice (a file)', audio: 'Music',
    document: 'File', sticker: 'Sticker (a picture)', place: 'Place', contact: 'My contact', animation: 'GIF', location: 'Place', venue: 'Place',
    dice: 'Dice', poll: 'Poll', text: 'Message', other: 'A message that cannot be shown here', save: 'Save', spoiler: 'Hidden text', hidden: 'Hidden photo',
    noCommands: 'No commands yet', lost: 'The playground does not answer. Connecting again…', bytes: ['B', 'KB', 'MB'],
    errors: {
      gone: 'This message or button is no longer there.', empty: 'Write something.', blocked: 'The bot is blocked: unblock it first.',
      not_started: 'Press Start first.', too_long: 'Too long: a message holds 4,096 characters, a caption 1,024.', too_large: 'Too large a file: up to 50 MB.',
      photo_too_large: 'Too large a photo: up to 10 MB. It can be sent as a file.', no_picture: 'This is not a photo (PNG, JPEG, GIF, WebP). It can be sent as a file.',
      too_many: 'An album holds up to 10 photos.', empty_file: 'The file is empty.', cannot_edit: 'This message cannot be edited.', bad_link: 'This is not a link to the bot.', away: 'The playground does not answer.', other: 'That did not work.',
    },
  },
};
export const language = { now: 'ru' };
export const t = (key, ...about) => {
  const word = WORDS[language.now][key];
  return typeof word === 'function' ? word(...about) : word;
};
export const trouble = (code) => t('errors')[code] ?? t('errors').other;
