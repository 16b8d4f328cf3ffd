"""A roster of 10,000 rows, read, validated and stored, against the bare cells of python-calamine and the bare inserts.

Run in a process and with a database of its own, so that the peak of memory is the list's. The readers of the log run
at the commit, as on a page; they are in the figure.
"""

import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from typing import Any

import python_calamine
import xlsxwriter

ROWS = 10_000
ROUNDS = 5
DEPARTMENTS = 20
HEADS = (
    "序号", "姓名", "工号", "性别", "民族", "出生年月", "部门", "职务", "入党时间", "联系电话",
)  # fmt: skip


def roster(rows: int = ROWS) -> dict[str, Any]:
    """Figures: seconds of both ways (medians), their ratio, peak memory in MB. ``GANGMU_DATABASE_URL`` is taken over."""
    folder = tempfile.mkdtemp(prefix="gangmu-bench-")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "gangmu.cli.bench.rosters", str(rows)],
            env=os.environ | {"GANGMU_DATA": folder, "DJANGO_SETTINGS_MODULE": "gangmu.settings"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    except subprocess.CalledProcessError as problem:
        raise SystemExit(problem.stderr[-2000:]) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return json.loads(done.stdout.splitlines()[-1])


def workbook(rows: int) -> bytes:
    """A list of staff as an office keeps it: ten columns, a title, dates as dates."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("花名册")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_string(0, 0, "测速市人民检察院人员花名册")
    for column, head in enumerate(HEADS):
        sheet.write_string(1, column, head)
    for n in range(rows):
        born = date(1965, 1, 1) + timedelta(days=n)
        line: list[Any] = [n + 1, name(n), f"G{n:06d}", "男", "汉族", f"{born.year}.{born.month:02d}", f"第{n % DEPARTMENTS}部", "检察官助理",
                           None, "10000000000"]  # fmt: skip
        for column, value in enumerate(line):
            sheet.write(n + 2, column, value) if value is not None else None
        sheet.write_datetime(n + 2, 8, date(1990, 1, 1) + timedelta(days=n % 9000), day)
    book.close()
    return out.getvalue()


def name(n: int) -> str:
    """An invented name; some people share one."""
    surnames, given = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
    return surnames[n % 10] + given[n // 10 % 12] + given[n // 120 % 12]


def _child(rows: int) -> None:
    import django  # noqa: PLC0415 - a process of its own sets Django up itself

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from gangmu.cli.bench.rosters_data import bare, emptied, ours, unit_and_office  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    data = workbook(rows)
    unit, office = unit_and_office(DEPARTMENTS)
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    for _round in range(ROUNDS):
        for label, run in (("bare", bare), ("ours", ours)):
            started = time.perf_counter()
            stored = run(data, unit, office)
            taken[label].append(time.perf_counter() - started)
            emptied(unit)
            if stored != rows:
                raise SystemExit(f"{label}: {stored} of {rows} rows")
    found = {label: statistics.median(values) for label, values in taken.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "rows": rows, "database": connection.vendor, "seconds": round(found["ours"], 3),
                "bare_seconds": round(found["bare"], 3), "ratio": round(found["ours"] / found["bare"], 2),
                "peak_mb": round(peak, 1),
            }
        )
    )  # fmt: skip


def cells(data: bytes) -> list[list[Any]]:
    """What python-calamine alone gives."""
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


if __name__ == "__main__":
    _child(int(sys.argv[1]))
