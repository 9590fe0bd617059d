"""The memory at ten thousand, a hundred thousand and a million sources, on both databases."""
