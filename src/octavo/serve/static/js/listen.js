// @ts-check
// Reading aloud by the browser's own voices (Web Speech API): no server has a part in it, and it needs no network.
import { pieces, stretches } from "./aloud.js";
import { ANY, SHELVES } from "./shelf.js";
import { pageOf } from "./trusted.js";
import { voiceFor, voices } from "./voices.js";

/** @typedef {import("./aloud.js").Stretch} Stretch */
/** @typedef {{title: string, source: string, language: string, row: Element | null, read: () => Promise<ParentNode | null>}} Item */

const SPEEDS = [1, 1.25, 1.5, 1.75, 2, 0.75];
const KEPT = "listen-speed";
/** How long a reader who moved the page is left where they are. */
const LEFT_ALONE_MS = 6000;
const SHAPES = {
  back: "M6 5v14M19 5 9 12l10 7z",
  go: "M7 4.500v15l12-7.500z",
  pause: "M8 5v14M16 5v14",
  next: "M18 5v14M5 5l10 7-10 7z",
  skip: "M4 5l7 7-7 7zM12 5l7 7-7 7zM21 5v14",
  stop: "M6 6l12 12M18 6 6 18",
};

/** @type {Player | null} */
let player = null;

/** The button was pressed. @param {HTMLElement} button */
export async function listen(button) {
  if (player?.button === button) return player.toggle();
  player?.stop();
  player = new Player(button);
  await player.start(queueOf(button));
}

/** What there is to read: the article, the briefing, or every article on a list. @param {HTMLElement} button @returns {Item[]} */
function queueOf(button) {
  const list = button.closest("[data-saved-page], [data-own-saved]");
  if (list) return [...list.querySelectorAll("[data-card]")].flatMap((row) => fromRow(row));
  const root = button.closest("[data-told]") ?? button.closest("article") ?? document;
  const head = root.querySelector("h1, .told-title");
  const source = root.querySelector(".kicker a")?.textContent ?? "";
  return [{ title: head?.textContent ?? document.title, source, language: languageOf(head), row: null, read: async () => root }];
}

/** @param {Element} row @returns {Item[]} */
function fromRow(row) {
  const link = row.querySelector(".card-head a");
  if (!(link instanceof HTMLAnchorElement)) return [];
  const source = row.querySelector(".card-source")?.textContent ?? "";
  const title = (link.querySelector(".as-written") ?? link).textContent ?? "";
  return [{ title, source, language: languageOf(link), row, read: () => pageAt(link.pathname) }];
}

/** @param {Element | null} one */
const languageOf = (one) => one?.closest("[lang]")?.getAttribute("lang") ?? document.documentElement.lang;

/** A page as it is kept on this device, or else from the network; none where neither has it. @param {string} path */
async function pageAt(path) {
  try {
    const kept = "caches" in window ? (await Promise.all(SHELVES.map(async (one) => (await caches.open(one)).match(path, ANY)))).find(Boolean) : null;
    const answer = kept ?? (await fetch(path, { headers: { accept: "text/html" } }));
    return answer.ok ? await pageOf(answer) : null;
  } catch {
    return null;
  }
}

class Player {
  /** @type {Item[]} */ queue = [];
  /** @type {Stretch[]} */ said = [];
  /** @type {SpeechSynthesisVoice[]} */ voices = [];
  /** @type {Record<string, HTMLButtonElement>} */ keys = {};
  at = 0;
  place = 0;
  /** Counts what was begun: an event of something before it is no longer of interest. */
  turn = 0;
  paused = false;
  spoken = false;
  moved = 0;
  /** Held, as browsers may forget an utterance that nobody holds, and its events with it. @type {SpeechSynthesisUtterance | null} */
  utterance = null;

  /** @param {HTMLElement} button */
  constructor(button) {
    this.button = button;
    this.words = JSON.parse(button.dataset.words ?? "{}");
    this.locale = document.body.dataset.locale ?? "en";
    this.speed = keptSpeed();
    this.title = document.createElement("bdi");
    this.count = document.createElement("span");
    this.line = document.createElement("p");
    this.bar = this.makeBar();
    this.leave = () => speechSynthesis.cancel();
    this.move = () => { this.moved = Date.now(); };
  }

