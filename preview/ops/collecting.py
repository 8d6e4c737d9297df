"""What the garbage collector need not look at: all that a process loads before its first work.

A process holds some 400,000 objects of modules, models and templates. A full collection walks all
of them, and stops a request or a rendering for the time that takes.

Source: Python's `gc.freeze`.
"""

from __future__ import annotations

import gc


def spare_what_stays() -> None:
    """Keep the collector off what lives as long as the process; call it before the first work."""
    gc.collect()
    gc.freeze()
