// What the helps need of a text field: put words in where the caret is, and tell what is selected or stands there.
const WORD = /[\p{L}\p{M}\p{N}\u2019'-]/u;

// As if it was typed: the browser can take it back, and the segment saves it.
export function insert(area, text) {
  if (area.readOnly) return false;
  area.focus();
  if (!(text ? document.execCommand("insertText", false, text) : document.execCommand("delete"))) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}

// Put a text in place of all that stands in a field; one Ctrl+Z brings that back.
export function replaceAll(area, text) {
  if (area.readOnly) return false;
  area.focus();
  area.select();
  return insert(area, text);
}

// As the desk keeps a text: a space for a line end or a tab and the white space around it.
export function unbroken(text) {
  return text.replace(/[^\S\u00a0\u202f\u2007]+/g, (white) => (/[\n\t]/.test(white) ? " " : white));
}

// Show what the desk made of line ends, with the caret between the same words.
export function showUnbroken(area) {
  const text = unbroken(area.value);
  if (text === area.value) return;
  const [start, end] = [area.selectionStart, area.selectionEnd].map((at) => unbroken(area.value.slice(0, at)).length);
  if (document.activeElement !== area || !replaceAll(area, text)) area.value = text;
  if (document.activeElement === area) area.setSelectionRange(start, end);
}

export function wordsAtCaret(area) {
  let { selectionStart: start, selectionEnd: end } = area;
  const text = area.value;
  if (start === end) {
    while (start > 0 && WORD.test(text[start - 1])) start -= 1;
    while (end < text.length && WORD.test(text[end])) end += 1;
  }
  return text.slice(start, end).trim();
}

// What is selected in a text that is only shown, without the words that are hidden in it for readers.
export function selectedIn(item) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = range.startContainer.parentElement?.closest(".source");
  if (!start || !item.contains(start) || !item.contains(range.endContainer)) return null;
  const part = range.cloneContents();
  for (const each of part.querySelectorAll(".hidden, .marker")) each.remove();
  return { words: part.textContent.replace(/\s+/g, " ").trim(), range: range.cloneRange() };
}
