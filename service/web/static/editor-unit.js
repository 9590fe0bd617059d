// One segment in the editor: it saves itself as a draft while it is typed. What is marked as saved is what the server
// answered, and a text stays in this browser until then. One request is under way for a segment at a time; each save has
// an id of its own and is repeated under it until the server answered, before anything newer is sent.
import { warn } from "./editor-alerts.js";
import { replaceAll, showUnbroken, unbroken } from "./editor-caret.js";
import { Approved, Conflict } from "./editor-conflict.js";
import { Face } from "./editor-face.js";
import { forget, keep } from "./editor-kept.js";
import { line, send, whyNot } from "./editor-line.js";
import { Outbox } from "./editor-outbox.js";
import { speak, words } from "./editor-words.js";

const TYPING_PAUSE = 900;
const RETRY_FIRST = 1000;
const RETRY_LONGEST = 30000;
const GONE = [404, 409]; // the segment is no longer in the text, or the version is no longer open

export class Unit {
  // `after` is called when the unit was confirmed, or is about to be.
  constructor(item, after) {
    this.item = item;
    this.after = after;
    this.id = item.dataset.unit;
    this.form = item.querySelector("form[action$='/save']");
    this.area = this.form.elements.target;
    this.saved = this.area.defaultValue; // what the server has; a browser may have put back what was typed over it
    this.face = new Face(item);
    this.base = this.standing({ row_version: this.rowVersion, target: this.saved, state: this.face.state });
    this.turn = Promise.resolve();
    this.queued = null; // the round that will carry out all that is wished by then
    this.outbox = new Outbox();
    this.conflict = null;
    this.approved = null; // the box that says that somebody approved the version meanwhile
    this.timer = null;
    this.tries = 0;
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("blur", () => this.dirty() && this.save("save"));
    this.form.addEventListener("submit", (event) => this.submitted(event));
    line.addEventListener("back", () => (this.unsettled ? this.tryAgain() : this.settled()));
    line.addEventListener("answered", () => this.tries && this.tryAgain(Math.random() * RETRY_FIRST));
  }

  get rowVersion() {
    return this.form.elements.row_version.value;
  }

  set rowVersion(value) {
    this.form.elements.row_version.value = value;
  }

  // Confirmed at the server, or on the way there.
  get confirmed() {
    return this.outbox.confirms || this.face.confirmed;
  }

  dirty() {
    return this.area.value !== this.saved;
  }

  get unsettled() {
    return Boolean(!this.outbox.isEmpty || this.conflict || this.dirty());
  }

  // A text that never reached the server comes back. If the server has another one by now, sending it shows both.
  takeBack(copy) {
    if (this.unsettled) return false;
    if (copy.text === this.area.value && !copy.operation && !copy.earlier?.length && !copy.wish) return true;
    this.area.value = copy.text;
    this.rowVersion = copy.rowVersion;
    this.outbox.takeOver(copy);
    this.base = copy.base ?? this.base;
    this.keep();
    this.face.say(words.kept);
    speak(words.kept);
    this.tryAgain(TYPING_PAUSE);
    return true;
  }

  keep() {
    const { rowVersion, base } = this;
    keep(this.id, { text: this.area.value, rowVersion, base, ...this.outbox.copy });
  }

  typed() {
    this.keep();
    this.face.say(this.conflict ? words.conflict : words.unsaved, Boolean(this.conflict));
    this.conflict?.typed(this.area.value);
    if (!this.conflict) this.tryAgain(TYPING_PAUSE);
    if (this.unsettled) return;
    warn(this.item, null);
    this.settled();
  }

  // What stands here is what the server has.
  settled() {
    this.approved?.remove();
    forget(this.id);
    if ([words.unsaved, words.out].includes(this.face.said)) this.face.say("");
  }

