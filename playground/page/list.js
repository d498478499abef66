// The chat list of a phone: everybody's chat with the bot, as a switch of accounts.
import { button, el, icon } from './dom.js';
import { gist } from './message.js';
import { t } from './words.js';

const ROLES = ['customer', 'operator', 'supervisor'];

export const face = (person) => el('span', { class: `face f${person.id % 6}`, 'aria-hidden': 'true' }, person.name.slice(0, 1));

export class ChatList {
  constructor(app, phone) {
    this.app = app;
    this.phone = phone;
    this.root = el('div', { class: 'list', role: 'dialog', 'aria-modal': 'false', hidden: true, onkeydown: (e) => this.keyed(e) });
  }

  get isOpen() { return !this.root.hidden; }

  opens(from) {
    this.from = from;
    this.root.hidden = false;
    this.redraws();
    (this.root.querySelector('[aria-current]') ?? this.root.querySelector('button')).focus();
  }

  closes() {
    if (!this.isOpen) return;
    this.root.hidden = true;
    if (this.from?.isConnected) this.from.focus();
  }

  redraws() {
    if (!this.isOpen) return;
    if (this.root.querySelector('button:active')) { setTimeout(() => this.redraws(), 60); return; } // a press ends on what it began on
    const at = document.activeElement?.dataset?.person;
    this.root.setAttribute('aria-label', t('chats'));
    const group = (role) => {
      const people = this.app.everybody().filter((p) => p.role === role);
      return [el('h3', {}, t(`${role}s`)), el('ul', {}, ...people.map((p) => el('li', {}, this.row(p))))];
    };
    const top = el('div', { class: 'top' }, el('div', {}, el('b', {}, t('chats')), el('small', {}, t('chatsOf'))), button({ class: 'round', 'aria-label': t('close'), onclick: () => this.closes() }, icon('close')));
    const adds = (role) => button({ class: 'plain', onclick: () => this.adds(role) }, icon('plus'), t(`new-${role}`));
    this.root.replaceChildren(top, el('div', { class: 'rows' }, ...ROLES.flatMap(group)), el('div', { class: 'adds' }, adds('customer'), adds('operator')));
    if (at) this.root.querySelector(`[data-person="${at}"]`)?.focus();
  }

  row(person) {
    const last = [...person.messages.values()].at(-1);
    const words = last ? (last.mine ? `${t('you')} ` : '') + gist(last).replace(/\s+/g, ' ') : t('nothingYet');
    return button({ class: 'chatrow', 'data-person': String(person.id), 'aria-current': person === this.phone.person ? 'true' : null, onclick: () => this.picks(person) },
      face(person),
      el('span', { class: 'middle' }, el('b', {}, person.name), el('span', { class: 'gist', dir: 'auto' }, words.slice(0, 90))),
      el('span', { class: 'side' }, last ? el('time', {}, this.app.shortly(last.at)) : null, person.unread ? el('span', { class: 'badge' }, String(person.unread), el('span', { class: 'hide' }, ` ${t('new')}`)) : null));
  }

  picks(person) {
    this.closes();
    this.app.gives(this.phone, person.id);
  }

  async adds(role) {
    this.closes();
    await this.app.meets(role, this.phone);
  }

  keyed(event) {
    const all = [...this.root.querySelectorAll('button')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') { event.stopPropagation(); this.closes(); }
    if (step) { event.preventDefault(); all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus(); }
  }
}
