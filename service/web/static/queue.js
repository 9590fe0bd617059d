// The countdown of the queue: what the server wrote is right at load, and goes on by this page's own clock, so that a
// browser whose clock is wrong counts rightly. Nothing is spoken by it.
const EVERY = 15000;

const table = document.getElementById("queue");

function span(minutes) {
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const [words, first, second] = days
    ? [table.dataset.days, days, hours % 24]
    : hours
      ? [table.dataset.hours, hours, String(minutes % 60).padStart(2, "0")]
      : [table.dataset.minutes, minutes, ""];
  return words.replace("{1}", first).replace("{2}", second);
}

function count() {
  const now = Date.parse(table.dataset.now) + performance.now();
  for (const place of table.querySelectorAll("[data-until]")) {
    const left = Date.parse(place.dataset.until) - now;
    const words = (left >= 0 ? table.dataset.in : table.dataset.ago).replace("{}", span(Math.round(Math.abs(left) / 60000)));
    if (place.textContent !== words) place.textContent = words;
  }
}

if (table) setInterval(count, EVERY);
