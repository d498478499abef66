// The page: people, three phones, and the stream that tells what changed.
import { button, el } from './dom.js';
import { Glass } from './glass.js';
import { Phone } from './phone.js';
import { Tour } from './tour.js';
import { WORDS, language, t, trouble } from './words.js';

const CASTS = { ru: [101, 201, 301], en: [103, 202, 302] };
const $ = (selector) => document.querySelector(selector);
const asked = new URLSearchParams(location.hash.slice(1));
const kept = (name) => { try { return asked.get(name) ?? localStorage.getItem(name); } catch { return asked.get(name); } };
const keeps = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a private window */ } };

const people = new Map();
const app = {
  bot: { username: '' },
  zone: undefined,
  ahead: 0, // milliseconds the playground's clock is ahead of ours
  samples: [],
  tab: 0,
  everybody: () => [...people.values()],

  // The code of what went wrong, or nothing.
  async asks(address, body) {
    const headers = typeof body === 'string' ? { 'Content-Type': 'application/json' } : {};
    try {
      const answer = await fetch(address, { method: 'POST', body, headers });
      return answer.ok ? '' : ((await answer.json()).error ?? 'other');
    } catch {
      return 'away';
    }
  },

  // What a link to our bot starts it with; null: it leads elsewhere.
  startOf(address) {
    const link = /^(?:https?:\/\/)?t\.me\/(\w+)\/?\?start=([\w-]{1,64})$/.exec(address);
    return link && link[1].toLowerCase() === app.bot.username.toLowerCase() ? link[2] : null;
  },

  clock: (seconds) => formats.time.format(seconds * 1000),
  day(seconds) {
    const day = formats.day.format(seconds * 1000);
    return day === formats.day.format(app.now()) ? t('today') : day;
  },
  now: () => Date.now() + app.ahead,
  shortly: (seconds) => (app.day(seconds) === t('today') ? app.clock(seconds) : formats.short.format(seconds * 1000)),

  // More of the messages a person had before the one of this number.
  async remembers(person, before) {
    const answer = await fetch(`/api/people/${person.id}/messages?before=${before}`).catch(() => null);
    if (!answer?.ok) return;
    const { messages, older } = await answer.json();
    person.messages = new Map([...messages.map((m) => [m.id, m]), ...person.messages]);
    person.older = older;
  },

  person: (id) => people.get(id),
  phone: (slot) => phones[slot],
  shows: (slot, id) => phones[slot].person?.id === id || app.gives(phones[slot], id),

  // Where to look now: a ring around the phone, its tab where they are tabs.
  pointsAt(slot) {
    phones.forEach((phone, n) => phone.root.classList.toggle('now', n === slot));
    if (narrow.matches) turns(slot);
  },
  tourShown(is) {
    $('#tour').setAttribute('aria-pressed', String(is));
    document.body.toggleAttribute('data-tour', is);
    keeps('tour', is ? 'shown' : 'hidden');
    if (!is) phones.forEach((phone) => phone.root.classList.remove('now'));
  },
  glassShown(is) {
    $('#peek').setAttribute('aria-expanded', String(is));
    document.body.toggleAttribute('data-peek', is);
    phones.forEach((phone) => phone.stuck && phone.person && phone.toEnd());
  },
  tells: (code) => phones[narrow.matches ? app.tab : 1].toast(trouble(code)),
  moment: (seconds) => formats.moment.format(seconds * 1000),

  phoneFor: (asking) => phones[asking.slot === 1 ? 0 : 1],

  // Somebody new, on this phone; with `payload` they come by that link.
  async meets(role, phone, payload = null) {
    const answer = await fetch('/api/people', { method: 'POST', body: JSON.stringify({ language: language.now, role }) }).catch(() => null);
    if (!answer?.ok) return phone.toast(trouble(answer ? (await answer.json()).error : 'away'));
    const { id } = await answer.json();
    for (let tries = 0; tries < 40 && !people.has(id); tries += 1) await new Promise((done) => setTimeout(done, 50));
    app.gives(phone, id);
    turns(phone.slot);
    if (payload !== null) await phone.starts(payload);
    return people.get(id);
  },

  gives(phone, id) {
    const person = people.get(id);
    if (!person) return;
    const other = phones.find((p) => p !== phone && p.person === person);
    if (other && phone.person) { const was = phone.person; phone.person = null; other.shows(was); }
    person.unread = 0;
    phone.shows(person);
    keeps('phones', phones.map((p) => p.person.id).join());
    counts();
  },

  zooms(url, words) {
    const image = $('#full img');
    image.src = url;
    image.alt = words;
    $('#full').classList.remove('actual');
    $('#actual').setAttribute('aria-pressed', 'false');
    $('#full').showModal();
  },
};

