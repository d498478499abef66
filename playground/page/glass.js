// Behind the glass: the way of the last message through the house, its clock, and bad days on demand.
import { button, el, icon } from './dom.js';
import { t } from './words.js';

const FAULTS = ['slow', 'refusing', 'lose'];
const MOVES = [['min1', { minutes: 1 }], ['min10', { minutes: 10 }], ['hour', { minutes: 60 }], ['day', { minutes: 1440 }], ['push', { to: 'push' }]];
const DID = ['insert', 'update', 'delete'];

export class Glass {
  constructor(app) {
    this.app = app;
    this.told = null;
    this.title = el('h2', { id: 'h-glass' });
    this.about = el('p');
    this.clock = el('p', { class: 'clock' });
    this.moves = el('div', { class: 'buttons' });
    this.wayName = el('h3');
    this.way = el('ol', { class: 'way' });
    this.process = el('p', { class: 'process', role: 'status' });
    this.facts = el('dl', { class: 'facts' });
    this.faults = el('div', { class: 'buttons' });
    this.faultsName = el('h3');
    this.clockName = el('h3');
    this.closer = button({ class: 'round', onclick: () => this.leaves() }, icon('close'));
    this.root = el('aside', { class: 'glass', id: 'glass', 'aria-labelledby': 'h-glass', hidden: true }, el('div', {},
      el('div', { class: 'head' }, this.title, this.about, this.closer),
      el('div', { class: 'part' }, this.clockName, this.clock, this.moves),
      el('div', { class: 'part days' }, this.faultsName, this.faults, this.process, this.facts),
      el('div', { class: 'part' }, this.wayName, this.way)));
  }

  shows(is) {
    this.root.hidden = !is;
    this.app.glassShown(is);
    if (is && !this.stream) {
      this.stream = new EventSource('/api/glass');
      this.stream.onmessage = (event) => { this.told = JSON.parse(event.data); this.draws(); };
    } else if (!is && this.stream) {
      this.stream.close();
      this.stream = null;
    }
    if (is) this.redraws();
  }

  leaves() { this.shows(false); document.querySelector('#peek').focus(); }

  redraws() {
    this.title.textContent = t('glass');
    this.about.textContent = t('glassAbout');
    this.clockName.textContent = t('clock');
    this.wayName.textContent = t('way');
    this.faultsName.textContent = t('badDay');
    this.closer.setAttribute('aria-label', t('close'));
    this.moves.replaceChildren(...MOVES.map(([name, told]) => button({ class: 'tool', onclick: (e) => this.moved(e.currentTarget, told) }, t('moves')[name])));
    this.faults.replaceChildren(...FAULTS.map((name) => button({ class: 'tool', 'data-fault': name, 'aria-pressed': 'false', title: t('faultsTell')[name], onclick: (e) => this.asks('fault', { name, on: e.currentTarget.getAttribute('aria-pressed') !== 'true' }) }, t('faults')[name])),
      button({ class: 'tool danger', 'data-fault': 'kill', title: t('faultsTell').kill, onclick: () => this.asks('kill') }, t('faults').kill));
    if (this.told) this.draws();
  }

  async asks(does, told = {}) {
    const no = await this.app.asks(`/api/glass/${does}`, JSON.stringify(told));
    if (no) this.app.tells(no);
  }

  async moved(node, told) {
    for (const one of this.moves.children) one.disabled = true;
    node.classList.add('waits');
    await this.asks('clock', told);
    node.classList.remove('waits');
    for (const one of this.moves.children) one.disabled = false;
  }

  draws() {
    const { way, counts, bot, faults, now } = this.told;
    this.clock.textContent = this.app.moment(now);
    for (const one of this.faults.children) if (one.dataset.fault !== 'kill') one.setAttribute('aria-pressed', String(faults.includes(one.dataset.fault)));
    this.says(bot);
    const facts = [['unread', counts.unread], ['queue', counts.queue], ['arrived', counts.arrived], ['refused', counts.refused], ['lostAnswers', counts.lost], ['kills', counts.kills], ['parked', counts.parked]];
    this.facts.replaceChildren(...facts.flatMap(([name, n]) => [el('dt', {}, t('facts')[name]), el('dd', { class: n && ['unread', 'queue', 'parked'].includes(name) ? 'some' : '' }, String(n))]));
    const rows = way ? this.rows(way) : [];
    this.way.replaceChildren(...(rows.length ? rows : [el('li', { class: 'none' }, t('wayNone'))]));
  }

  says({ pid, starts, back_in }) {
    const words = pid !== null ? t('botRuns', pid, starts) : back_in !== null ? t('botGone', Math.ceil(back_in)) : t('botStarts');
    if (this.process.textContent !== words) this.process.textContent = words;
    this.process.classList.toggle('gone', pid === null);
  }

  rows(way) {
    const row = (ms, what, ...inside) => el('li', { class: what, 'data-at': String(ms ?? 1e12) }, el('code', {}, ms === null || ms === undefined ? '' : t('ms', ms < 10 ? ms.toFixed(1) : Math.round(ms))), el('i', { 'aria-hidden': 'true' }), el('span', {}, ...inside));
    const name = (id) => this.app.person(id)?.name ?? t('somebody');
    const rows = way.kind === 'clock' ? [] : [row(0, '', t('arrives', name(way.person), way.kind, way.id), ' ', el('q', { dir: 'auto' }, way.gist || t('kinds')[way.kind] || way.kind))];
    for (const one of way.steps) {
      if (one.step === 'taken') rows.push(row(one.ms, '', t('taken')));
      if (one.step === 'taken again') rows.push(row(one.ms, 'warn', t('takenAgain')));
      if (one.step === 'handler') rows.push(row(one.ms, '', t('handler'), ' ', el('code', {}, one.handler.replace(/^handlers\./, ''))));
      if (one.step === 'rang') rows.push(row(0, '', t('rang')));
      if (one.step === 'saved' || one.step === 'job') rows.push(row(one.ms, 'disk', el('b', {}, t(one.step === 'job' ? 'jobDone' : 'onDisk')), ' ', records(one.records)));
      if (one.step === 'confirmed') rows.push(row(one.ms, '', t('confirmed')));
    }
    for (const one of way.toasts) rows.push(row(one.ms, '', t('toasted')));
    for (const one of way.deliveries) rows.push(row(one.ms, one.state === 'sent' ? '' : 'warn', t('sends', name(one.person), subject(one)), ' ', t('states')[one.state], one.attempts ? ` ${t('attempts', one.attempts)}` : '', one.why && one.state === 'waits' ? ` (${one.why})` : ''));
    for (const one of way.edits) rows.push(row(one.ms, one.ok && !one.lost ? '' : 'warn', t('edits', name(one.person), cardOf(one.subject)), one.ok ? '' : ` ${t('notNow')}`, one.lost ? ` ${t('answerLost')}` : ''));
    return rows.sort((a, b) => a.dataset.at - b.dataset.at);
  }
}

function records(all) {
  const words = t('tables');
  const said = DID.map((did) => {
    const some = all.filter(([, what]) => what === did).map(([table, , n]) => (words[table] ?? table) + (n > 1 ? ` ×${n}` : ''));
    return some.length ? `${t('did')[did]} ${some.join(', ')}.` : '';
  });
  return said.filter(Boolean).join(' ');
}

const cardOf = (about) => { const [what, number] = (about ?? '').split(':'); return what ? `${t('subjects')[what] ?? what}${number ? ` ${number}` : ''}` : t('subjects').message; };
const subject = (one) => (one.kind === 'relay' || one.kind === 'relay_edit' ? t('subjects').relay : cardOf(one.subject));
