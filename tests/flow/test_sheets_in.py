"""A workbook becomes a plan in preview as a Word paper does; what it says of progress is history."""

import argparse
import json
from datetime import date

import pytest

from gangmu.cli import imports
from gangmu.common.errors import Invalid
from gangmu.flow import reading, steps
from gangmu.plan.actions import items, plans
from gangmu.plan.models import Plan
from gangmu.tasks.models import Progress
from tests.cast import DAY, Cast
from tests.papers.books import HEADER, book

LEDGER = book(("台账", [["2026年重点任务督办台账"], (*HEADER, "进展情况"),
                       (1, "整理排口清单", "第八检察部", "第六检察部", "2026年9月底前", "已完成八成"),
                       (2, "党员先锋岗", "机关党委", None, "2026年6月31日前", None)]))  # fmt: skip


def read(cast: Cast, data: bytes = LEDGER, name: str = "台账.xlsx") -> Plan:
    return reading.import_plan(data=data, name=name, unit=cast.unit, year=2026, by=cast.party_office)


def test_rows_become_items_with_departments_tracks_and_days(cast: Cast):
    plan = read(cast)
    one, two = plan.items.order_by("position")
    assert (plan.title, one.lead_department, one.track, one.due_on) == (
        "2026年重点任务督办台账",
        cast.d8,
        "mu",
        date(2026, 9, 30),
    )
    assert [c.department for c in one.co_departments.all()] == [cast.d6]
    assert (two.track, two.due_kind, two.due_on) == ("gang", "invalid", None)
    assert plan.paragraphs.count() == 18


def test_progress_is_history_in_words_and_makes_no_state(cast: Cast):
    plan = read(cast)
    one = plan.items.order_by("position").first()
    assert one.history == ["进展情况：已完成八成"] and "八成" not in one.text
    assert any("有1项写了进展情况" in text and "只作历史" in text for text in plan.warnings)
    items.accept_all_guesses(plan=plan, by=cast.party_office)
    plans.confirm(plan=plan, by=cast.party_office)
    plans.adopt(plan=Plan.objects.get(pk=plan.pk), on=DAY, by=cast.party_office)
    one.refresh_from_db()
    task = steps.deploy_item(item=one, department=cast.d8, due_on=None, by=cast.party_office)
    assert task.state == "issued" and not Progress.objects.exists()


def test_the_same_workbook_twice_is_refused(cast: Cast):
    read(cast)
    with pytest.raises(Invalid, match="已经导入过"):
        read(cast)


def test_a_workbook_without_tasks_keeps_nothing(cast: Cast):
    with pytest.raises(Invalid, match="没有存下任何内容"):
        read(cast, book(("数据", [("甲", "乙"), (1, 2)])))
    assert not Plan.objects.exists()


def test_the_command_prints_what_is_read(tmp_path, capsys):
    file = tmp_path / "台账.xlsx"
    file.write_bytes(LEDGER)
    assert imports.show_outline(argparse.Namespace(file=file, year=2026, json=True)) == 0
    found = json.loads(capsys.readouterr().out)
    assert [i["title"] for i in found["items"]] == ["整理排口清单", "党员先锋岗"] and found["items"][0][
        "history"
    ]
