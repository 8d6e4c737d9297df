"""How gunicorn serves: threads carry long polls and event streams; metrics on their own port."""

from __future__ import annotations

import os
from typing import Any

bind = f"0.0.0.0:{os.environ.get('PORT', '3000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "1"))
threads = int(os.environ.get("WEB_THREADS", "8"))
control_socket_disable = True  # nothing here speaks to it, and the root file system is read-only
timeout = 60
graceful_timeout = 10
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 (a RAM disk)


def post_worker_init(worker: Any) -> None:  # noqa: ARG001 (gunicorn's signature)
    """Serve the metrics from the worker; collect no garbage where there is none."""
    from preview.ops import collecting, metrics  # noqa: PLC0415 (Django is set up by now)

    metrics.serve()
    collecting.spare_what_stays()