let formats;
let opened = false;
const phones = [0, 1, 2].map((slot) => new Phone(app, slot));
const tabs = phones.map((phone, slot) => button({ role: 'tab', id: `tab-${slot}`, 'aria-controls': phone.root.id, onclick: () => turns(slot), onkeydown: (e) => steps(e, slot) }, el('span'), el('sup', { hidden: true })));
const narrow = matchMedia('(max-width: 780px)');
const tour = new Tour(app, CASTS);
const glass = new Glass(app);

const isSeen = (person) => phones.some((phone, slot) => phone.person === person && (!narrow.matches || slot === app.tab));

function turns(slot) {
  app.tab = slot;
  phones.forEach((phone, n) => phone.root.classList.toggle('on', n === slot));
  tabs.forEach((tab, n) => { tab.setAttribute('aria-selected', String(n === slot)); tab.tabIndex = n === slot ? 0 : -1; });
  if (phones[slot].person) { phones[slot].person.unread = 0; phones[slot].toEnd(); }
  counts();
}

function steps(event, slot) {
  const step = { ArrowRight: 1, ArrowLeft: 2 }[event.key];
  if (step) { turns((slot + step) % 3); tabs[app.tab].focus(); }
}

function counts() {
  for (const [slot, phone] of phones.entries()) {
    if (!phone.person) return;
    const [name, badge] = tabs[slot].children;
    const { role, unread } = phone.person;
    name.replaceChildren(t(role), el('small', {}, phone.person.name));
    badge.hidden = !unread;
    badge.textContent = unread || '';
    badge.setAttribute('aria-label', t('unread', unread));
    phone.lists();
  }
}

function speaks(to) {
  language.now = to;
  keeps('lang', to);
  document.documentElement.lang = to;
  document.title = t('title');
  const timeZone = zoneOf(app.zone);
  formats = {
    time: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }),
    moment: new Intl.DateTimeFormat(to === 'ru' ? 'ru' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone }),
    short: new Intl.DateTimeFormat(to === 'ru' ? 'ru' : 'en-GB', { day: 'numeric', month: 'short', timeZone }),
    day: new Intl.DateTimeFormat(to === 'ru' ? 'ru' : 'en-GB', { day: 'numeric', month: 'long', timeZone }),
  };
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll('[data-t-label]')) node.setAttribute('aria-label', t(node.dataset.tLabel));
  for (const node of document.querySelectorAll('[data-lang]')) node.setAttribute('aria-pressed', String(node.dataset.lang === to));
  $('#lost').textContent = $('#lost').hidden ? '' : t('lost');
  for (const phone of phones) if (phone.person) phone.redraws();
  tour.redraws();
  glass.redraws();
  counts();
}

function zoneOf(name) {
  try { new Intl.DateTimeFormat('en', { timeZone: name }); return name; } catch { return undefined; }
}

function paints(dark) {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  $('#theme').setAttribute('aria-pressed', String(dark));
  keeps('theme', dark ? 'dark' : 'light');
}

const met = (told) => people.set(told.id, Object.assign(people.get(told.id) ?? {}, told, { unread: 0, role: roleOf(told), messages: new Map(told.messages.map((m) => [m.id, m])) }));

// What the bot offers them tells who they are by now; before it offers anything, who they came as.
function roleOf({ chat, role }) {
  const offered = new Set(chat.menu.map((one) => one.command));
  return offered.has('alerts') ? 'supervisor' : offered.has('queue') ? 'operator' : role;
}

