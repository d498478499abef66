// Voice messages: recorded with the microphone, and played in the bubble.
import { button, el, icon } from './dom.js';
import { t } from './words.js';

// The server takes Opus in Ogg, as Telegram does, and puts Opus in WebM into Ogg as it is.
const TAKEN = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus'];
const LONGEST = 120;

export const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

export class Recorder {
  constructor(onTick) { this.onTick = onTick; }

  // Whether it records now. Errors: what getUserMedia throws; 'unable' if this browser records no Opus.
  async begins() {
    const type = globalThis.MediaRecorder && TAKEN.find((one) => MediaRecorder.isTypeSupported(one));
    if (!type || !navigator.mediaDevices) throw new Error('unable');
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } });
    this.parts = [];
    this.media = new MediaRecorder(this.stream, { mimeType: type, audioBitsPerSecond: 24000 });
    this.media.ondataavailable = (event) => this.parts.push(event.data);
    this.media.start();
    this.since = performance.now();
    this.ticking = setInterval(() => this.onTick(Math.min(LONGEST, (performance.now() - this.since) / 1000)), 250);
  }

  // The recording; null when it was too short to hold anything.
  async ends() {
    const { media } = this;
    clearInterval(this.ticking);
    const over = new Promise((done) => { media.onstop = done; });
    if (media.state !== 'inactive') media.stop();
    await over;
    this.stream.getTracks().forEach((track) => track.stop());
    const whole = new Blob(this.parts, { type: media.mimeType });
    return whole.size && performance.now() - this.since > 400 ? whole : null;
  }
}

let playing = null;

export function player(file, label) {
  const sound = new Audio();
  sound.preload = 'none';
  const time = el('span', { class: 'time' }, minutes(file.duration ?? 0));
  const line = el('progress', { max: 1, value: 0, 'aria-hidden': 'true' });
  const toggle = button({ class: 'play', 'aria-label': `${label}, ${minutes(file.duration ?? 0)}: ${t('play')}`, 'aria-pressed': 'false' }, icon('play'));
  const shows = (on) => {
    toggle.setAttribute('aria-pressed', String(on));
    toggle.replaceChildren(icon(on ? 'pause' : 'play'));
  };
  sound.ontimeupdate = () => {
    const whole = Number.isFinite(sound.duration) ? sound.duration : file.duration || 1;
    line.value = Math.min(1, sound.currentTime / whole);
    time.textContent = minutes(sound.paused && !sound.currentTime ? whole : sound.currentTime);
  };
  sound.onended = () => { shows(false); line.value = 0; time.textContent = minutes(file.duration ?? 0); };
  sound.onpause = () => shows(false);
  toggle.onclick = () => {
    if (!sound.src) sound.src = file.url;
    if (!sound.paused) return sound.pause();
    if (playing && playing !== sound) playing.pause();
    playing = sound;
    shows(true);
    return sound.play().catch(() => shows(false));
  };
  return el('div', { class: 'spoken' }, toggle, line, time);
}
