"""Machine translation: one module per engine, the protocol they share, and the catalogue that builds them.

Nothing here knows a database or a queue; what happens with an answer is decided in `workers.drafting`.
"""