function opens(state) {
  Object.assign(app, { bot: state.bot, zone: state.zone, samples: state.samples, ahead: state.now * 1000 - Date.now() });
  for (const id of people.keys()) if (!state.people.some((p) => p.id === id)) people.delete(id);
  state.people.forEach(met);
  const wanted = phones.map((p) => p.person?.id);
  const before = wanted[0] ? wanted : (kept('phones') ?? '').split(',').map(Number);
  speaks(language.now);
  phones.forEach((phone, slot) => phone.shows(people.get(before[slot]) ?? people.get(CASTS[language.now][slot]) ?? app.everybody()[slot]));
  counts();
  turns(app.tab);
  $('#peek').hidden = !state.glass;
  if (!opened) { opened = true; tour.goesOn(); if (asked.has('glass') && state.glass) glass.shows(true); }
}

function turnsTo(seconds) {
  const before = formats.day.format(app.now());
  app.ahead = seconds * 1000 - Date.now();
  if (formats.day.format(app.now()) !== before) phones.forEach((phone) => phone.person && phone.redraws());
}

function hears(news) {
  if (news.type === 'state') return opens(news);
  if (news.type === 'person') { met(news.newcomer); return counts(); }
  if (news.type === 'clock') return turnsTo(news.now);
  const person = people.get(news.person);
  if (!person) return undefined;
  const { message } = news;
  person.chat = news.chat;
  const role = roleOf(person);
  const changed = role !== person.role;
  person.role = role;
  if (news.type === 'deleted') person.messages.delete(message.id);
  else if (message && news.type !== 'tap') person.messages.set(message.id, message);
  phones.filter((phone) => phone.person === person).forEach((phone) => phone.hears(news));
  if (news.type === 'message' && !message.mine && !isSeen(person)) person.unread += 1;
  if (changed) phones.forEach((phone) => phone.person === person && phone.names());
  if (news.type === 'message' || changed) counts();
  return undefined;
}

function listens() {
  const stream = new EventSource('/api/events');
  const lost = (is) => { $('#lost').hidden = !is; $('#lost').textContent = is ? t('lost') : ''; };
  stream.onmessage = (event) => { lost(false); hears(JSON.parse(event.data)); };
  stream.onerror = () => {
    lost(true);
    if (stream.readyState === EventSource.CLOSED) setTimeout(listens, 2000);
  };
}

// A phone that still shows the usual person shows their English or Russian colleague.
function changes(to) {
  const usual = phones.every((phone, slot) => phone.person?.id === CASTS[language.now][slot]);
  speaks(to);
  if (usual) phones.forEach((phone, slot) => app.gives(phone, CASTS[to][slot]));
}

$('#phones').append(...phones.map((phone) => phone.root));
$('#tabs').append(...tabs);
$('#guide').append(tour.root);
document.body.append(glass.root);
$('#tour').onclick = () => tour.shows(tour.root.hidden);
$('#peek').onclick = () => glass.shows(glass.root.hidden);
addEventListener('keydown', (e) => { if (e.key === 'Escape' && !glass.root.hidden && !$('#full').open) glass.leaves(); });
for (const node of document.querySelectorAll('[data-lang]')) node.onclick = () => changes(node.dataset.lang);
$('#theme').onclick = () => paints(document.documentElement.dataset.theme !== 'dark');
$('#full').onclick = (event) => event.target === $('#full') && $('#full').close();
$('#actual').onclick = () => { const on = $('#full').classList.toggle('actual'); $('#actual').setAttribute('aria-pressed', String(on)); };
const roles = () => phones.forEach((phone, slot) => {
  if (narrow.matches) { phone.root.setAttribute('role', 'tabpanel'); phone.root.setAttribute('aria-labelledby', `tab-${slot}`); }
  else { phone.root.removeAttribute('role'); phone.root.removeAttribute('aria-labelledby'); }
});
narrow.addEventListener('change', roles);
roles();
tour.shows(kept('tour') !== 'hidden');
paints(kept('theme') ? kept('theme') === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
const chosen = kept('lang') ?? (navigator.language.startsWith('ru') ? 'ru' : 'en');
app.tab = Math.min(2, Math.max(0, Number(asked.get('tab')) || 0));
speaks(WORDS[chosen] ? chosen : 'ru');
listens();
