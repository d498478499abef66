// One phone: a person's chat with the bot, and all they can do in it.
import { anew, button, el, icon } from './dom.js';
import { drawn, gist } from './message.js';
import { ChatList } from './list.js';
import { Recorder, minutes } from './voice.js';
import { t, trouble } from './words.js';

const KINDS = { photos: ['photo', 'image/png,image/jpeg,image/gif,image/webp'], document: ['document', ''], voice: ['voice', '.ogg,.oga,.opus,.webm,audio/ogg,audio/webm'], video: ['video', 'video/*'], video_note: ['video_note', 'video/*'], audio: ['audio', 'audio/*'], sticker: ['sticker', 'image/*'] };
const MOSCOW = { latitude: 55.75393, longitude: 37.62079 };
const NEAR = 80;
const PRESSED = 60; // milliseconds after which a button that is held down is looked at again
const TOGETHER = 60; // messages drawn at once
const DRAWN = 180; // so many stay in the page while one reads the end

export class Phone {
  constructor(app, slot) {
    this.app = app;
    this.edits = new Map();
    this.slot = slot;
    this.person = null;
    this.held = null; // { reply: message } or { edit: message }
    this.build();
  }

  build() {
    this.list = new ChatList(this.app, this);
    this.who = button({ class: 'who', 'aria-haspopup': 'dialog', onclick: () => this.list.opens(this.who) });
    this.add = button({ class: 'add', onclick: () => this.app.meets(this.slot === 1 ? 'operator' : 'customer', this) }, icon('plus'));
    this.back = button({ class: 'round back', 'aria-haspopup': 'dialog', onclick: () => this.list.opens(this.back) }, icon('back'), el('span', { class: 'badge', hidden: true }));
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
    this.speak = button({ class: 'round go', onclick: () => this.records() }, icon('mic'));
    this.recording = el('div', { class: 'write recording', hidden: true, onkeydown: (e) => e.key === 'Escape' && (e.stopPropagation(), this.recorded(false)) });
    this.files = el('input', { type: 'file', hidden: true, tabindex: '-1', onchange: () => this.uploads() });
    this.keyboard = el('div', { class: 'keys reply', hidden: true });
    this.write = el('div', { class: 'write' }, this.attach, this.menu, this.field, this.send, this.speak, this.files);
    this.gate = el('div', { class: 'gate', hidden: true });
    const top = el('div', { class: 'top' }, this.back, el('span', { class: 'face bot', 'aria-hidden': 'true' }, icon('wave')), el('div', {}, this.name, this.status), this.more);
    const screen = el('div', { class: 'phone' }, top, el('div', { class: 'view' }, this.chat, this.downward, this.toasts), this.holding, this.write, this.recording, this.keyboard, this.gate, this.sheet, this.list.root);
    screen.addEventListener('pointerdown', (e) => this.sheet.contains(e.target) || this.closes());
    this.heading = el('b');
    this.root = el('section', { class: 'person', id: `phone-${this.slot}` }, el('h2', {}, this.heading, this.who, this.add), screen);
  }

  // Whose phone it is, and the whole of its screen.

  shows(person) {
    if (this.person && this.person !== person) { this.person.draft = this.field.value; if (!this.recording.hidden) this.recorded(false); }
    if (this.person?.id !== person.id) { this.held = null; this.closes(); this.field.value = person.draft ?? ''; }
    this.person = person;
    this.redraws();
  }

  // What is called how, in the language of the page.
  names() {
    const { person } = this;
    this.name.textContent = this.botName();
    this.status.textContent = t('bot');
    this.heading.textContent = t(person.role);
    this.add.setAttribute('aria-label', t(this.slot === 1 ? 'new-operator' : 'new-customer'));
    this.add.title = this.add.getAttribute('aria-label');
    this.add.hidden = this.slot === 2;
    for (const [what, word] of [[this.field, 'message'], [this.send, 'send'], [this.speak, 'record'], [this.back, 'chats'], [this.attach, 'attach'], [this.menu, 'commands'], [this.more, 'more'], [this.downward, 'down']]) what.setAttribute('aria-label', t(word));
    this.who.replaceChildren(person.name, icon('caret'));
    this.who.setAttribute('aria-label', `${person.name}. ${t('whose', t(person.role))}`);
    this.chat.setAttribute('aria-label', t('chatOf', person.name));
  }

