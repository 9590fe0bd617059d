"""The embedded mode: one command that starts, restarts and stops every process of a desk.

It listens on the desk's address and hands the socket to the web server; it calls nobody but its own children.
What the children do is not known here, only how they are started and stopped. See docs/adr/0001.
"""
