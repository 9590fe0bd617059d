"""The facts in a text, each language read as it writes them, and whether two texts state the same ones.

`parts` are the pieces that a match can be mended by, `statements` what a reader would call a fact; `pairing` holds the
statements of a source against those of its translation.
"""
