"""``gangmu worker``: empties the queue of jobs, ends those whose worker was stopped, does the nightly work."""

import argparse
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from gangmu.common import clock
from gangmu.jobs import running

IDLE = 0.5  # seconds between two looks into the queue
HOUSEKEEPING = 30.0
NIGHT = range(1, 6)  # hours of the day in which nightly work is begun


def command(args: argparse.Namespace) -> int:
    """Until interrupted; with ``--once`` until the queue is empty."""
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=f"gangmu-{time.time_ns():x}", excluded_queue_names=[],
    )  # fmt: skip
    worker.configure_signals()
    kept = 0.0
    while worker.running:
        if time.monotonic() - kept > HOUSEKEEPING:
            kept = time.monotonic()
            _keep_house()
        worker.run()
        if args.once:
            break
        time.sleep(IDLE)
    return 0


def _keep_house() -> None:
    close_old_connections()
    running.reap()
    running.tidy()
    if clock.local_now().hour in NIGHT:
        running.tonight()


@contextmanager
def beside() -> Iterator[None]:
    """A worker process of our own while the pages are served; it ends with them."""
    process = subprocess.Popen([sys.executable, "-m", "gangmu.cli", "worker"])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
