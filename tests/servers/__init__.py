"""Stand-ins on loopback for the machines that the desk talks to; each also runs alone as a program."""
