"""The names that reading and writing share."""

from __future__ import annotations

MACHINE = "MT!"  # whom tools name as the author of what a machine wrote
CONTEXT = "x-perstolk-context"
RELEASE = "x-perstolk-release"
REVISION = "x-perstolk-revision"
COLLECTION = "x-perstolk-collection"
ORIGIN = "x-origin"
BY_MACHINE = "mt"
