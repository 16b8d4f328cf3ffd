"""The ledger of every list page: its own rows, its filters, no more than the page shows, few queries."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.rules import store
from tests.cast import (
    Cast,
    directive_received,
    finding_raised,
    honour_registered,
    inspection_visited,
    meeting_final,
    plan_with_items,
    task_issued,
)

LISTS = {
    "plan_list": ("计划台账", {}), "task_list": ("任务台账", {}), "meeting_list": ("会议台账", {}),
    "inspection_list": ("联合督查台账", {}), "directive_list": ("上级要求台账", {}), "party_life": ("党支部台账", {}),
    "checkup": ("体检台账", {}), "netmap": ("2026年工作要点切入点台账", {}), "findings": ("督查整改台账", {"of": "findings"}),
    "honour_list": ("荣誉台账", {}),
}  # fmt: skip


def filled(cast: Cast):
    planned = plan_with_items(cast)
    task = task_issued(cast, item=planned.mu)
    honour_registered(cast, task=task)
    meeting_final(cast)
    directive_received(cast)
    finding_raised(cast, inspection_visited(cast, planned), planned)
    store.recheck()
    return planned


def sheet(client, name: str, **query) -> list[tuple]:
    where = "inspection_list" if name == "findings" else name
    response = client.get(reverse(where), {"format": "xlsx", **query})
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    return list(openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_its_ledger(cast: Cast, sign_in, name):
    filled(cast)
    title, query = LISTS[name]
    rows = sheet(sign_in("party_office"), name, **query)
    assert rows[0][0] == title and "导出" in rows[1][0] and all(rows[2])
    assert len(rows) > 3 and any(rows[3])


@pytest.mark.parametrize("name", LISTS)
def test_the_page_links_to_its_ledger(cast: Cast, sign_in, name):
    filled(cast)
    page = reverse("inspection_list" if name == "findings" else name)
    html = sign_in("party_office").get(page).content.decode()
    assert "format=xlsx" in html and "（Excel）" in html


def test_the_audit_administrator_has_the_log_as_a_ledger(cast: Cast, sign_in):
    filled(cast)
    rows = sheet(sign_in("audit_admin"), "audit")
    assert rows[0][0] == "审计记录" and len(rows) > 10 and rows[3][0] > rows[4][0]


def test_a_ledger_has_no_row_that_the_page_would_not_show(cast: Cast, sign_in):
    filled(cast)
    for name in ("plan_list", "meeting_list", "directive_list", "checkup", "party_life", "inspection_list"):
        rows = sheet(sign_in("outsider"), name)
        text = str(rows[3:])
        assert "江州" not in text and "第八检察部" not in text and "年中联合督查" not in text


def test_the_filters_of_the_page_are_kept(cast: Cast, sign_in):
    filled(cast)
    client = sign_in("party_office")
    everything, answered = sheet(client, "directive_list"), sheet(client, "directive_list", view="open")
    assert len(everything) == len(answered) == 4  # one directive, not answered
    assert len(sheet(client, "meeting_list", view="todo")) < len(sheet(client, "meeting_list"))


@pytest.mark.parametrize("name", ["task_list", "plan_list", "directive_list", "meeting_list", "checkup"])
def test_more_rows_cost_no_more_queries(cast: Cast, sign_in, name):
    filled(cast)
    client = sign_in("party_office")
    sheet(client, name)
    with CaptureQueriesContext(
        connection,
    ) as few:
        sheet(client, name)
    for _n in range(12):
        task_issued(cast)
        meeting_final(cast)
    plan_with_items(cast, adopted=False, year=2030)
    with CaptureQueriesContext(connection) as many:
        sheet(client, name)
    assert len(many) <= len(few) + 1 and len(many) <= 14


def test_a_pdf_of_too_many_rows_is_refused_with_what_to_do(cast: Cast, sign_in, monkeypatch):
    monkeypatch.setattr("gangmu.web.export.ledgers.MOST_PDF", 1)
    for _n in range(3):
        task_issued(cast)
    client = sign_in("party_office")
    response = client.get(reverse("task_list"), {"format": "pdf", "view": "open"})
    assert response.status_code == 302 and response.url.endswith("view=open")
    assert "请先筛选" in client.get(response.url).content.decode()
