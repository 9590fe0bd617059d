"""How long tests wait for a stand-in: shortly for one that is to be found silent, long for any that answers.

A short wait for a good answer makes a test of the machine's other work.
"""

from __future__ import annotations

from tests.servers.base import Behaviour
from workers.engines.client import Patience

SHORT = Patience(connect_seconds=0.3, read_seconds=0.3, request_seconds=0.5)
LONG = Patience()
SILENT = frozenset({Behaviour.HANG, Behaviour.SLOW, Behaviour.SLOW_HEAD})


def patience_for(behaviour: str) -> Patience:
    return SHORT if behaviour in SILENT else LONG
