// The guided tour: seven steps, each one click to play, with the phones' own taps and words.
import { button, el, icon } from './dom.js';
import { language, t } from './words.js';

const PATIENCE = 12000; // ms until a step goes on without what it waits for
const UNHURRIED = 4; // times as long where nobody looks on: a machine that runs tests may be slow
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const rests = (ms) => new Promise((done) => { setTimeout(done, ms); });

export class Tour {
  // `casts`: whose phones are shown, by language.
  constructor(app, casts) {
    this.app = app;
    this.casts = casts;
    this.done = 0; // steps that were played
    this.known = {}; // whom and what the steps are about
    this.playing = false;
    this.bar = el('ol');
    this.says = el('p', { role: 'status' });
    this.next = button({ class: 'next', onclick: () => this.plays(this.done < 7 ? this.done + 1 : 1) });
    this.hide = button({ class: 'round', onclick: () => this.shows(false) }, icon('close'));
    this.root = el('nav', { class: 'tour' }, this.bar, el('div', { class: 'tells' }, this.says, el('div', { class: 'does' }, this.next, this.hide)));
    try { Object.assign(this, JSON.parse(sessionStorage.getItem('tour') ?? '{}')); } catch { /* from the beginning */ }
  }

  get steps() { return t('tour'); }
  get fast() { return calm.matches || location.hash.includes('fast'); }

  // After a reload the tour goes on, unless the people it is about are there no more.
  goesOn() {
    if (this.done && !this.app.person(this.known.customer)) this.forgets();
    if (this.done) [this.known.customer, this.known.operator, this.known.supervisor].forEach((id, slot) => id && this.app.shows(slot, id));
    this.redraws();
  }

  forgets() { this.done = 0; this.known = {}; this.keeps(); }
  keeps() { try { sessionStorage.setItem('tour', JSON.stringify({ done: this.done, known: this.known })); } catch { /* a private window */ } }

  shows(is) {
    this.root.hidden = !is;
    this.app.tourShown(is);
  }

  redraws() {
    const { steps, done } = this;
    this.root.setAttribute('aria-label', t('tourName'));
    this.hide.setAttribute('aria-label', t('tourHide'));
    this.bar.replaceChildren(...steps.map((step, n) => el('li', { class: n < done - 1 ? 'done' : n === done - 1 ? 'cur' : '' },
      button({ 'aria-current': n === done - 1 ? 'step' : null, disabled: this.playing, onclick: () => this.plays(n + 1) }, el('i', {}, String(n + 1)), el('span', {}, step.name)))));
    this.says.replaceChildren(...(done ? [el('b', {}, `${done}. ${steps[done - 1].name}. `), steps[done - 1].tells] : [el('b', {}, t('tourName') + '. '), t('tourBegins')]));
    if (this.missed) this.says.append(' ', t('tourMissed'));
    this.next.disabled = this.playing;
    this.next.replaceChildren(this.playing ? t('tourPlays') : done === 0 ? t('tourStart') : done < 7 ? t('tourNext') : t('tourAgain'));
    this.next.setAttribute('aria-label', this.playing || done === 7 ? this.next.textContent : `${this.next.textContent}: ${steps[done].name}`);
  }

  // All up to this step; one that was played already is played anew, with somebody new.
  async plays(upTo) {
    if (this.playing) return;
    if (upTo <= this.done) this.forgets();
    this.playing = true;
    while (this.done < upTo) {
      this.missed = false;
      delete this.root.dataset.missed;
      this.done += 1;
      this.redraws();
      await [this.writes, this.takes, this.answers, this.rates, this.alerts, this.notes, this.weeks][this.done - 1].call(this).catch((why) => { this.missed = true; this.root.dataset.missed = `${this.done}: ${why.message}`; });
      this.keeps();
    }
    this.playing = false;
    this.redraws();
    if (!this.next.matches(':focus') && document.activeElement === document.body) this.next.focus({ preventScroll: true });
  }

  // The steps.

  async writes() {
    const [, operator, supervisor] = this.casts[language.now];
    this.app.shows(1, operator);
    this.app.shows(2, supervisor);
    this.looksAt(0);
    const customer = await this.app.meets('customer', this.app.phone(0));
    this.known = { customer: customer.id, operator, supervisor };
    await this.acts(0, 'start');
    await this.until(() => [...customer.messages.values()].some((m) => !m.mine));
    const operators = () => this.app.everybody().filter((p) => p.role === 'operator');
    const offers = () => operators().flatMap((person) => this.keysOf(person, 'take:').filter(({ message }) => message.text.includes(t('tourSays').question)).map((found) => ({ ...found, person })));
    const earlier = new Set(offers().map(({ key }) => key.data)); // of somebody whose tour was left
    await this.writesAt(0, t('tourSays').question);
    const fresh = () => offers().filter(({ key }) => !earlier.has(key.data));
    const all = await this.until(() => (fresh().length ? fresh() : null));
    const offer = all.find(({ person }) => person.id === operator) ?? all[0];
    this.known.operator = offer.person.id;
    this.known.number = offer.key.data.split(':')[1];
    this.app.shows(1, offer.person.id);
  }

  async takes() {
    this.looksAt(1);
    const { number } = this.known;
    if (this.finds(1, `take:${number}`)) await this.taps(1, `take:${number}`);
    await this.until(() => this.holder());
    this.known.operator = this.holder().id;
    this.app.shows(1, this.known.operator);
  }

