"""The names that reading and writing share."""

from __future__ import annotations

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MACHINE = "MT!"  # whom tools name as the author of what a machine wrote
CONTEXT = "x-perstolk-context"
RELEASE = "x-perstolk-release"
REVISION = "x-perstolk-revision"
COLLECTION = "x-perstolk-collection"
ORIGIN = "x-origin"
BY_MACHINE = "mt"
