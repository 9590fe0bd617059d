// What is not saved, or went otherwise than somebody meant, told above the bar: each sentence once, with links to the
// segments of which it holds. It stays until its cause is gone, and what was said before it does not.
import { hush, speak, words } from "./editor-words.js";

const place = document.getElementById("alerts");

export function warn(item, sentence) {
  const present = document.getElementById(`alert-${item.dataset.unit}`);
  if (present && lineOf(present).dataset.sentence === sentence) return;
  if (present) takeAway(present, item);
  if (!sentence) return;
  hush();
  put(linkTo(item), lineFor(sentence), item);
  nameKey();
}

// By a key: from a segment, the place above the bar is many steps away.
export function goToFirst() {
  const first = place.querySelector("a");
  if (first) first.click();
  else speak(words.noneFailed);
}

function nameKey() {
  for (const each of place.querySelectorAll("a")) each.removeAttribute("aria-keyshortcuts");
  if (words.keys === "on") place.querySelector("a")?.setAttribute("aria-keyshortcuts", "Alt+G");
}

function lineOf(link) {
  return link.closest("[data-sentence]");
}

function takeAway(link, item) {
  const held = link === document.activeElement;
  const line = lineOf(link);
  if (line.querySelectorAll("a").length > 1) link.remove();
  else line.remove();
  nameKey();
  if (!held) return;
  item.tabIndex = -1; // not its text: whoever was about to press Enter would write there
  item.focus();
}

// Its sentence is spoken when it comes; of a further segment, only which that is.
function lineFor(sentence) {
  const present = [...place.children].find((line) => line.dataset.sentence === sentence);
  if (present) return present;
  const line = document.createElement("div");
  line.className = "news bad";
  line.dataset.sentence = sentence;
  line.append(document.createElement("p"));
  line.firstElementChild.append(`${sentence} `);
  return line;
}

function linkTo(item) {
  const link = document.createElement("a");
  link.id = `alert-${item.dataset.unit}`;
  link.href = `#${item.id}`;
  link.textContent = item.querySelector("h2").textContent;
  return link;
}

// In the order of the text.
function put(link, line, item) {
  const later = [...line.querySelectorAll("a")].find((each) => {
    const other = document.querySelector(each.hash);
    return other && item.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  });
  line.firstElementChild.insertBefore(link, later ?? null);
  if (!line.isConnected) place.append(line); // whole, for it is spoken as it comes
}
