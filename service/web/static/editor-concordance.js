// What approved texts of all languages have for words that are selected in a segment, in its source or its text, shown
// beneath it. Esc goes back to where one was. Nothing waits for it, and where no answer comes, nothing else is touched.
import { selectedIn, wordsAtCaret } from "./editor-caret.js";
import { speak } from "./editor-words.js";

const LONGEST = 300;
const LONGEST_WAIT = 20000;
const panel = document.getElementById("concordance");
const said = panel.dataset;
const title = panel.querySelector("h3");
const news = panel.querySelector("[data-part=news]");
const rows = panel.querySelector("[data-part=rows]");
const all = panel.querySelector("[data-part=all]");
let origin = null;
let turn = 0;

// More than one word is looked for as it stands.
function question(words) {
  const bare = words.replace(/["\u201c-\u201f\u00ab\u00bb]/g, " ").replace(/\s+/g, " ").trim().slice(0, LONGEST);
  return bare.includes(" ") ? `"${bare}"` : bare;
}

function chosen(unit) {
  const { area } = unit;
  const inArea = document.activeElement === area && area.selectionStart !== area.selectionEnd;
  const shown = inArea ? null : selectedIn(unit.item);
  return shown?.words ? shown : { words: wordsAtCaret(area), range: null };
}

async function answer(address) {
  try {
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    const came = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store", signal });
    return came.ok ? await came.json() : null;
  } catch {
    return null;
  }
}

export async function lookUp(unit) {
  const { words, range } = chosen(unit);
  const asked = question(words);
  if (!asked) {
    speak(said.nothing);
    return;
  }
  const { area } = unit;
  const from = panel.contains(document.activeElement) ? origin.from : document.activeElement;
  origin = { area, range, from, start: area.selectionStart, end: area.selectionEnd };
  turn += 1;
  const mine = turn;
  unit.item.append(panel);
  panel.hidden = false;
  title.textContent = said.title.replace("{words}", words);
  news.textContent = said.looking;
  rows.replaceChildren();
  const query = new URLSearchParams({ q: asked });
  all.href = `${said.search}?${query}`;
  title.focus();
  const told = await answer(all.href);
  if (mine !== turn) return;
  news.textContent = told?.said ?? said.unreached;
  rows.innerHTML = told?.html ?? "";
  if (panel.contains(document.activeElement)) panel.scrollIntoView({ block: "nearest" }); // above the bar at the foot
  speak(news.textContent);
}

function close() {
  turn += 1;
  panel.hidden = true;
  if (!origin) return;
  const { area, range, from, start, end } = origin;
  origin = null;
  if (range?.startContainer.isConnected) {
    if (from !== area && from?.isConnected) from.focus();
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  area.focus();
  area.setSelectionRange(start, end);
}

panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  close();
});
panel.querySelector("[data-part=close]").addEventListener("click", close);

// Esc closes the panel from its own segment, too.
export function dismissed(unit) {
  if (panel.hidden || !unit.item.contains(panel)) return null;
  return () => close();
}
