// What the editor's scripts share: the sentences that the page gives them, the place where news is told, new ids.
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

// What was said before is no longer how things stand.
export function hush() {
  clearTimeout(waitingToSpeak);
  live.textContent = "";
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
