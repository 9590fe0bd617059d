// Blocks that were read from a clipboard, as Markdown or as plain text; see pasted.js for what a block is.
"use strict";

const MARKS = { bold: "**", italic: "_" };
const TAGS = { bold: "strong", italic: "em" };
const INLINE = /[\\`*[\]<|]|&(?=[#A-Za-z])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const LINE_START = /^([0-9]{1,9}(?=[.)])|)([-+=~#>:.)])/gmu;

// Return the blocks as Markdown.
export function asMarkdown(blocks) {
  return written(blocks, inline);
}

// Return the blocks without any marks but those of lists, with blank lines between them.
export function asPlain(blocks) {
  return written(blocks, (runs) => runs.map((run) => run.text).join(""), true);
}

function written(blocks, say, bare = false) {
  const parts = [];
  let items = [];
  const lists = { count: 0 };
  const close = () => {
    if (items.length) parts.push(list(items, say, bare || lists.count++ % 2 === 0));
    items = [];
  };
  blocks.forEach((block, at) => {
    if (block.kind === "item") {
      const before = items.at(-1);
      if (before && block.level === 1 && (before.list !== block.list || items[0].ordered !== block.ordered)) close();
      items.push(block);
      return;
    }
    close();
    if (block.kind === "heading") parts.push(bare ? say(block.runs).replaceAll("\n", " ") : `${"#".repeat(block.level)} ${say(block.runs, true)}`);
    else if (block.kind === "quote" && !bare) {
      const quoted = say(block.runs).split("\n").map((line) => `> ${line}`).join("\n");
      if (blocks[at - 1]?.kind === "quote") parts.push(`${parts.pop()}\n>\n${quoted}`);
      else parts.push(quoted);
    } else parts.push(say(block.runs));
  });
  close();
  return parts.join("\n\n");
}

function list(items, say, first) {
  const counts = [];
  const indents = [];
  const lines = items.map((item, at) => {
    // A level deepens by one at a time.
    const level = Math.min(item.level, at ? indents.length + 1 : 1);
    indents.length = level - 1;
    counts.length = level;
    counts[level - 1] = (counts[level - 1] ?? 0) + 1;
    const mark = item.ordered ? `${counts[level - 1]}${first ? "." : ")"}` : first ? "-" : "*";
    const indent = " ".repeat(indents.reduce((sum, each) => sum + each, 0));
    indents.push(mark.length + 1);
    const deeper = " ".repeat(indents.reduce((sum, each) => sum + each, 0));
    return `${indent}${mark} ${say(item.runs).replaceAll("\n", `\n${deeper}`)}`;
  });
  return lines.join("\n");
}

function inline(runs, heading = false) {
  let text = "";
  let open = [];
  runs.forEach((run, at) => {
    const shared = open.filter((each, place) => each.style.kind === run.styles[place]?.kind && each.style.href === run.styles[place]?.href && open.slice(0, place).every((_, n) => open[n].style.kind === run.styles[n]?.kind));
    for (const each of open.slice(shared.length).reverse()) text += end(each);
    open = shared;
    for (const style of run.styles.slice(shared.length)) {
      const each = { style, asTag: style.kind !== "link" && !standsApart(runs, at, style) };
      text += each.style.kind === "link" ? "[" : each.asTag ? `<${TAGS[style.kind]}>` : MARKS[style.kind];
      open.push(each);
    }
    text += escaped(run.text, heading);
  });
  for (const each of open.reverse()) text += end(each);
  return heading ? text : text.replace(LINE_START, "$1\\$2");
}

function end(each) {
  if (each.style.kind === "link") return `](<${each.style.href.replace(/[<>\s]/g, encodeURIComponent).replaceAll("&", "&amp;")}>)`;
  return each.asTag ? `</${TAGS[each.style.kind]}>` : MARKS[each.style.kind];
}

// Markdown takes its marks for emphasis only where white space or punctuation stands outside of both.
function standsApart(runs, at, style) {
  let last = at;
  while (runs[last + 1]?.styles.some((each) => each.kind === style.kind)) last += 1;
  const before = runs[at - 1]?.text.at(-1) ?? "";
  const behind = runs[last + 1]?.text[0] ?? "";
  return [before, behind].every((sign) => !sign || /[\s\p{P}]/u.test(sign));
}

function escaped(text, heading) {
  const safe = text.replace(INLINE, "\\$&");
  if (heading) return safe.replaceAll("#", "\\#").replaceAll("\n", "<br>");
  return safe.replaceAll("\n", "\\\n");
}
