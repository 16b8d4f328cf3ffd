"""``gangmu bench netmap``: the net map of 400 items in the real browser, from the request to the picture on the screen.

The picture is there when the whole page is read and the frame after that has been painted; a page without content asked
for in turn says what browser and machine cost by themselves.
"""

import argparse
import json
import os
import statistics
import sys

from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Page

from gangmu.cli.bench import data, recorder
from gangmu.cli.bench.pages import in_a_place_of_its_own
from gangmu.cli.bench.serving import gangmu, served

ITEMS, ROUNDS = 400, 20
ADDRESSES = {
    "folded": "/net/?plan={plan}",
    "unfolded": "/net/?plan={plan}&fold=none",
    "list": "/net/?plan={plan}&view=list",
    "matrix": "/net/?plan={plan}&view=matrix",
    "bare": "/bare/clock/",
}
WHEN_PAINTED = """
window.gangmuPainted = new Promise((done) => addEventListener("DOMContentLoaded", () => {
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
}));
"""
FIGURES = """async () => ({
  painted: await window.gangmuPainted, sent: performance.getEntriesByType("navigation")[0].responseEnd,
})"""


def command(args: argparse.Namespace) -> int:
    """Make a plan of 400 items in a place of its own, serve it, look at its map in turn with a bare page, print."""
    if os.environ.get("GANGMU_BENCH_CHILD") != "1":
        return in_a_place_of_its_own(sys.argv[1:], urlconf="gangmu.cli.bench.urls")
    call_command("migrate", verbosity=0)
    user, plan, _item = data.build(ITEMS)
    data.fill(plan, tasks=3_000, lines=20_000)
    connection.close()
    with served(gangmu) as port, recorder.browser() as browser:
        me = recorder.Worker(browser, f"http://127.0.0.1:{port}", user.username, data.PASSWORD)
        me.context.add_init_script(WHEN_PAINTED)
        pages = {name: me.base + address.format(plan=plan.pk) for name, address in ADDRESSES.items()}
        figures = _measure(me.page, pages, ROUNDS)
    _print({"items": ITEMS, "pages": figures}, args.json)
    return 0


def _measure(page: Page, pages: dict[str, str], rounds: int) -> dict[str, dict[str, float]]:
    """Medians in ms since the request, per page, and the ratio to the bare page."""
    seen: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    for number in range(rounds + 3):
        for name, address in pages.items():
            page.goto(address)
            one = page.evaluate(FIGURES)
            if number >= 3:
                seen[name].append(one)
    middle = {
        name: {what: statistics.median(one[what] for one in all_) for what in ("sent", "painted")}
        for name, all_ in seen.items()
    }
    floor = middle["bare"]["painted"]
    return {
        name: {
            "sent_ms": round(row["sent"]), "painted_ms": round(row["painted"]), "ratio": round(row["painted"] / floor, 2),
        }
        for name, row in middle.items()
    }  # fmt: skip


def _print(result: dict, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    print(f"net map of {result['items']} items in the browser, since the request")
    for name, row in result["pages"].items():
        print(
            f"{name:10} sent {row['sent_ms']:5} ms   painted {row['painted_ms']:5} ms   ratio to a bare page {row['ratio']}"
        )
