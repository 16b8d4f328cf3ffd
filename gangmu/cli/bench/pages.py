"""``gangmu bench pages``: list, item page and home at 20,000 items, each in turn with a bare view.

One client on one connection; the pages alternate with their bare views, so that both see the same noise. Printed
are medians in milliseconds, the ratio of the medians, and queries per page; then the same pages again with the data of
a whole country around the unit (``--units``), and their ratio to before.
"""

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gangmu.cli.bench import data
from gangmu.cli.bench.serving import served
from gangmu.org.models import Unit, User

BACKEND = "gangmu.org.backend.Backend"
CLOCK = "/bare/clock/"  # constant work, asked for in turn: the same page before and after is compared in its units


def command(args: argparse.Namespace) -> int:
    """Make the data in a place of its own, serve it, measure, print."""
    if os.environ.get("GANGMU_BENCH_CHILD") != "1":
        return in_a_place_of_its_own(sys.argv[1:], urlconf="gangmu.cli.bench.urls")
    call_command("migrate", verbosity=0)
    if Unit.objects.exists():
        print("这个数据库里已有数据，不能用来测速。请给一个空的数据库。", file=sys.stderr)
        return 1
    user, plan, item = data.build(args.items)
    pairs = {
        "list": (f"/plans/{plan.pk}/", f"/bare/plans/{plan.pk}/"),
        "item": (f"/items/{item.pk}/", f"/bare/items/{item.pk}/"),
        "home": ("/", "/bare/home/"),
        "list_titles": (f"/plans/{plan.pk}/", f"/bare/titles/{plan.pk}/"),
    }
    result: dict[str, Any] = {
        "database": connection.vendor,
        "items": args.items,
        "pages": _figures(user, pairs, args.rounds),
    }
    if args.units > 1:
        data.surround(args.units - 1)
        wide = _figures(user, pairs, args.rounds)
        result["units"] = args.units
        result["grown"] = {
            name: {
                "p50_ms": wide[name]["p50_ms"],
                "ratio_to_one_unit": round(
                    wide[name]["clocked"] / result["pages"][name]["clocked"], 2
                ),
                "queries": wide[name]["queries"],
            }
            for name in pairs
        }  # fmt: skip
    _print(result, args.json)
    return 0


def _figures(user: User, pairs: dict[str, tuple[str, str]], rounds: int) -> dict[str, dict[str, float]]:
    queries = {name: _queries(user, page) for name, (page, _bare) in pairs.items()}
    cookie = _session(user)
    connection.close()
    with served(_granian, DJANGO_SETTINGS_MODULE="gangmu.settings") as port:
        return {
            name: _measure(port, cookie, *pair, rounds=rounds) | {"queries": queries[name]}
            for name, pair in pairs.items()
        }


def in_a_place_of_its_own(arguments: list[str], *, urlconf: str) -> int:
    """Run again with a data folder and database that are thrown away; an own PostgreSQL comes from outside."""
    folder = tempfile.mkdtemp(prefix="gangmu-bench-")
    env = os.environ | {
        "GANGMU_DATA": folder,
        "GANGMU_BENCH_CHILD": "1",
        "GANGMU_URLCONF": urlconf,
    }
    try:
        return subprocess.run([sys.executable, "-m", "gangmu.cli", *arguments], env=env).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _queries(user: User, page: str) -> int:
    client = Client()
    client.force_login(user, backend=BACKEND)
    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        response = client.get(page)
    if response.status_code != 200:
        raise SystemExit(f"{page}: {response.status_code}")
    return len(seen)


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend=BACKEND)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    SessionStore(key).save()
    return f"{settings.SESSION_COOKIE_NAME}={key}"


def _granian(port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers",
        "1", "--blocking-threads", "1", "--no-log", "gangmu.wsgi:application",
    ]  # fmt: skip


def _measure(port: int, cookie: str, page: str, bare: str, *, rounds: int) -> dict[str, float]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken: dict[str, list[float]] = {page: [], bare: [], CLOCK: []}
    for number in range(rounds + 5):
        for path in taken:
            started = time.perf_counter()
            client.request("GET", path, headers={"Cookie": cookie, "Host": "127.0.0.1"})
            response = client.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"{path}: {response.status}")
            if number >= 5:
                taken[path].append((time.perf_counter() - started) * 1000)
    client.close()
    p50, floor, tick = (statistics.median(taken[path]) for path in (page, bare, CLOCK))
    return {
        "p50_ms": round(p50, 2), "bare_p50_ms": round(floor, 2), "ratio": round(p50 / floor, 2),
        "clocked": round(p50 / tick, 3),
    }  # fmt: skip


def _print(result: dict, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    print(f"{result['database']}, {result['items']} items, one client")
    for name, row in result["pages"].items():
        print(
            f"{name:12} p50 {row['p50_ms']:7.2f} ms   bare {row['bare_p50_ms']:7.2f} ms   "
            f"ratio {row['ratio']:5.2f}   {row['queries']} queries"
        )
    for name, row in result.get("grown", {}).items():
        print(
            f"{name:12} p50 {row['p50_ms']:7.2f} ms with {result['units']} units   "
            f"ratio to one unit {row['ratio_to_one_unit']:5.2f}   {row['queries']} queries"
        )
