// One segment in the editor: it saves itself as a draft while it is typed. What is marked as saved is what the server
// answered, and a text stays in this browser until then. One request is under way for a segment at a time.
import { newId, speak, warn, words } from "./editor-words.js";

const TYPING_PAUSE = 900;
const RETRY_FIRST = 2000;
const RETRY_LONGEST = 30000;

export class Unit {
  // `after` is called when the unit was confirmed.
  constructor(item, after) {
    this.item = item;
    this.after = after;
    this.id = item.dataset.unit;
    this.form = item.querySelector("form[action$='/save']");
    this.area = this.form.elements.target;
    this.saved = this.area.value;
    this.busy = false;
    this.again = null;
    this.timer = null;
    this.tries = 0;
    this.conflicted = false;
    this.operation = null;
    this.key = `perstolk:${words.release}:${words.locale}:${this.id}`;
    this.takeKept();
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("blur", () => this.dirty() && this.save("save"));
    this.form.addEventListener("submit", (event) => this.submitted(event));
  }

  get rowVersion() {
    return this.form.elements.row_version.value;
  }

  get confirmed() {
    return this.item.classList.contains("reviewed") || this.item.classList.contains("final");
  }

  dirty() {
    return this.area.value !== this.saved;
  }

  // A text that never reached the server comes back, if the server still has what it was typed over.
  takeKept() {
    const kept = this.kept();
    if (!kept || kept.text === this.area.value) {
      this.forget();
      return;
    }
    this.area.value = kept.text;
    if (kept.rowVersion !== this.rowVersion) {
      this.form.elements.row_version.value = kept.rowVersion;
    }
    this.mark(words.kept);
    this.timer = setTimeout(() => this.save("save"), TYPING_PAUSE);
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ text: this.area.value, rowVersion: this.rowVersion }));
    } catch {
      // The browser keeps nothing; the page itself still holds the text.
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // As above.
    }
  }

  typed() {
    this.keep();
    this.mark(words.unsaved);
    clearTimeout(this.timer);
    if (!this.conflicted) this.timer = setTimeout(() => this.save("save"), TYPING_PAUSE);
  }

  submitted(event) {
    const act = event.submitter ? event.submitter.value : "save";
    event.preventDefault();
    if (act === "source" || act === "draft") {
      this.put(act === "source" ? this.area.dataset.source : this.area.dataset.draft);
      return;
    }
    if (act === "confirm") this.confirm();
    else this.save("save");
  }

  put(text) {
    this.area.value = text;
    this.area.focus();
    this.typed();
  }

  // Let the server put another text in this one's place: what was typed is saved first, and no save runs meanwhile.
  async exchange(send) {
    if (!(await this.save("save"))) return false;
    const before = this.area.value;
    this.busy = true;
    const { status, told } = await send(this.rowVersion);
    this.busy = false;
    const next = this.again;
    this.again = null;
    if (status === 200) {
      if (this.area.value === before) this.area.value = told.target;
      this.acknowledged(told.target, told);
    } else if (status === 412) {
      this.area.value = told.mine;
      this.conflict(told);
    } else {
      this.mark(status ? `${words.refused} ${told.error}` : words.unreached, true);
    }
    if (next) next.resolve(await this.save(next.act));
    return status === 200;
  }

  async confirm() {
    if (await this.save("confirm")) this.after(this);
  }

  // Save what stands here now. While a request is under way the wish is kept, and carried out after it.
  async save(act) {
    clearTimeout(this.timer);
    if (this.conflicted) return false;
    if (this.busy) {
      const wish = this.again?.act === "confirm" ? "confirm" : act;
      const before = this.again;
      return new Promise((resolve) => {
        this.again = { act: wish, resolve: (done) => { before?.resolve(done); resolve(done); } };
      });
    }
    if (act === "save" && !this.dirty()) {
      this.mark("");
      this.forget();
      return true;
    }
    this.busy = true;
    const done = await this.send(act);
    this.busy = false;
    const next = this.again;
    this.again = null;
    if (next) next.resolve(done ? await this.save(next.act) : false);
    return done;
  }

  async send(act) {
    const text = this.area.value;
    // A repeat of the same save bears the same id, so that the server makes it once.
    if (!this.operation || this.operation.text !== text || this.operation.act !== act) {
      this.operation = { id: newId(), text, act };
    }
    const body = new URLSearchParams({ target: text, row_version: this.rowVersion, act, operation_id: this.operation.id });
    this.keep();
    this.mark(words.saving);
    let answer;
    let told;
    try {
      answer = await fetch(this.form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": words.csrf },
        redirect: "manual",
      });
      told = await answer.json();
    } catch {
      return this.failed(act, answer && answer.status < 500 ? answer.status : 0, words.failed);
    }
    if (answer.status === 401) return this.failed(act, 401, words.signedOut);
    if (answer.status === 412) return this.conflict(told);
    if (answer.status >= 500 || answer.status === 429) return this.failed(act, 0, words.failed);
    if (!answer.ok) return this.failed(act, answer.status, `${words.refused} ${told.error}`);
    if (told.unit !== this.id) return this.failed(act, 0, words.failed);
    return this.acknowledged(text, told);
  }

  acknowledged(sent, told) {
    this.operation = null;
    this.tries = 0;
    this.form.elements.row_version.value = told.row_version;
    this.saved = this.area.value === sent ? this.area.value : told.target;
    this.item.classList.remove("initial", "translated", "reviewed", "final");
    this.item.classList.add(told.state);
    this.area.dataset.draft = told.made_from;
    for (const part of ["head", "findings", "draft", "questions"]) this.replace(part, told[part]);
    this.item.classList.toggle("has-error", Boolean(this.item.querySelector(".findings .error")));
    document.querySelector("[data-part=count]").textContent = told.count;
    warn(this.item, null);
    if (this.dirty()) {
      this.keep();
      this.mark(words.unsaved);
      this.timer = setTimeout(() => this.save("save"), TYPING_PAUSE);
    } else {
      this.forget();
      this.mark(told.said);
      speak(`${told.said} ${told.asked}`.trim());
    }
    this.item.dispatchEvent(new Event("saved"));
    return true;
  }

  // A part that somebody is working in stays as it is.
  replace(part, html) {
    const place = this.item.querySelector(`[data-part=${part}]`);
    if (!place.contains(document.activeElement)) place.innerHTML = html;
  }

  failed(act, status, sentence) {
    this.mark(sentence, true);
    warn(this.item, sentence);
    if (status === 0) {
      const wait = Math.min(RETRY_LONGEST, RETRY_FIRST * 2 ** this.tries);
      this.tries += 1;
      this.timer = setTimeout(() => this.save(act), wait);
    }
    return false;
  }

  conflict(told) {
    this.conflicted = true;
    this.mark(words.conflict, true);
    warn(this.item, words.conflict);
    const box = document.createElement("div");
    box.className = "summary";
    box.dataset.part = "conflict";
    const sentence = document.createElement("p");
    sentence.textContent = told.by ? `${words.conflict} (${told.by})` : words.conflict;
    box.append(sentence);
    box.append(this.side(words.mine, told.mine, words.takeMine, () => this.settle(told, this.area.value)));
    box.append(this.side(words.theirs, told.theirs, words.takeTheirs, () => this.settle(told, told.theirs)));
    this.item.querySelector("[data-part=conflict]")?.remove();
    this.form.after(box);
    return false;
  }

  side(title, text, label, take) {
    const part = document.createElement("div");
    const head = document.createElement("strong");
    const body = document.createElement("p");
    const button = document.createElement("button");
    head.textContent = title;
    body.className = "source";
    body.lang = this.area.lang;
    body.textContent = text;
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", take);
    part.append(head, body, button);
    return part;
  }

  settle(told, text) {
    this.conflicted = false;
    this.operation = null;
    this.form.elements.row_version.value = told.row_version;
    this.saved = told.theirs;
    this.area.value = text;
    this.item.querySelector("[data-part=conflict]")?.remove();
    warn(this.item, null);
    this.area.focus();
    this.save("save");
  }

  mark(sentence, bad = false) {
    const place = this.item.querySelector("[data-part=saved]");
    place.textContent = sentence;
    place.classList.toggle("failed", bad);
  }
}
