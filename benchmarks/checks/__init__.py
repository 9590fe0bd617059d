"""How good the checks are, and how fast.

`texts` reads human translations, `kinds` names the errors that the `planting` modules put into them, `measuring` counts
what the checks find, `report` shows it; `speed` is a part of `make bench`.
"""
