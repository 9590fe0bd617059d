// Signs for characters that nobody sees: in every text that is shown, and, as a text field cannot have any, in a line
// beneath the field somebody writes in. The choice is kept in this browser.
import { said, tool } from "./editor-tools.js";
import { speak } from "./editor-words.js";

const NAME = "perstolk-signs";
const SIGNS = JSON.parse(said.signs);
const UNSEEN = new RegExp(`[${Object.keys(SIGNS).filter((each) => each !== " ").join("")}]| {2,}`, "g");
const list = document.getElementById("units");
let on = read();
let mirror = null;

function read() {
  try {
    return Boolean(localStorage.getItem(NAME));
  } catch {
    return false;
  }
}

function signed(character) {
  const [sign, name] = SIGNS[character];
  const span = document.createElement("span");
  span.className = "unseen";
  span.dataset.sign = sign;
  span.title = name;
  span.setAttribute("role", "img");
  span.setAttribute("aria-label", name);
  span.textContent = character;
  return span;
}

// A text with a sign before each such character, which itself stays: what is copied is the text.
function pieces(text) {
  const parts = [];
  let done = 0;
  for (const found of text.matchAll(UNSEEN)) {
    parts.push(text.slice(done, found.index), ...[...found[0]].map(signed));
    done = found.index + found[0].length;
  }
  return done ? [...parts, text.slice(done)] : null;
}

export function showSigns(root) {
  if (!on) return;
  for (const source of [root, ...root.querySelectorAll(".source")]) {
    if (!source.classList.contains("source")) continue;
    const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest(".unseen, .space, .hidden")) nodes.push(walker.currentNode);
    }
    for (const node of nodes) {
      const marked = pieces(node.data);
      if (marked) node.replaceWith(...marked);
    }
  }
}

function hideSigns() {
  for (const span of list.querySelectorAll(".unseen")) {
    const parent = span.parentNode;
    span.replaceWith(...span.childNodes);
    parent.normalize();
  }
}

// The line stands beneath the field that was last written in, as long as there is something to show.
export function reflect(unit) {
  const marked = on && pieces(unit.area.value);
  if (!marked) {
    if (mirror?.parentNode?.contains(unit.area)) mirror.remove();
    return;
  }
  if (!mirror) {
    mirror = document.createElement("div");
    mirror.className = "mirror";
    mirror.append(document.createElement("p"), document.createElement("div"));
    mirror.firstElementChild.className = "side";
    mirror.firstElementChild.textContent = said.mirror;
    mirror.lastElementChild.className = "source";
  }
  mirror.lastElementChild.lang = unit.area.lang;
  mirror.lastElementChild.replaceChildren(...marked);
  if (mirror.previousElementSibling !== unit.area) unit.area.after(mirror);
}

export function switchSigns(unit) {
  on = !on;
  try {
    if (on) localStorage.setItem(NAME, "on");
    else localStorage.removeItem(NAME);
  } catch {
    // Then it holds until the page is left.
  }
  tool("signs").setAttribute("aria-pressed", String(on));
  if (on) showSigns(list);
  else hideSigns();
  reflect(unit);
  speak(on ? said.signsOn : said.signsOff);
}

tool("signs").setAttribute("aria-pressed", String(on));
showSigns(list);
