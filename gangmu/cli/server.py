"""``gangmu demo`` and ``gangmu serve``."""

import argparse
import socket
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from granian import Granian
from granian.constants import Interfaces

from gangmu.cli import worker
from gangmu.cli.demo import city
from gangmu.org.models import Unit


def demo(args: argparse.Namespace) -> int:
    """Migrate, then make the demo year unless there is one already."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    if Unit.objects.exists():
        if args.keep:
            return 0
        print(
            "数据库里已有单位，没有再造演示数据。要重来，请先删除数据库或换一个 GANGMU_DATA。",
            file=sys.stderr,
        )
        return 1
    started = time.monotonic()
    city.build()
    print(f"演示年度已造好，用时 {time.monotonic() - started:.0f} 秒")
    return 0


def serve(args: argparse.Namespace) -> int:
    """Pages on 127.0.0.1 until interrupted, and a worker beside them."""
    if _taken(args.port):
        print(f"端口 {args.port} 已被占用。请用 PORT=另一个端口 make run。", file=sys.stderr)
        return 1
    call_command("migrate", verbosity=0)
    connection.close()
    print(f"\n  http://127.0.0.1:{args.port}/\n", flush=True)
    for line in city.sign_ins():
        print("  " + line, flush=True)
    with worker.beside():
        Granian(
            "gangmu.wsgi:application", address="127.0.0.1", port=args.port, interface=Interfaces.WSGI, workers=1,
            blocking_threads=4, log_enabled=False,
        ).serve()  # fmt: skip
    return 0


def _taken(port: int) -> bool:
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0
