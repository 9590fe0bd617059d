// The row of helps: one for the whole editor, which goes with the person from segment to segment. Tab comes to it once;
// the arrow keys go along it.
export const bar = document.getElementById("tools");
export const said = bar.dataset;

const buttons = [...bar.querySelectorAll("button")];
let owner = null;

for (const button of buttons) button.tabIndex = button === buttons[0] ? 0 : -1;

function go(to) {
  for (const button of buttons) button.tabIndex = button === to ? 0 : -1;
  to.focus();
}

bar.addEventListener("keydown", (event) => {
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  go(buttons[(to + buttons.length) % buttons.length]);
});

// A click leaves the focus, the caret and the selection where they are.
bar.addEventListener("mousedown", (event) => event.preventDefault());

bar.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) owner?.use(button.dataset.tool);
});

export function tool(name) {
  return buttons.find((button) => button.dataset.tool === name);
}

// Stand in a segment's head. `to.use(name)` carries out what a button is for.
export function stand(to, item) {
  if (owner === to) return;
  owner = to;
  item.querySelector("[data-part=head]").after(bar);
  bar.hidden = false;
}