  // After a pause, send what is not acknowledged and what was typed since.
  tryAgain(pause = 0) {
    clearTimeout(this.timer);
    if (this.conflict || !this.unsettled) return;
    this.timer = setTimeout(() => this.save("save"), pause);
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

  // What was typed is saved before another text takes its place, so the history has it, and so has the browser's undo.
  put(text) {
    if (text === this.area.value) return;
    if (this.dirty()) this.save("save");
    this.outbox.setAside();
    replaceAll(this.area, text);
  }

  // As `put`, for a text that the server has.
  show(text) {
    if (text === this.area.value) return;
    if (document.activeElement !== this.area || !replaceAll(this.area, text)) this.area.value = text;
  }

  inTurn(act) {
    const run = this.turn.then(act);
    this.turn = run.catch(() => {});
    return run;
  }

  // Let the server put another text in this one's place: what was typed is saved first, and no save runs meanwhile.
  exchange(ask) {
    return this.inTurn(async () => {
      this.wishFor("save");
      if (!(await this.round())) return false;
      const before = this.area.value;
      const { status, told } = await ask(this.rowVersion);
      if (status === 200) {
        if (this.area.value === before) this.show(told.target);
        this.acknowledged(told.target, told);
      } else if (status === 412 && !told.box) {
        if (this.area.value === before) this.adopt({ ...told, news: told.error });
      } else if (status === 412) {
        this.area.value = told.mine;
        this.showConflict(told);
      } else if (status === 409 && told.box) {
        this.showApproved(told);
      } else {
        this.notDone({ status, told });
      }
      return status === 200;
    });
  }

  notDone({ status, told }) {
    const reason = whyNot({ status, told });
    const said = reason === told.error ? `${words.refused} ${reason}` : reason;
    this.face.say(said, true);
    speak(said);
    if (GONE.includes(status)) this.item.dispatchEvent(new CustomEvent("gone", { bubbles: true }));
  }

  // Whoever types on at once shall type into the next segment, so the focus does not wait for the answer; the mark does.
  async confirm() {
    if (this.conflict || !this.area.value.trim()) {
      if (await this.save("confirm")) this.after(this);
      return;
    }
    this.save("confirm");
    this.after(this);
  }

  // Save what stands here now; true once the server has all of it.
  save(act) {
    clearTimeout(this.timer);
    if (this.conflict) return Promise.resolve(false);
    this.wishFor(act);
    this.queued ??= this.inTurn(() => {
      this.queued = null;
      return this.round();
    });
    return this.queued;
  }

  wishFor(act) {
    const text = this.area.value;
    const { last } = this.outbox;
    if (act === "save" && (last ? last.text : this.saved) === text) return;
    if (act === "confirm" && last?.act === "confirm" && last.text === text) return;
    this.outbox.wish = { act, text };
    this.keep();
  }

  wishNothing() {
    this.outbox.dropRest();
    this.keep();
  }

  async round() {
    while (!this.outbox.isEmpty) {
      const operation = this.outbox.due(this.rowVersion);
      this.keep();
      if (!(await this.send(operation))) return false;
    }
    if (!this.dirty()) this.settled();
    return !this.conflict;
  }

  async send(operation) {
    if (!this.approved?.shown) this.face.say(words.saving); // nothing moves under who is about to press a button of its box
    const { status, told } = await send(this.form.action, {
      target: operation.text,
      row_version: operation.rowVersion,
      act: operation.act,
      operation_id: operation.id,
    });
    if (status === 401) return this.failed(words.signedOut);
    if (status === 0 || status >= 500 || status === 429 || (status === 200 && told.unit !== this.id)) {
      this.tries += 1;
      this.tryAgain(Math.min(RETRY_LONGEST, RETRY_FIRST * 2 ** (this.tries - 1)) * (0.75 + Math.random() / 2));
      return this.failed(words.failed);
    }
    this.outbox.answered();
    this.tries = 0;
    if (status === 412) return this.overtaken(operation, told);
    if (status !== 200) {
      this.wishNothing();
      if (told.box) return this.showApproved(told);
      if (GONE.includes(status)) this.item.dispatchEvent(new CustomEvent("gone", { bubbles: true }));
      return this.failed(`${words.refused} ${status === 404 ? words.revised : told.error}`);
    }
    if (told.yours) return this.acknowledged(operation.text, told);
    return this.writtenOver(operation, told);
  }

  // The save was made, but its answer comes so late that somebody has saved another text since.
  writtenOver(operation, told) {
    if (this.area.value === operation.text && !this.outbox.next) {
      this.adopt(told);
      return true;
    }
    this.outbox.wish ??= { act: "save", text: this.area.value }; // over the old row version: the server shows both texts
    return true;
  }

  // Somebody saved before this save came.
  overtaken(operation, told) {
    const onlyConfirms = operation.text === this.saved && this.area.value === operation.text && !this.outbox.next;
    if (told.yours) {
      this.rowVersion = told.row_version; // both wrote the same
      this.saved = operation.text;
      if (operation.act === "confirm" && !this.outbox.next) this.outbox.wish = { act: "confirm", text: operation.text };
      if (!this.outbox.next) this.acknowledged(operation.text, told);
      return true;
    }
    if (this.unmoved(operation, told)) {
      this.rowVersion = told.row_version;
      this.showFacts(told);
      this.outbox.again({ act: operation.act, text: operation.text });
      return true;
    }
    if (onlyConfirms) {
      this.adopt(told);
      warn(this.item, told.news);
      return false;
    }
    this.wishNothing();
    return this.showConflict(told);
  }

  // What stands is what this text was typed over, and as confirmed: only its row version went on, by an approval say.
  unmoved(operation, told) {
    const { base } = this;
    return Number(operation.rowVersion) === base.row_version && told.target === base.target && told.state === base.state;
  }

  standing({ row_version, target, state }) {
    return { row_version: Number(row_version), target, state };
  }

  acknowledged(sent, told) {
    this.approved?.remove();
    this.rowVersion = told.row_version;
    const isSent = this.area.value === sent;
    this.saved = isSent ? unbroken(sent) : told.target;
    if (isSent) showUnbroken(this.area);
    this.showFacts(told);
    warn(this.item, null);
    if (this.dirty()) {
      this.keep();
      this.face.say(words.unsaved);
      this.tryAgain(TYPING_PAUSE);
    } else {
      this.face.say(told.said);
      if (!this.outbox.next) forget(this.id);
      speak(`${told.said} ${told.asked}`.trim());
    }
    this.item.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: told }));
    return true;
  }

  // What another tab, a colleague or a worker saved; true where nothing of one's own stands in the way. Where something
  // does, it is sent: the server knows whether the two collide, and then shows both.
  learn(told) {
    if (Number(told.row_version) <= Number(this.rowVersion) || !this.outbox.isEmpty || this.conflict) return false;
    if (this.dirty()) {
      this.save("save");
      return false;
    }
    this.adopt(told);
    return true;
  }

  adopt(told) {
    const { selectionStart, selectionEnd } = this.area;
    const held = document.activeElement === this.area;
    this.approved?.remove();
    this.rowVersion = told.row_version;
    this.saved = told.target;
    this.area.value = told.target;
    if (held) this.area.setSelectionRange(selectionStart, selectionEnd);
    this.showFacts(told);
    this.face.say(told.news);
    forget(this.id);
    if (held) speak(told.news);
    this.item.dispatchEvent(new CustomEvent("adopted", { bubbles: true, detail: told }));
  }

  showFacts(told) {
    this.base = this.standing(told);
    this.area.dataset.draft = told.made_from;
    this.face.show(told);
  }

  failed(sentence) {
    this.face.fail(sentence);
    return false;
  }

  showConflict(told) {
    this.conflict?.remove();
    this.conflict = new Conflict(this, told);
    this.failed(words.conflict);
    return false;
  }

  // Nothing is sent over an approval: the text stays here, and who wants it to count reopens the version.
  showApproved(told) {
    if (this.area.value === told.target) return this.takeApproved(told);
    if (!this.approved?.shown) this.approved = new Approved(this);
    this.approved.show(told);
    return this.failed(`${words.refused} ${told.error}`);
  }

  takeApproved(told) {
    warn(this.item, null);
    this.adopt({ ...told, news: "" });
    return false;
  }

  // The chosen text is saved over the one that stands, as any other.
  settle(text) {
    const { told } = this.conflict;
    this.conflict.remove();
    this.conflict = null;
    this.rowVersion = told.row_version;
    this.saved = told.theirs;
    this.show(text);
    this.showFacts(told);
    warn(this.item, null);
    this.face.say("");
    this.area.focus();
    this.keep();
    this.save("save");
  }
}
