// What others do to the version while it is open here: another tab of the same person tells at once, everybody else is
// asked about every few seconds, in one request for the whole version. A text that was not touched here gives way.
import { giveBack } from "./editor-beside.js";
import { forget, keep, pageId, takeOver } from "./editor-kept.js";
import { ask } from "./editor-line.js";
import { words } from "./editor-words.js";

const PAUSE = 12000;
const SOON = 800;
const MOST_UNITS = 40; // asked for at once

export class Others {
  constructor(units) {
    this.units = new Map(units.map((unit) => [unit.id, unit]));
    this.etag = null;
    this.timer = null;
    this.busy = false;
    this.again = false; // asked for while a look was under way, which may have come too early
    this.channel = new BroadcastChannel(`perstolk:${words.person}:${words.release}:${words.locale}`);
    this.channel.addEventListener("message", (event) => this.hear(event.data));
    // Only what was saved here is told on; what was learned from others is not, so nothing goes around in circles.
    document.getElementById("units").addEventListener("saved", (event) => {
      this.channel.postMessage({ saved: event.detail });
      if (!units.some((unit) => unit.unsettled)) this.lookAfter(SOON);
    });
    document.getElementById("units").addEventListener("gone", () => {
      this.again = this.busy;
      this.look();
    });
    window.addEventListener("focus", () => this.look());
    takeOver(this.channel, (unitId, copy) => this.takeBack(unitId, copy));
    this.lookAfter(PAUSE);
  }

  // A text whose segment is no longer in the version is shown too, until somebody says that it may go.
  takeBack(unitId, copy) {
    const unit = this.units.get(unitId);
    if (unit) return unit.takeBack(copy);
    if (this.units.has(copy.beside)) return giveBack(unitId, copy);
    const place = document.getElementById("left-over");
    const line = place.querySelector("template").content.cloneNode(true).firstElementChild;
    line.querySelector("[data-part=text]").textContent = copy.text;
    line.querySelector("button").addEventListener("click", () => {
      forget(unitId);
      line.remove();
      place.hidden = !place.querySelector("li");
      document.getElementById("content").focus();
    });
    place.querySelector("ul").append(line);
    place.hidden = false;
    keep(unitId, copy);
    return true;
  }

  hear(message) {
    if (message.whoIsHere && message.whoIsHere !== pageId) this.channel.postMessage({ here: pageId });
    if (!message.saved) return;
    this.units.get(message.saved.unit)?.learn({ ...message.saved, news: words.otherTab });
  }

  lookAfter(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), pause);
  }

  async look() {
    if (this.busy || document.hidden) {
      this.lookAfter(PAUSE);
      return;
    }
    this.busy = true;
    const headers = this.etag ? { "If-None-Match": this.etag } : {};
    const { status, told, etag } = await ask(words.standing, { headers });
    if (status === 200) {
      this.count = told.count;
      this.etag = (await this.catchUp(told)) ? etag : null;
    }
    // Answers to several saves may come in another order than the saves were made; this count is of now.
    if (status === 200 || status === 304) document.querySelector("[data-part=count]").textContent = this.count;
    this.busy = false;
    this.lookAfter(this.again ? 0 : PAUSE);
    this.again = false;
  }

  // True once all that moved on is known here.
  async catchUp(told) {
    const behind = Object.entries(told.units).filter(([id, version]) => version > Number(this.units.get(id)?.rowVersion ?? version));
    let all = true;
    for (let from = 0; from < behind.length; from += MOST_UNITS) {
      const query = new URLSearchParams(behind.slice(from, from + MOST_UNITS).map(([id]) => ["unit", id]));
      const answer = await ask(`${words.standing}?${query}`);
      if (answer.status !== 200) return false;
      for (const facts of answer.told.units) all = Boolean(this.units.get(facts.unit)?.learn(facts)) && all;
    }
    const moved = told.revision !== words.revision ? words.revised : told.open ? "" : words.closed;
    const banner = document.getElementById("moved");
    const said = banner.querySelector("[data-part=said]");
    if (moved && said.textContent !== moved) said.textContent = moved; // what is put anew is spoken anew
    banner.hidden = !moved;
    for (const unit of this.units.values()) unit.area.readOnly = !told.open;
    return all;
  }
}
