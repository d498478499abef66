// One phone: a person's chat with the bot, and all they can do in it.
import { button, el, icon } from './dom.js';
import { drawn, gist } from './message.js';
import { t, trouble } from './words.js';

const KINDS = { photos: ['photo', 'image/png,image/jpeg,image/gif,image/webp'], document: ['document', ''], voice: ['voice', 'audio/*'], video: ['video', 'video/*'], video_note: ['video_note', 'video/*'], audio: ['audio', 'audio/*'], sticker: ['sticker', 'image/*'] };
const ROLES = ['customer', 'operator', 'supervisor'];
const MOSCOW = { latitude: 55.75393, longitude: 37.62079 };
const NEAR = 80;

export class Phone {
  constructor(app, slot) {
    this.app = app;
    this.slot = slot;
    this.person = null;
    this.held = null; // { reply: message } or { edit: message }
    this.build();
  }

  build() {
    this.who = el('select', { class: 'who', onchange: () => this.app.gives(this, +this.who.value) });
    this.status = el('small', { role: 'status' });
    this.name = el('b');
    this.more = button({ class: 'round', 'aria-haspopup': 'dialog', onclick: (e) => this.chatActions(e.currentTarget) }, icon('dots'));
    this.chat = el('div', { class: 'chat', role: 'log', 'aria-live': 'polite', tabindex: '0', onscroll: () => this.scrolled() });
    this.chat.addEventListener('load', () => this.stuck && this.toEnd(), true);
    this.downward = button({ class: 'down', hidden: true, onclick: () => this.toEnd() }, icon('down'));
    this.toasts = el('div', { class: 'toasts', role: 'status' });
    this.sheet = el('div', { class: 'sheet', role: 'dialog', hidden: true, onkeydown: (e) => this.inSheet(e) });
    this.holding = el('div', { class: 'holding', hidden: true });
    this.field = el('textarea', { rows: '1', dir: 'auto', oninput: () => this.grows(), onkeydown: (e) => this.keyed(e) });
    this.attach = button({ class: 'round', 'aria-haspopup': 'dialog', onclick: (e) => this.attachments(e.currentTarget) }, icon('clip'));
    this.menu = button({ class: 'round slash', 'aria-haspopup': 'dialog', onclick: (e) => this.commands(e.currentTarget) }, '/');
    this.send = button({ class: 'round go', onclick: () => this.sends() }, icon('send'));
    this.files = el('input', { type: 'file', hidden: true, tabindex: '-1', onchange: () => this.uploads() });
    this.keyboard = el('div', { class: 'keys reply', hidden: true });
    this.write = el('div', { class: 'write' }, this.attach, this.menu, this.field, this.send, this.files);
    this.gate = el('div', { class: 'gate', hidden: true });
    const top = el('div', { class: 'top' }, el('span', { class: 'face', 'aria-hidden': 'true' }, icon('wave')), el('div', {}, this.name, this.status), this.more);
    const screen = el('div', { class: 'phone' }, top, el('div', { class: 'view' }, this.chat, this.downward, this.toasts), this.holding, this.write, this.keyboard, this.gate, this.sheet);
    screen.addEventListener('pointerdown', (e) => this.sheet.contains(e.target) || this.closes());
    this.heading = el('b');
    this.root = el('section', { class: 'person', id: `phone-${this.slot}` }, el('h2', {}, this.heading, this.who), screen);
  }

  // Whose phone it is, and the whole of its screen.

  shows(person) {
    if (this.person && this.person !== person) this.person.draft = this.field.value;
    if (this.person?.id !== person.id) { this.held = null; this.closes(); this.field.value = person.draft ?? ''; }
    this.person = person;
    this.redraws();
  }

  redraws() {
    const { person } = this;
    this.name.textContent = this.botName();
    this.status.textContent = t('bot');
    this.heading.textContent = t(person.role);
    for (const [what, word] of [[this.field, 'message'], [this.send, 'send'], [this.attach, 'attach'], [this.menu, 'commands'], [this.more, 'more'], [this.downward, 'down']]) what.setAttribute('aria-label', t(word));
    this.who.setAttribute('aria-label', t('whose', t(person.role)));
    this.chat.setAttribute('aria-label', t('chatOf', person.name));
    this.chat.setAttribute('aria-busy', 'true');
    this.chat.replaceChildren();
    for (const message of person.messages.values()) this.appends(message);
    this.chat.removeAttribute('aria-busy');
    this.lists();
    this.holds(this.held);
    this.follows();
    this.toEnd();
  }

  lists() {
    const group = (role) => el('optgroup', { label: t(`${role}s`) }, ...this.app.everybody().filter((p) => p.role === role).map((p) => el('option', { value: String(p.id), selected: p === this.person }, p.name + (p.unread ? ` · ${p.unread}` : ''))));
    this.who.replaceChildren(...ROLES.map(group));
    this.who.value = String(this.person.id);
  }

