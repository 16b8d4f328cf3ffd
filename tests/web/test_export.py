"""Downloads: what is recorded, as Word, and nothing else."""

import io
import zipfile

import docx
import pytest
from django.urls import reverse
from lxml import etree

from gangmu.papers.ledger import Column, write_ledger
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from tests.cast import decided, inspection_ordered, plan_with_items, task_issued


def text_of(response) -> str:
    document = docx.Document(io.BytesIO(response.content))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_the_thread_of_an_item_has_its_knots_and_tasks(cast, sign_in):
    planned = plan_with_items(cast)
    task_issued(cast, item=planned.mu)
    response = sign_in("head8").get(reverse("item_thread", args=[planned.mu.pk]))
    text = text_of(response)
    assert response.status_code == 200
    assert planned.mu.title in text and planned.knot.expected in text and "整理排口清单" in text


def test_the_minutes_have_the_decision_its_owner_and_its_date(cast, sign_in):
    decision = decided(cast)
    meeting = decision.agenda_item.meeting
    text = text_of(sign_in("party_office").get(reverse("meeting_minutes", args=[meeting.pk])))
    assert decision.text.rstrip("。") in text and str(decision.department) in text
    assert f"{decision.due_on.month}月{decision.due_on.day}日" in text


def test_the_order_of_a_visit_names_both_sides_and_what_was_promised(cast, sign_in):
    planned = plan_with_items(cast)
    order = inspection_ordered(cast, planned)
    text = text_of(sign_in("party_office").get(reverse("inspection_order", args=[order.pk])))
    for member in order.team.select_related("person"):
        assert member.person.name in text
    assert planned.knot.expected in text


def test_a_plan_that_went_out_comes_in_as_the_same_tree(cast, sign_in):
    planned = plan_with_items(cast)
    response = sign_in("party_office").get(reverse("plan_paper", args=[planned.plan.pk]))
    paper = outline(read(response.content, "计划.docx"), year=planned.plan.year)
    rows = list(planned.plan.items.filter(is_task=True).order_by("position"))
    assert [i.title for i in paper.leaves()] == [r.title for r in rows]
    assert [i.lead for i in paper.leaves()] == [
        [r.lead_department.name] if r.lead_department else [] for r in rows
    ]


def sheet_of(response) -> list[list]:
    return cells(response.content)


def cells(data: bytes) -> list[list]:
    """Cells as text, read from the sheet's own XML: no second Excel library for two tests."""
    book = zipfile.ZipFile(io.BytesIO(data))
    names = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    shared = [
        "".join(t.text or "" for t in si.iter(f"{{{names['m']}}}t"))
        for si in etree.fromstring(book.read("xl/sharedStrings.xml")).findall("m:si", names)
    ]
    rows = etree.fromstring(book.read("xl/worksheets/sheet1.xml")).findall(".//m:row", names)
    return [
        [
            ("=" if c.find("m:f", names) is not None else "")
            + (
                shared[int(c.findtext("m:v", "0", names))]
                if c.get("t") == "s"
                else c.findtext("m:v", "", names)
            )
            for c in row.findall("m:c", names)
        ]
        for row in rows
    ]


@pytest.mark.parametrize("name", ["task_list", "meeting_list", "inspection_list"])
def test_a_list_comes_as_a_ledger_with_its_head(cast, sign_in, name):
    task_issued(cast)
    response = sign_in("party_office").get(reverse(name), {"format": "xlsx"})
    rows = sheet_of(response)
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert len(rows[2]) >= 8 and all(rows[2])


def test_a_ledger_keeps_the_filter_of_its_page(cast, sign_in):
    task_issued(cast)
    client = sign_in("party_office")
    open_ones = sheet_of(client.get(reverse("task_list"), {"format": "xlsx", "view": "open"}))
    done = sheet_of(client.get(reverse("task_list"), {"format": "xlsx", "view": "done"}))
    assert (len(open_ones), len(done)) == (4, 3)
    assert open_ones[3][0] == "整理排口清单"


def test_a_ledger_shows_no_more_than_the_page_would(cast, sign_in):
    task_issued(cast)
    assert len(sheet_of(sign_in("head6").get(reverse("task_list"), {"format": "xlsx"}))) == 3


@pytest.mark.parametrize("nasty", ["=1+1", "+cmd|'/c calc'!A1", "-2", "@SUM(A1)", '=HYPERLINK("x","y")'])
def test_text_that_looks_like_a_formula_stays_text(nasty):
    rows = cells(write_ledger("台账", [Column("甲"), Column("乙")], [[nasty, 3]]))
    assert rows[3] == [nasty, "3"]


def test_the_plan_comes_as_a_ledger_with_its_lamps(cast, sign_in):
    planned = plan_with_items(cast)
    rows = sheet_of(sign_in("party_office").get(reverse("plan", args=[planned.plan.pk]), {"format": "xlsx"}))
    assert rows[2][-4:] == ["研究", "部署", "落实", "督查"]
    assert {r[3] for r in rows[3:]} == {i.title for i in planned.plan.items.filter(is_task=True)}
