# ruff: noqa: INP001 (a folder on the path of processes, no package)
"""Let every Python process that finds this folder on its path live on the same day.

`TOUR_STARTED` is the real time, in seconds, at which the fixed time began; clocks tick from there.
"""

import os
import time
from datetime import UTC, datetime, timedelta

import time_machine

FIXED = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
passed = time.time() - float(os.environ["TOUR_STARTED"])
time_machine.travel(FIXED + timedelta(seconds=passed), tick=True).start()
