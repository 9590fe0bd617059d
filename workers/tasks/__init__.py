"""The tasks: thin, each safe to run twice, each told ids and no more.

A task claims a row, waits on the world outside with no transaction open, and records what came of it.
"""