  redraws() {
    this.names();
    this.chat.setAttribute('aria-busy', 'true');
    this.chat.replaceChildren();
    this.prepends([...this.person.messages.values()].slice(-TOGETHER));
    if (!this.chat.firstElementChild && this.person.about) this.chat.append(el('p', { class: 'about', dir: 'auto' }, el('b', {}, t('canDo')), this.person.about));
    this.chat.removeAttribute('aria-busy');
    this.lists();
    this.holds(this.held);
    this.follows();
    this.toEnd();
  }

  // Who is there, and how much waits unread on other phones.
  lists() {
    const waiting = this.app.everybody().reduce((sum, p) => sum + (p === this.person ? 0 : p.unread), 0);
    const badge = this.back.querySelector('.badge');
    badge.hidden = !waiting;
    badge.textContent = waiting || '';
    this.list.redraws();
  }

  // What around the messages depends on the chat: Start, blocked, the keyboard.
  follows() {
    const { started, blocked, keyboard } = this.person.chat;
    const closed = !started || blocked;
    this.gate.hidden = !closed;
    this.write.hidden = closed || !this.recording.hidden;
    const gate = closed ? t(blocked ? 'unblock' : 'start') : '';
    if (anew(this.gate, gate)) this.gate.replaceChildren(closed ? button({ class: 'plain go', onclick: () => (this.person.chat.blocked ? this.asks('unblock') : this.starts()) }, gate) : '');
    const shown = closed || (keyboard?.once && this.person.used === keyboard.of) ? null : keyboard;
    this.keyboard.hidden = !shown;
    if (anew(this.keyboard, JSON.stringify([this.person.id, shown]))) this.keyboard.replaceChildren(...(shown?.rows ?? []).map((row) => el('div', { class: 'row' }, ...row.map((key) => button({ class: key.style ?? '', onclick: () => this.presses(key, shown) }, key.text)))));
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
    const node = this.draws(message, day);
    this.chat.querySelector('.about')?.remove();
    if (this.chat.lastElementChild?.dataset.day !== day) this.chat.append(el('p', { class: 'day', 'data-day': day }, day));
    this.chat.append(node);
    if (this.stuck && this.chat.childElementCount > 2 * DRAWN) this.sheds();
  }

  draws(message, day) {
    const node = drawn(message, this);
    node.dataset.day = day;
    return node;
  }

  // Older messages above those that are there; what one reads stays where it is.
  prepends(messages) {
    if (!messages.length) return;
    const nodes = [];
    let before = '';
    for (const message of messages) {
      const day = this.app.day(message.at);
      if (day !== before) nodes.push(el('p', { class: 'day', 'data-day': day }, day));
      nodes.push(this.draws(message, before = day));
    }
    const first = this.chat.firstElementChild;
    if (first?.classList.contains('day') && first.dataset.day === before) first.remove();
    const fromEnd = this.chat.scrollHeight - this.chat.scrollTop;
    this.chat.prepend(...nodes);
    this.chat.scrollTop = this.chat.scrollHeight - fromEnd;
  }

  async reachesBack() {
    const { person } = this;
    const first = +this.chat.querySelector('[data-id]')?.dataset.id;
    if (!first || this.reaching) return;
    this.reaching = true;
    if (Math.min(...person.messages.keys()) >= first && person.older) await this.app.remembers(person, first);
    if (person === this.person) this.prepends([...person.messages.values()].filter((m) => m.id < first).slice(-TOGETHER));
    this.reaching = false;
  }

  // Who reads the end needs no thousand messages above it.
  sheds() {
    while (this.chat.childElementCount > DRAWN) this.chat.firstElementChild.remove();
    const first = this.chat.firstElementChild;
    if (!first.classList.contains('day')) this.chat.prepend(el('p', { class: 'day', 'data-day': first.dataset.day }, first.dataset.day));
  }

  replaces(message) {
    const old = this.at(message.id);
    if (!old) return;
    this.edits.set(message.id, message);
    if (old.querySelector('button:active')) { setTimeout(() => { const last = this.edits.get(message.id); if (last) this.replaces(last); }, PRESSED); return; } // a press ends on what it began on
    this.edits.delete(message.id);
    const node = this.draws(message, old.dataset.day);
    node.classList.add('changed');
    const place = [...old.querySelectorAll('button')].indexOf(document.activeElement);
    old.replaceWith(node);
    if (place >= 0) ([...node.querySelectorAll('button')][place] ?? this.chat).focus();
  }

