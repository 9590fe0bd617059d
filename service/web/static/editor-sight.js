// Where somebody works stays in sight. The bar at the foot, and the news above it, take as much room as they have words, so
// their heights are measured for what scrolls; and what an answer brings above the focus, findings of the segment before it
// say, must not push the focus down beneath them. Who scrolls away from it is let be.
const list = document.getElementById("units");
const bar = document.querySelector(".work-bar");
const bars = [bar, ...document.querySelectorAll(".standing")];
const root = document.documentElement;
let below = 0; // what lies at the foot of the window over the text, in pixels
let held = null; // {at, top, height, scrolled}: what has the focus, and where it was last seen whole
let pressing = false; // nothing moves under a finger or a mouse that is down

function measure() {
  const stays = bars.filter((each) => getComputedStyle(each).position === "sticky");
  below = stays.reduce((sum, each) => sum + each.offsetHeight, 0);
  root.style.setProperty("--bar", `${bar.offsetHeight}px`);
  root.style.setProperty("--below", `${below}px`);
}

function inSight({ top, bottom }) {
  return top >= 0 && bottom <= window.innerHeight - below;
}

function note() {
  const at = document.activeElement;
  const box = at && list.contains(at) ? at.getBoundingClientRect() : null;
  held = box && inSight(box) ? { at, top: box.top, height: box.height, scrolled: window.scrollY } : null;
  root.style.overflowAnchor = held ? "none" : ""; // the browser would hold something above it instead, and scroll for that
}

// Who scrolls decides what is in sight. The browser scrolls, too, to the line that somebody types in a field that grows by
// it; that field is brought in sight whole, as soon as its growing is heard of.
function scrolled() {
  if (held?.scrolled === window.scrollY) return;
  if (held && held.at === document.activeElement && held.at.offsetHeight > held.height + 1) {
    held.scrolled = window.scrollY;
    held.top = held.at.getBoundingClientRect().top;
  } else note();
}

function bring(at) {
  if (!pressing && !inSight(at.getBoundingClientRect())) at.scrollIntoView({ block: "nearest" });
}

// What has the focus goes back to where it was, and above the bar where that has grown.
function hold() {
  measure();
  if (held && held.at === document.activeElement) {
    const moved = held.at.getBoundingClientRect().top - held.top;
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
    bring(held.at);
  }
  note();
}

function come({ target }) {
  if (target === document.activeElement) bring(target);
  note();
}

const sizes = new ResizeObserver(hold);
for (const each of [list, ...bars]) sizes.observe(each);
// The browser scrolls to the focus once all have heard of it, and so does this, after it.
list.addEventListener("focusin", (event) => queueMicrotask(() => come(event)));
document.addEventListener("scroll", scrolled, { passive: true });
for (const kind of ["pointerdown", "pointerup", "pointercancel"]) {
  document.addEventListener(kind, () => { pressing = kind === "pointerdown"; }, true);
}
