// What the editor's scripts share: the sentences that the page gives them, the places where news and faults are told, new ids.
const SPOKEN_PAUSE = 5000;

export const words = document.getElementById("units").dataset;

const live = document.getElementById("live");
let lastSpoken = 0;
let waitingToSpeak = null;

// Routine news is spoken at most once in five seconds; the latest wins.
export function speak(sentence) {
  clearTimeout(waitingToSpeak);
  const wait = Math.max(0, lastSpoken + SPOKEN_PAUSE - Date.now());
  waitingToSpeak = setTimeout(() => {
    lastSpoken = Date.now();
    live.textContent = sentence;
  }, wait);
}

// An alert about a segment stays until its cause is gone.
export function warn(item, sentence) {
  const id = `alert-${item.dataset.unit}`;
  const present = document.getElementById(id);
  if (!sentence) {
    present?.remove();
    return;
  }
  if (present?.dataset.sentence === sentence) return;
  present?.remove();
  const line = document.createElement("p");
  line.id = id;
  line.className = "live alert";
  line.dataset.sentence = sentence;
  const link = document.createElement("a");
  link.href = `#${item.id}`;
  link.textContent = item.querySelector("h2").textContent;
  line.append(link, ` · ${sentence}`);
  document.getElementById("alerts").append(line);
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
