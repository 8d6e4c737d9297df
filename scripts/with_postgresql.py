"""Run a Python command beside a fresh PostgreSQL: `-m scripts.with_postgresql ARGS`.

The command finds the database's address in `TEST_DATABASE_URL`.
"""

from __future__ import annotations

import os
import subprocess
import sys

from scripts.servers import PostgreSQL, ServerMissing


def main(arguments: list[str]) -> int:
    """Run the command; its exit status."""
    try:
        with PostgreSQL() as server:
            environment = {**os.environ, "TEST_DATABASE_URL": server.url}
            return subprocess.run(
                [sys.executable, *arguments], env=environment, check=False
            ).returncode
    except ServerMissing as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
