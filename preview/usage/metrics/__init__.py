"""The metrics of integration's use, week by week. A module of this folder registers its own."""

from importlib import import_module
from pkgutil import iter_modules

for module in iter_modules(__path__):
    if module.name not in ("registry", "weeks"):
        import_module(f"{__name__}.{module.name}")
