"""How alike two segments are, which ones to look at, and what of a match can be mended; pure, for memory and editor."""