  // What around the messages depends on the chat: Start, blocked, the keyboard.
  follows() {
    const { started, blocked, keyboard } = this.person.chat;
    const closed = !started || blocked;
    this.gate.hidden = !closed;
    this.write.hidden = closed;
    this.gate.replaceChildren(closed ? button({ class: 'plain go', onclick: () => (blocked ? this.asks('unblock') : this.starts()) }, t(blocked ? 'unblock' : 'start')) : '');
    const shown = closed || (keyboard?.once && this.person.used === keyboard.of) ? null : keyboard;
    this.keyboard.hidden = !shown;
    this.keyboard.replaceChildren(...(shown?.rows ?? []).map((row) => el('div', { class: 'row' }, ...row.map((key) => button({ class: key.style ?? '', onclick: () => this.presses(key, shown) }, key.text)))));
    this.field.placeholder = shown?.hint || t('message');
    this.grows();
  }

  hears(news) {
    const { message } = news;
    const was = this.stuck;
    if (news.type === 'message') { this.appends(message); this.quiets(); }
    if (news.type === 'edited') this.replaces(message);
    if (news.type === 'deleted') this.at(message.id)?.remove();
    if (news.type === 'action') this.isTyping();
    if (news.type === 'answer') this.answered(news);
    this.follows();
    if (was || (news.type === 'message' && message.mine)) this.toEnd();
    else if (news.type === 'message') this.downward.hidden = false;
  }

  at(id) { return this.chat.querySelector(`[data-id="${id}"]`); }

  appends(message) {
    const day = this.app.day(message.at);
    if (this.chat.lastChild?.dataset?.day !== day && ![...this.chat.querySelectorAll('[data-day]')].some((e) => e.dataset.day === day)) this.chat.append(el('p', { class: 'day' }, day));
    const node = drawn(message, this);
    node.dataset.day = day;
    this.chat.append(node);
  }

  replaces(message) {
    const old = this.at(message.id);
    if (!old) return;
    const node = drawn(message, this);
    node.dataset.day = old.dataset.day;
    const place = [...old.querySelectorAll('button')].indexOf(document.activeElement);
    old.replaceWith(node);
    if (place >= 0) ([...node.querySelectorAll('button')][place] ?? this.chat).focus();
  }

  // At the end, and staying there whatever grows: only the person scrolls away from it.
  scrolled() {
    this.stuck = this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < NEAR;
    if (this.stuck) this.downward.hidden = true;
  }
  toEnd() { this.chat.scrollTop = this.chat.scrollHeight; this.stuck = true; this.downward.hidden = true; }

  jumps(id) {
    const node = this.at(id);
    if (!node) return;
    node.scrollIntoView({ block: 'center' });
    node.classList.add('found');
    setTimeout(() => node.classList.remove('found'), 1500);
  }