  makeBar() {
    style(this.button.dataset.css ?? "");
    const bar = document.createElement("section");
    bar.className = "listen-bar";
    bar.setAttribute("aria-label", this.words.listen);
    const now = document.createElement("p");
    now.className = "listen-now";
    now.append(this.title, " ", this.count);
    this.line.className = "listen-line";
    this.line.setAttribute("role", "status");
    const keys = document.createElement("div");
    keys.className = "listen-keys";
    /** @type {Record<string, () => void>} */
    const acts = { back: () => this.step(-1), pause: () => this.toggle(), next: () => this.step(1), skip: () => this.skip(1), speed: () => this.faster(), stop: () => this.stop() };
    for (const [name, act] of Object.entries(acts)) {
      const key = document.createElement("button");
      key.type = "button";
      key.className = `listen-${name}`;
      key.addEventListener("click", act);
      this.keys[name] = key;
      keys.append(key);
      if (name !== "speed") this.shape(name, name);
    }
    this.saySpeed();
    bar.append(now, this.line, keys);
    return bar;
  }

  /** @param {string} name @param {keyof typeof SHAPES | string} shape */
  shape(name, shape) {
    const space = "http://www.w3.org/2000/svg";
    const picture = document.createElementNS(space, "svg");
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", SHAPES[/** @type {keyof typeof SHAPES} */ (shape)]);
    picture.append(path);
    this.keys[name].setAttribute("aria-label", this.words[shape]);
    this.keys[name].title = this.words[shape];
    this.keys[name].replaceChildren(picture);
  }

  /** @param {Item[]} queue */
  async start(queue) {
    this.queue = queue;
    document.body.append(this.bar);
    document.documentElement.classList.add("listens");
    addEventListener("pagehide", this.leave);
    for (const kind of ["wheel", "touchmove"]) addEventListener(kind, this.move, { passive: true });
    this.keys.skip.hidden = queue.length < 2;
    this.keys.pause.focus({ preventScroll: true });
    const turn = this.turn;
    this.voices = await voices();
    if (turn === this.turn) await this.open(0);
  }

  /** Begin an article of the queue. @param {number} at */
  async open(at) {
    const item = this.queue[at];
    if (!item) return this.finish();
    const turn = ++this.turn;
    this.at = at;
    this.mark(null);
    this.title.textContent = item.title;
    this.title.lang = item.language;
    this.count.textContent = this.queue.length > 1 ? `${this.number(at + 1)} / ${this.number(this.queue.length)}` : "";
    this.announce(item);
    const root = await item.read();
    if (turn !== this.turn) return;
    const all = root ? stretches(pieces(root)) : [];
    this.said = all.filter((one) => voiceFor(one.language, this.voices));
    this.place = 0;
    if (this.said.length) return this.say();
    this.line.textContent = all.length ? this.words.none.replace("{language}", this.nameOf(all[0].language)) : this.words.gone;
    if (at + 1 < this.queue.length) return this.open(at + 1);
    this.finish();
  }

  say() {
    const turn = ++this.turn;
    const one = this.said[this.place];
    if (!one) return void this.open(this.at + 1);
    if (speechSynthesis.speaking || speechSynthesis.pending) speechSynthesis.cancel();
    this.mark(one.place);
    if (this.paused) return;
    const said = new SpeechSynthesisUtterance(one.text);
    const voice = voiceFor(one.language, this.voices);
    if (voice) said.voice = voice;
    said.lang = voice?.lang ?? one.language;
    said.rate = this.speed;
    said.addEventListener("start", () => { this.spoken = true; this.line.textContent = ""; });
    said.addEventListener("end", () => {
      if (turn !== this.turn) return;
      this.place += 1;
      this.say();
    });
    said.addEventListener("error", ({ error }) => {
      if (turn !== this.turn || error === "canceled" || error === "interrupted") return;
      this.paused = true;
      this.line.textContent = this.words.failed;
      this.showPause();
    });
    this.utterance = said;
    speechSynthesis.speak(said);
  }

  /** Pausing a voice ends it on some devices: what was being said is said again. */
  toggle() {
    if (!this.said.length) return;
    this.paused = !this.paused;
    this.turn += 1;
    speechSynthesis.cancel();
    if (!this.paused) this.say();
    this.showPause();
  }

