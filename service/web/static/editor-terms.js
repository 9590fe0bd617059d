// The terms of a segment, to be put in where the caret is: by a button of the list beside the source, or from a small menu.
// Only what may be used is in either of them.
import { insert } from "./editor-caret.js";
import { said, tool } from "./editor-tools.js";
import { speak } from "./editor-words.js";

const LONGEST_WAIT = 4000; // for terms that are on their way

export class Terms {
  constructor(unit) {
    this.unit = unit;
    this.list = unit.item.querySelector("[data-part=found]");
    this.menu = null;
    this.awaited = 0;
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-insert]");
      if (button) this.insert(button.dataset.insert);
    });
    unit.item.addEventListener("found", () => {
      for (const button of this.list.querySelectorAll("button[data-insert]")) button.hidden = false;
      if (Date.now() < this.awaited) this.open();
    });
  }

  // Open the menu, or go on to its next term.
  next() {
    if (this.menu) this.go(1);
    else this.open();
  }

  open() {
    this.awaited = 0;
    const offered = [...this.list.querySelectorAll("button[data-insert]")];
    if (!offered.length) {
      if (!this.list.innerHTML) this.awaited = Date.now() + LONGEST_WAIT;
      else speak(said.noTerms);
      return;
    }
    this.menu = document.createElement("div");
    this.menu.className = "term-menu";
    this.menu.setAttribute("role", "menu");
    this.menu.setAttribute("aria-label", said.menu);
    this.menu.append(...offered.map((each) => this.item(each)));
    this.menu.addEventListener("keydown", (event) => this.key(event));
    this.menu.addEventListener("focusout", (event) => this.menu?.contains(event.relatedTarget) || this.close());
    this.unit.area.after(this.menu);
    tool("terms").setAttribute("aria-expanded", "true");
    this.menu.firstElementChild.focus();
  }

  item(offered) {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.setAttribute("role", "menuitem");
    const term = document.createElement("strong");
    term.lang = this.unit.area.lang;
    term.textContent = offered.dataset.insert;
    const where = document.createElement("span");
    where.className = "soft";
    where.textContent = ` ${said.for.replace("{words}", offered.dataset.for)}`;
    button.append(term, where);
    button.addEventListener("click", () => this.insert(offered.dataset.insert));
    return button;
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = {
      ArrowDown: () => this.go(1),
      ArrowUp: () => this.go(-1),
      Home: () => this.menu.firstElementChild.focus(),
      End: () => this.menu.lastElementChild.focus(),
      Escape: () => this.back(),
      Tab: () => this.back(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  go(by) {
    const items = [...this.menu.children];
    items[(items.indexOf(document.activeElement) + by + items.length) % items.length].focus();
  }

  close() {
    const { menu } = this;
    this.menu = null;
    menu?.remove();
    tool("terms").setAttribute("aria-expanded", "false");
  }

  back() {
    this.unit.area.focus();
    this.close();
  }

  insert(text) {
    const done = insert(this.unit.area, text);
    this.close();
    speak(done ? said.inserted.replace("{words}", text) : said.closed);
  }
}
