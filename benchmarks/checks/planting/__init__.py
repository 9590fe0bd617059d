"""Putting errors into translations, one at a time: a kind of error is a function from a sample and chance to a plant.

Where a text seldom has what an error needs, the same remark is first added to both sides, as correctly as the language
asks for, and then one side is damaged.
"""
