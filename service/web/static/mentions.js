// Names behind an @: while somebody types one in a comment, the names that fit stand below the field as buttons. Arrow
// down goes to them, Enter takes one, Esc closes them. Without this, a name is written out or chosen in “Tell also”.
const MOST = 6;
const BEHIND_AT = /(?:^|[^\w.@+-])@([\p{L}\p{N}][\p{L}\p{N} .'\u2019-]{0,40})?$/u;

let open = null; // the field, and the box below it

function names(area) {
  const options = [...(area.closest("[data-part=said], main") ?? document).querySelectorAll("select[name=tell] option")];
  return [...new Set(options.filter((option) => option.value).map((option) => option.textContent.trim()))];
}

function typed(area) {
  return BEHIND_AT.exec(area.value.slice(0, area.selectionStart));
}

function fitting(area, begun) {
  const start = begun.toLocaleLowerCase();
  const found = names(area).filter((name) => {
    const lower = name.toLocaleLowerCase();
    return lower.startsWith(start) || (start && lower.includes(` ${start}`));
  });
  return found.length === 1 && found[0].toLocaleLowerCase() === start.trimEnd() ? [] : found.slice(0, MOST);
}

function close() {
  open?.box.remove();
  open = null;
}

function offer(area) {
  const match = typed(area);
  const found = match ? fitting(area, match[1] ?? "") : [];
  close();
  if (!found.length) return;
  const box = document.createElement("div");
  box.className = "names";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", area.dataset.names);
  for (const name of found) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => take(area, name));
    box.append(button);
  }
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.setAttribute("role", "status");
  area.after(box);
  box.append(hint);
  hint.textContent = area.dataset.namesSaid;
  open = { area, box };
}

function take(area, name) {
  const match = typed(area);
  const caret = area.selectionStart;
  close();
  area.focus();
  if (!match) return;
  area.setRangeText(`${name} `, caret - (match[1] ?? "").length, caret, "end");
}

function keyed(event) {
  if (!open) return;
  const buttons = [...open.box.querySelectorAll("button")];
  const place = buttons.indexOf(document.activeElement);
  const { area } = open;
  if (place < 0 && document.activeElement !== area) return;
  if (event.key === "Escape") {
    close();
    area.focus();
  } else if (event.key === "ArrowDown" && !event.altKey) {
    buttons[Math.min(place + 1, buttons.length - 1)].focus();
  } else if (event.key === "ArrowUp" && !event.altKey && place >= 0) {
    (place ? buttons[place - 1] : area).focus();
  } else {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
}

document.addEventListener("input", (event) => event.target.matches("textarea[data-mentions]") && offer(event.target));
document.addEventListener("keydown", keyed, true);
document.addEventListener("focusin", (event) => {
  if (open && event.target !== open.area && !open.box.contains(event.target)) close();
});
