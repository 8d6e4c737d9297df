"""Other places where readers meet a page: search, social media, e-mail, paper.

Each is a view of the same item and needs no browser. A surface is a module of this package that
registers itself; importing the package registers them all.
"""

from importlib import import_module
from pkgutil import iter_modules

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
