"""The rules of the desk in plain Python: text, states, permissions, checks, signatures.

Standard library only; no input or output and no clock (`now` is always an argument).
"""