  // At the end, and staying there whatever grows: only the person scrolls away from it.
  scrolled() {
    this.stuck = this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < NEAR;
    if (this.stuck) this.downward.hidden = true;
    else if (this.chat.scrollTop < 400) this.reachesBack();
  }
  toEnd() { this.chat.scrollTop = this.chat.scrollHeight; this.stuck = true; this.downward.hidden = true; }

  async jumps(id) {
    if (!this.at(id)) await this.reachesBack();
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
    this.toasts.replaceChildren(one);
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
      return this.leads(key.url, node);
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

  // A link to our bot opens here, or with somebody new; any other leads out of the playground.
  leads(address, from) {
    const payload = this.startOf(address);
    if (payload === null) return window.open(address, '_blank', 'noopener,noreferrer');
    return this.opens(t('linkToBot'), [
      [t('openHere', this.person.name), () => this.starts(payload)],
      [t('openNew'), () => this.app.meets('customer', this.app.phoneFor(this), payload)],
      [t('cancel'), () => {}],
    ], from);
  }

  grows() { this.speak.hidden = Boolean(this.field.value.trim() || this.held?.edit); this.send.hidden = !this.speak.hidden; this.field.style.height = 'auto'; this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 124)}px`; }

  picks(kind) {
    const [name, accept] = KINDS[kind];
    Object.assign(this.files, { accept, multiple: kind === 'photos', value: '' });
    this.picking = name;
    this.files.click();
  }

  uploads() { return this.sendsFiles(this.picking, this.files.files, this.held?.edit ? '' : this.field.value); }

  async sendsFiles(kind, files, text) {
    const form = new FormData();
    form.append('kind', kind);
    if (text.trim()) form.append('caption', text);
    if (this.held?.reply) form.append('reply_to', String(this.held.reply.id));
    for (const file of files) form.append('file', file);
    const code = await this.app.asks(`/api/people/${this.person.id}/upload`, form);
    if (code) this.toast(trouble(code));
    else this.empties();
  }

  // Voice: until it is sent or dropped, the bar below shows how long it is.

  async records() {
    this.recorder = new Recorder((seconds) => { this.recording.querySelector('time').textContent = minutes(seconds); });
    try {
      await this.recorder.begins();
    } catch (no) {
      this.toast(t(no.message === 'unable' ? 'cannotRecord' : 'noMicrophone'));
      return this.app.samples.length ? this.picksSample(this.speak) : undefined;
    }
    this.write.hidden = true;
    this.recording.hidden = false;
    this.recording.replaceChildren(
      button({ class: 'round', 'aria-label': t('dropVoice'), onclick: () => this.recorded(false) }, icon('bin')),
      el('span', { class: 'red', 'aria-hidden': 'true' }), el('time', { role: 'timer' }, '0:00'), el('span', { class: 'words', role: 'status' }, t('recording')),
      button({ class: 'round go', 'aria-label': t('send'), onclick: () => this.recorded(true) }, icon('send')));
    return this.recording.querySelector('.go').focus();
  }

  async recorded(sent) {
    const content = await this.recorder.ends();
    this.recording.hidden = true;
    this.write.hidden = false;
    this.speak.focus();
    if (!sent) return;
    if (!content) return this.toast(t('tooShort'));
    await this.sendsFiles('voice', [new File([content], 'voice')], '');
  }

  picksSample(from) {
    const by = this.person.role === 'customer' ? 'customer' : 'team';
    const mine = this.app.samples.filter((one) => one.language === this.person.language && one.by === by);
    const choice = (one) => [one.words, async () => {
      const answer = await fetch(`/samples/${one.name}`);
      await this.sendsFiles('voice', [new File([await answer.blob()], one.name)], '');
    }];
    this.opens(t('samples'), [...mine.map(choice), [t('cancel'), () => {}]], from);
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
      [t('photos'), () => this.picks('photos')],
      [t('document'), () => this.picks('document')],
      this.app.samples.length && [t('samples'), () => this.picksSample(from)],
      ...Object.keys(KINDS).slice(2).map((kind) => [t(kind === 'voice' ? 'voiceFile' : kind), () => this.picks(kind)]),
      [t('place'), () => this.asks('place', { ...MOSCOW, reply_to: this.held?.reply?.id }).then((done) => done && this.drops())],
      [t('contact'), () => this.asks('contact', { reply_to: this.held?.reply?.id }).then((done) => done && this.drops()), this.person.phone],
      [t('cancel'), () => {}],
    ].filter(Boolean), from);
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
