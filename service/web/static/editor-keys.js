// Which modifiers a key was pressed with. Letters and digits are told by their place on the board (`event.code`), for a
// Belgian board has no digit without Shift; AltGr arrives as Ctrl and Alt together, and is left alone.
const onMac = /Mac|iPhone|iPad/.test(navigator.platform);

// Ctrl, or Command on a Mac.
export function isCommand(event) {
  return (onMac ? event.metaKey : event.ctrlKey) && !event.altKey;
}

export function isAlt(event) {
  return event.altKey && !event.shiftKey && !event.ctrlKey && !event.metaKey;
}

export function isPlain(event) {
  return !event.altKey && !event.shiftKey && !event.ctrlKey && !event.metaKey;
}
