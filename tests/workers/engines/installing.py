"""A package of somebody else's, installed: its module and its `dist-info`, in a directory to put on the path."""

from __future__ import annotations

from pathlib import Path

ACME = """
from workers.engines.base import Capabilities, Health


class Acme:
    def __init__(self, runs_in_office):
        self.seen = []
        self.capabilities = Capabilities("what it calls itself", runs_in_office=runs_in_office)

    def translate(self, texts, *, source, target, deadline, hints):
        self.seen += texts
        return [f"{target}: {text}" for text in texts]

    def probe(self, *, deadline):
        return Health(ok=True, detail="built from acme")


def build(settings):
    return Acme(runs_in_office=True)
"""


def install(folder: Path, code: str = ACME, *, package: str = "acme", **entries: str) -> Path:
    """Install a package with a module of its own name; `entries` are engines' names and the functions' names."""
    folder.mkdir(exist_ok=True)
    (folder / f"{package}_engines.py").write_text(code)
    info = folder / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    lines = [f"{name.replace('_', '-')} = {package}_engines:{function}" for name, function in entries.items()]
    (info / "entry_points.txt").write_text("\n".join(["[perstolk.engines]", *lines, ""]))
    return folder
