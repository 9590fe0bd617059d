"""`python -m workers.engines`: can the engines be made that the office names? Status 2 and a sentence if not.

`perstolk run` and `perstolk worker` ask it before they start. No engine is asked anything, and little is imported:
somebody waits.
"""

from __future__ import annotations

import os
import sys

from service.config import SettingsError, load_settings
from workers.engines.catalogue import build_engines

CANNOT_BE_MADE = 2


def main() -> int:
    """Make the engines, and let them go."""
    try:
        build_engines(load_settings())
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return CANNOT_BE_MADE
    return 0


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    os._exit(status)  # what another package has begun is not waited for
