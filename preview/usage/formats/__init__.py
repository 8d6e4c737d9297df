"""Log formats, a module each. To add one: write a module that calls `registry.register`."""

from __future__ import annotations

import importlib
import pkgutil

for found in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{found.name}")
