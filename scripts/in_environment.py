"""Run a Python command in the environment of a local copy: `-m scripts.in_environment ARGS`."""

from __future__ import annotations

import os
import sys

from scripts.local_settings import local_environment

if __name__ == "__main__":
    os.execve(sys.executable, [sys.executable, *sys.argv[1:]], local_environment())  # noqa: S606
