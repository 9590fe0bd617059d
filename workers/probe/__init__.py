"""Questions to the engines from the shell, each answered as JSON: how they are, what they are, what they say.

`perstolk doctor` and `perstolk engines` run `python -m workers.probe` as a process of its own, since nothing in
`service` opens a connection to an engine. What is asked comes on standard input, never as an argument.
"""
