#!/usr/bin/env python
"""Run a management command of Content Preview.

In a working copy the settings that set-up made (`var/local.env`) apply where the environment names
none. Logs go to standard error, since a command's standard output is its answer.
"""

import os
import sys


def main() -> None:
    """Hand the command line to Django."""
    from scripts.local_settings import LOCAL, local_environment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preview.settings")
    os.environ.setdefault("LOG_STREAM", "stderr")
    if "SECRET_KEY" not in os.environ and LOCAL.exists():
        os.environ.update(local_environment())
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