  async answers() {
    this.looksAt(1);
    const card = this.finds(1, `close:${this.known.number}:`);
    if (!card) throw new Error('closed');
    await this.writesAt(1, t('tourSays').answer, card.message.id);
    await this.until(() => this.reads(0, t('tourSays').answer));
    this.looksAt(0);
    await this.writesAt(0, t('tourSays').thanks);
    await this.until(() => this.reads(1, t('tourSays').thanks));
  }

  async rates() {
    this.looksAt(1);
    const { number } = this.known;
    if (this.finds(1, `close:${number}:solved`)) await this.taps(1, `close:${number}:solved`);
    const asked = await this.until(() => this.finds(0, 'stars:'));
    this.looksAt(0);
    const survey = asked.key.data.split(':')[1];
    await this.taps(0, `stars:${survey}:2`);
    const reason = await this.until(() => this.finds(0, `reason:${survey}:not_solved`));
    await this.taps(0, reason.key.data);
    await this.until(() => this.finds(2, 'alert', number));
  }

  async alerts() {
    this.looksAt(2);
    const { number } = this.known;
    const alert = (what) => this.finds(2, what, number);
    await this.until(() => alert('alertdone:'));
    for (let tries = 0; alert('alerttake:') && tries < 4; tries += 1) {
      await this.taps(2, 'alerttake:', number);
      await this.until(() => !alert('alerttake:'), 4000).catch(() => {});
    }
    const done = alert('alertdone:');
    if (!done) throw new Error('done');
    const before = this.last(2);
    await this.taps(2, done.key.data);
    await this.until(() => this.last(2) > before);
    await this.writesAt(2, t('tourSays').note);
    await this.until(() => this.finds(0, 'fixed:'));
    this.looksAt(0);
    await this.pauses(500);
    await this.taps(0, `${this.finds(0, 'fixed:').key.data.split(':').slice(0, 2).join(':')}:1`);
    await this.until(() => !this.finds(0, 'fixed:'));
    this.looksAt(2);
  }

  async notes() {
    this.looksAt(1);
    const { number } = this.known;
    const draft = await this.until(() => this.finds(1, 'diary:', number));
    const id = draft.key.data.split(':')[1];
    for (const answer of [`diaryanswer:${id}:mood:2`, `diaryanswer:${id}:status:done`]) if (this.finds(1, answer)) await this.taps(1, answer);
    await this.taps(1, `diary:${id}:save`);
    await this.until(() => !this.finds(1, `diary:${id}:save`));
  }

  async weeks() {
    this.looksAt(1);
    const before = this.last(1);
    const no = await this.app.asks('/api/glass/clock', JSON.stringify({ to: 'push' }));
    if (no) throw new Error(no);
    const chart = await this.until(() => [...this.person(1).messages.values()].find((m) => m.id > before && m.kind === 'photo' && m.at * 1000 > this.app.now() - 600000), 45000);
    await this.pauses(1200);
    this.app.phone(1).jumps(chart.id);
  }

  // What they are made of.

  person(slot) { return this.app.person([this.known.customer, this.known.operator, this.known.supervisor][slot]); }
  last(slot) { return Math.max(0, ...this.person(slot).messages.keys()); }
  reads(slot, words) { return [...this.person(slot).messages.values()].some((m) => m.text.includes(words)); }

  keysOf(person, start) {
    return [...person.messages.values()].reverse().flatMap((message) => message.keys.flat().filter((key) => key.data?.startsWith(start)).map((key) => ({ message, key })));
  }

  // The last button that begins so; with `words`, below a message that has them.
  finds(slot, start, words = '') { return this.keysOf(this.person(slot), start).find(({ message }) => message.text.includes(words)); }

  holder() { return this.app.everybody().find((p) => this.keysOf(p, `close:${this.known.number}:`).length); }

  looksAt(slot) {
    this.app.shows(slot, [this.known.customer, this.known.operator, this.known.supervisor][slot]);
    this.app.pointsAt(slot);
  }

  pauses(ms) { return this.fast ? Promise.resolve() : rests(ms); }

  async until(is, patience = PATIENCE) {
    const ends = performance.now() + patience * (location.hash.includes('fast') ? UNHURRIED : 1);
    while (performance.now() < ends) {
      const found = is();
      if (found) return found;
      await rests(40);
    }
    throw new Error('too long');
  }

  acts(slot, act, told = {}) { return this.app.asks(`/api/people/${this.person(slot).id}/${act}`, JSON.stringify(told)); }

  // As if typed: letter by letter, where nobody else's draft stands.
  async writesAt(slot, text, reply_to = null) {
    const { field } = this.app.phone(slot);
    const types = !this.fast && !field.value;
    if (types) {
      for (let end = 3; end < text.length; end += 3) { field.value = text.slice(0, end); this.app.phone(slot).grows(); await rests(16); }
      field.value = '';
      this.app.phone(slot).grows();
    }
    const no = await this.acts(slot, 'text', { text, reply_to });
    if (no) throw new Error(no);
    await this.pauses(600);
  }

  // A card may be shown anew just as it is tapped: then the new one is.
  async taps(slot, start, words = '') {
    for (let tries = 0; ; tries += 1) {
      const found = this.finds(slot, start, words);
      if (!found) throw new Error('gone');
      await this.pauses(450);
      const node = this.app.phone(slot).at(found.message.id)?.querySelector(`[data-key="${CSS.escape(found.key.data)}"]`);
      node?.scrollIntoView({ block: 'nearest' });
      node?.classList.add('pressed');
      await this.pauses(450);
      const no = await this.acts(slot, 'tap', { message: found.message.id, data: found.key.data });
      node?.classList.remove('pressed');
      if (!no) return this.pauses(350);
      if (tries === 3) throw new Error(no);
      await rests(250);
    }
  }
}