  showPause() {
    this.shape("pause", this.paused ? "go" : "pause");
    if ("mediaSession" in navigator) navigator.mediaSession.playbackState = this.paused ? "paused" : "playing";
  }

  /** To another paragraph: back to this one's beginning first. @param {1 | -1} way */
  step(way) {
    const now = this.said[this.place]?.piece ?? 0;
    const first = this.said.findIndex((one) => one.piece === now);
    if (way > 0) {
      const next = this.said.findIndex((one) => one.piece > now);
      if (next < 0) return this.skip(1);
      this.place = next;
    } else {
      const before = this.said[Math.max(0, first - 1)]?.piece ?? 0;
      this.place = this.place > first ? first : Math.max(0, this.said.findIndex((one) => one.piece === before));
    }
    this.say();
  }

  /** To another article of the queue. @param {1 | -1} way */
  skip(way) {
    speechSynthesis.cancel();
    this.open(Math.max(0, this.at + way));
  }

  faster() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
    try {
      localStorage.setItem(KEPT, String(this.speed));
    } catch {
      // Holds for this page only.
    }
    this.saySpeed();
    if (this.said.length && !this.paused) this.say();
  }

  saySpeed() {
    this.keys.speed.textContent = `${this.number(this.speed)}×`;
    this.keys.speed.setAttribute("aria-label", `${this.words.speed}: ${this.keys.speed.textContent}`);
  }

  /** Show what is being read, and keep it in view. @param {Element | null} place */
  mark(place) {
    for (const one of document.querySelectorAll(".is-said")) one.classList.remove("is-said");
    const shown = place?.isConnected && place.ownerDocument === document ? place : this.queue[this.at]?.row;
    if (!place || !shown) return;
    shown.classList.add("is-said");
    if (Date.now() - this.moved < LEFT_ALONE_MS) return;
    const { top, bottom, height } = shown.getBoundingClientRect();
    const floor = innerHeight - this.bar.offsetHeight - 16;
    if (top < 64 || bottom > floor) shown.scrollIntoView({ block: height > floor - 64 ? "start" : "center", behavior: "smooth" });
  }

  /** Tell the device, whose own keys then work where it lets them. @param {Item} item */
  announce(item) {
    const session = navigator.mediaSession;
    if (!session || !("MediaMetadata" in window)) return;
    session.metadata = new MediaMetadata({ title: item.title, artist: item.source, album: "Octavo" });
    session.playbackState = "playing";
    /** @type {[MediaSessionAction, () => void][]} */
    const acts = [["play", () => this.paused && this.toggle()], ["pause", () => this.paused || this.toggle()], ["stop", () => this.stop()]];
    if (this.queue.length > 1) acts.push(["nexttrack", () => this.skip(1)], ["previoustrack", () => this.skip(-1)]);
    for (const [name, act] of acts) {
      try {
        session.setActionHandler(name, act);
      } catch {
        // A key this device does not have.
      }
    }
  }

  /** All is read; a line that says why nothing was stays to be read. */
  finish() {
    if (this.spoken) return this.stop();
    this.turn += 1;
    for (const name of ["back", "pause", "next", "skip", "speed"]) this.keys[name].hidden = true;
    this.keys.stop.focus({ preventScroll: true });
  }

  stop() {
    this.turn += 1;
    speechSynthesis.cancel();
    this.mark(null);
    removeEventListener("pagehide", this.leave);
    for (const kind of ["wheel", "touchmove"]) removeEventListener(kind, this.move);
    if ("mediaSession" in navigator) {
      navigator.mediaSession.metadata = null;
      navigator.mediaSession.playbackState = "none";
    }
    const held = this.bar.contains(document.activeElement);
    this.bar.remove();
    document.documentElement.classList.remove("listens");
    if (player === this) player = null;
    if (held) this.button.focus({ preventScroll: true });
  }

  /** @param {number} value */
  number(value) {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  /** @param {string} tag */
  nameOf(tag) {
    try {
      return new Intl.DisplayNames([this.locale], { type: "language" }).of(tag) ?? tag;
    } catch {
      return tag;
    }
  }
}

function keptSpeed() {
  try {
    const kept = Number(localStorage.getItem(KEPT));
    return SPEEDS.includes(kept) ? kept : 1;
  } catch {
    return 1;
  }
}

/** @param {string} href */
function style(href) {
  if (!href || document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}
