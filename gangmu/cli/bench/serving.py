"""A server of our own while something is measured, on a port that was free."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def served(command: Callable[[int], list[str]], **environment: str) -> Iterator[int]:
    """The port. ``command`` gives the arguments for it. Raises ``SystemExit`` when nothing answers in twenty seconds."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    child = subprocess.Popen(
        command(port), env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield port
    finally:
        child.terminate()
        child.wait(timeout=20)


def _wait(port: int) -> None:
    for _attempt in range(200):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def gangmu(port: int) -> list[str]:
    """The product's own server, as :func:`served` wants it."""
    return [sys.executable, "-m", "gangmu.cli", "serve", "--port", str(port)]