  isTyping() {
    this.status.textContent = t('typing');
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.quiets(), 5000);
  }
  quiets() { clearTimeout(this.quiet); this.status.textContent = t('bot'); }

  answered({ text, alert }) {
    for (const key of this.chat.querySelectorAll('.waits')) key.classList.remove('waits');
    if (text && alert) this.opens(text, [[t('close'), () => {}]], this.chat, 'alertdialog');
    else if (text) this.toast(text);
  }

  toast(text) {
    const one = el('p', { dir: 'auto' }, text);
    this.toasts.append(one);
    setTimeout(() => one.remove(), 2500 + 50 * text.length);
  }

  // What the person does.

  async asks(act, told = {}) {
    const code = await this.app.asks(`/api/people/${this.person.id}/${act}`, JSON.stringify(told));
    if (code) this.toast(trouble(code));
    return !code;
  }

  starts(payload = null) { return this.asks('start', payload === null ? {} : { payload }); }
  types(text) { return this.asks('text', { text }); }
  startOf(address) { return this.app.startOf(address); }
  clock(seconds) { return this.app.clock(seconds); }
  botName() { return this.person.bot; }
  zooms(url, words) { this.app.zooms(url, words); }

  async taps(message, key, node) {
    if (key.copy !== null) { await navigator.clipboard?.writeText(key.copy); return this.toast(t('copied')); }
    if (key.url !== null) {
      const payload = this.startOf(key.url);
      return payload === null ? window.open(key.url, '_blank', 'noopener,noreferrer') : this.starts(payload);
    }
    node.classList.add('waits');
    setTimeout(() => node.classList.remove('waits'), 10000);
    if (!(await this.asks('tap', { message: message.id, data: key.data }))) node.classList.remove('waits');
  }

  async presses(key, keyboard) {
    const sent = key.contact ? this.asks('contact', { asked: true }) : key.location ? this.asks('place', MOSCOW) : this.types(key.text);
    if (await sent && keyboard.once) { this.person.used = keyboard.of; this.follows(); this.field.focus(); }
  }

  keyed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.sends(); }
    if (event.key === 'Escape' && this.held) { event.stopPropagation(); this.drops(); }
  }

  async sends() {
    const text = this.field.value;
    if (!text.trim()) return this.field.focus();
    const { held } = this;
    this.empties();
    const done = held?.edit ? await this.asks('edit', { message: held.edit.id, text }) : await this.asks('text', { text, reply_to: held?.reply?.id });
    if (!done && !this.field.value) { this.field.value = text; this.holds(held); this.grows(); }
  }

  empties() { this.field.value = ''; this.person.draft = ''; this.drops(); this.grows(); this.field.focus(); }
  drops() { if (this.held?.edit) this.field.value = ''; this.holds(null); }

  holds(held) {
    this.held = held;
    const message = held?.reply ?? held?.edit;
    this.holding.hidden = !message;
    if (message) this.holding.replaceChildren(el('span', { dir: 'auto' }, el('b', {}, t(held.edit ? 'editing' : 'replying')), ' ', gist(message)), button({ class: 'round', 'aria-label': t('cancel'), onclick: () => { this.drops(); this.field.focus(); } }, icon('close')));
  }

  grows() { this.field.style.height = 'auto'; this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 124)}px`; }

  picks(kind) {
    const [name, accept] = KINDS[kind];
    Object.assign(this.files, { accept, multiple: kind === 'photos', value: '' });
    this.picking = name;
    this.files.click();
  }

  async uploads() {
    const form = new FormData();
    form.append('kind', this.picking);
    const text = this.field.value;
    if (text.trim() && !this.held?.edit) form.append('caption', text);
    if (this.held?.reply) form.append('reply_to', String(this.held.reply.id));
    for (const file of this.files.files) form.append('file', file);
    const code = await this.app.asks(`/api/people/${this.person.id}/upload`, form);
    if (code) this.toast(trouble(code));
    else this.empties();
  }

  // Sheets: what opens from the lower edge.

  opens(title, choices, from, role = 'dialog') {
    this.from = from;
    this.sheet.setAttribute('role', role);
    this.sheet.setAttribute('aria-label', title);
    const choice = ([words, act, more]) => button({ onclick: () => { this.closes(); act(); } }, words, more ? el('small', {}, more) : null);
    this.sheet.replaceChildren(el('p', { dir: 'auto' }, title), ...choices.map((one) => (one instanceof Node ? one : choice(one))));
    this.sheet.hidden = false;
    this.sheet.querySelector('button, input')?.focus();
  }

  closes() {
    if (this.sheet.hidden) return;
    const within = this.sheet.contains(document.activeElement);
    this.sheet.hidden = true;
    if (within && this.from?.isConnected) this.from.focus();
  }

  inSheet(event) {
    const all = [...this.sheet.querySelectorAll('button, input')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') { event.stopPropagation(); this.closes(); }
    if (step) { event.preventDefault(); all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus(); }
  }

  actions(message, from) {
    const edits = () => { this.holds({ edit: message }); this.field.value = message.text; this.grows(); this.field.focus(); };
    const changeable = message.mine && (message.kind === 'text' || message.file);
    this.opens(t('actions'), [
      [t('reply'), () => { this.holds({ reply: message }); this.field.focus(); }],
      changeable && [t('edit'), edits],
      message.mine && [t('remove'), () => this.asks('delete', { message: message.id })],
      message.text && [t('copy'), async () => { await navigator.clipboard?.writeText(message.text); this.toast(t('copied')); }],
      [t('cancel'), () => {}],
    ].filter(Boolean), from);
  }

  attachments(from) {
    this.opens(t('attach'), [
      ...Object.keys(KINDS).map((kind) => [t(kind), () => this.picks(kind)]),
      [t('place'), () => this.asks('place', { ...MOSCOW, reply_to: this.held?.reply?.id }).then((done) => done && this.drops())],
      [t('contact'), () => this.asks('contact', { reply_to: this.held?.reply?.id }).then((done) => done && this.drops()), this.person.phone],
      [t('cancel'), () => {}],
    ], from);
  }

  commands(from) {
    const { menu } = this.person.chat;
    this.opens(menu.length ? t('commands') : t('noCommands'), [...menu.map(({ command, does }) => [`/${command}`, () => this.types(`/${command}`), does]), [t('cancel'), () => {}]], from);
  }

  chatActions(from) {
    const { started, blocked } = this.person.chat;
    const field = el('input', { 'aria-label': t('link'), placeholder: `https://t.me/${this.app.bot.username}?start=…` });
    const follow = () => { const payload = this.startOf(field.value.trim()); if (payload === null) return this.toast(trouble('bad_link')); this.closes(); this.starts(payload); };
    field.addEventListener('keydown', (e) => { if (e.key === 'Enter') { e.preventDefault(); follow(); } });
    this.opens(t('more'), [
      [t(started ? 'startAgain' : 'start'), () => this.starts()],
      started && [t(blocked ? 'unblock' : 'block'), () => this.asks(blocked ? 'unblock' : 'block')],
      [t('follow'), () => this.opens(t('follow'), [field, button({ onclick: follow }, t('open')), [t('cancel'), () => {}]], from)],
      [t('cancel'), () => {}],
    ].filter(Boolean), from);
  }
}
