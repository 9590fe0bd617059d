"""Prints the interface's OpenAPI document: `python -m service.api.document > docs/openapi.json`."""

from __future__ import annotations

import json
import sys

from flask import Flask

from service import api


def document() -> str:
    """Return the document as JSON text, the same for the same code."""
    app = Flask("perstolk")
    api.register(app)
    answer = app.test_client().get(f"{api.PREFIX}/openapi.json").get_json()
    return json.dumps(answer, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
