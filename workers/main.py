"""The composition of a worker or beat process: `python -m celery -A workers.main …` starts here.

It reads the settings, makes the application and imports every module in `workers.tasks`, so that a new task
needs no line here. Settings that cannot be used are told, and end the process with status 2.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

from service.config import SettingsError, load_settings
from workers import tasks
from workers.app import make_celery
from workers.composition import let_go

try:
    settings = load_settings()
except SettingsError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(2)
celery = make_celery(settings, after_fork=let_go)

for module in pkgutil.iter_modules(tasks.__path__, prefix=f"{tasks.__name__}."):
    importlib.import_module(module.name)
