"""The pages of the inspection room: both kinds of people, both effects, and what is put right."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.events.models import Event
from gangmu.flow import steps
from gangmu.inspection.models import Finding, Inspection, Line
from gangmu.plan.models import EntryPoint
from gangmu.tasks.actions import tasks
from gangmu.tasks.models import Task
from tests.cast import (
    DAY,
    Cast,
    event_ids,
    finding_raised,
    inspection_ordered,
    inspection_visited,
    line_of,
    plan_with_items,
)


@pytest.fixture
def planned(cast: Cast):
    return plan_with_items(cast)


def new_verbs(before: set[int]) -> list[str]:
    return list(Event.objects.exclude(pk__in=before).order_by("pk").values_list("verb", flat=True))


# ---- reading ----


def test_the_list_costs_the_same_however_long(cast: Cast, sign_in, planned):
    client = sign_in("party_office")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("inspection_list")).status_code == 200
        return len(seen)

    finding_raised(cast, inspection_visited(cast, planned), planned)
    few = cost()
    for n in range(8):
        finding_raised(cast, inspection_visited(cast, planned, on=DAY - timedelta(days=n)), planned)
    assert cost() == few <= 12


def test_one_inspection_costs_the_same_however_many_findings(cast: Cast, sign_in, planned):
    client, inspection = sign_in("party_office"), inspection_visited(cast, planned)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("inspection", args=[inspection.pk])).status_code == 200
        return len(seen)

    finding_raised(cast, inspection, planned)
    few = cost()
    for _n in range(6):
        finding_raised(cast, inspection, planned)
    assert cost() == few <= 12


def test_the_page_says_what_is_missing(cast: Cast, sign_in, planned):
    inspection = inspection_ordered(cast, planned)
    text = sign_in("party_office").get(reverse("inspection", args=[inspection.pk])).content.decode()
    assert "2 条没写业务实效" in text and "2 条没写党建实效" in text and "先锋岗设到办案组" in text


def test_departments_looked_at_see_it_and_others_do_not(cast: Cast, sign_in, planned):
    url = reverse("inspection", args=[inspection_ordered(cast, planned).pk])
    assert sign_in("head8").get(url).status_code == 200
    assert sign_in("office").get(url).status_code == 404
    for who in ("outsider", "stranger", "audit_admin"):
        assert sign_in(who).get(url).status_code == 404


def test_who_only_sees_is_offered_nothing(cast: Cast, sign_in, planned):
    inspection = inspection_visited(cast, planned)
    finding_raised(cast, inspection, planned)
    text = sign_in("head8").get(reverse("inspection", args=[inspection.pk])).content.decode()
    assert not re.findall(r'action="/(inspection|finding)[^"]*"', text)


# ---- ordering ----


def order_data(cast: Cast, planned, **more):
    data = {"kind": "inspection", "title": "年中督查", "visit_on": DAY.isoformat(), "items": [planned.mu.pk],
            "party_people": [cast.people["party_office"].pk], "business_people": [cast.people["head8"].pk]}  # fmt: skip
    return data | more


def test_an_order_brings_the_knots_along(cast: Cast, sign_in, planned):
    client, before = sign_in("party_office"), event_ids()
    assert "公益诉讼专项" in client.get(reverse("inspection_new")).content.decode()
    client.post(reverse("inspection_new"), order_data(cast, planned))
    assert Line.objects.get().entry_point == planned.knot and new_verbs(before) == ["inspection.order"]


@pytest.mark.parametrize(
    ("field", "says"),
    [("party_people", "专职党务人员"), ("business_people", "业务部门正职"), ("items", "至少选一项")],
)
def test_one_kind_missing_is_said_at_its_field(cast: Cast, sign_in, planned, field, says):
    answer = sign_in("party_office").post(reverse("inspection_new"), order_data(cast, planned, **{field: []}))
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Inspection.objects.exists()


def test_only_full_time_party_people_are_offered(cast: Cast, sign_in, planned):
    data = order_data(cast, planned, party_people=[cast.people["staff"].pk])
    answer = sign_in("party_office").post(reverse("inspection_new"), data)
    assert answer.status_code == 422 and not Inspection.objects.exists()


@pytest.mark.parametrize("who", ["office", "head8", "leader", "staff"])
def test_others_order_nothing(cast: Cast, sign_in, planned, who):
    assert sign_in(who).post(reverse("inspection_new"), order_data(cast, planned)).status_code == 403
    assert not Inspection.objects.exists()


# ---- looking ----


def look_data(line: Line, **more):
    data = {"business_effect": "按期办结", "party_effect": "先锋岗在办案组", "grade": "effective"} | more
    return reverse("inspection_look", args=[line.pk]), {f"l{line.pk}-{k}": v for k, v in data.items()}


def test_both_effects_are_written(cast: Cast, sign_in, planned):
    line, before = line_of(inspection_ordered(cast, planned), planned.mu), event_ids()
    sign_in("head6").post(*look_data(line))
    line.refresh_from_db()
    assert line.complete and line.inspection.pk and new_verbs(before) == ["inspection.look"]


@pytest.mark.parametrize("side", ["business_effect", "party_effect"])
def test_one_side_alone_is_refused_and_nothing_kept(cast: Cast, sign_in, planned, side):
    line = line_of(inspection_ordered(cast, planned), planned.mu)
    answer = sign_in("party_office").post(*look_data(line, **{side: ""}))
    assert answer.status_code == 422 and "两头都写才算查过" in answer.content.decode()
    line.refresh_from_db()
    assert line.business_effect == line.party_effect == ""


def test_nothing_is_written_before_the_visit(cast: Cast, sign_in, planned):
    line = line_of(inspection_ordered(cast, planned, on=DAY + timedelta(days=3)), planned.mu)
    answer = sign_in("party_office").post(*look_data(line))
    assert answer.status_code == 422 and "还没有到督查那天" in answer.content.decode()


def test_who_is_not_of_the_team_writes_nothing(cast: Cast, sign_in, planned):
    line = line_of(inspection_ordered(cast, planned), planned.mu)
    assert sign_in("head8").post(*look_data(line)).status_code == 403
    assert sign_in("office").post(*look_data(line)).status_code == 404


# ---- closing ----


def test_closing_carries_the_effect_to_the_knot(cast: Cast, sign_in, planned):
    inspection, before = inspection_visited(cast, planned), event_ids()
    sign_in("party_office").post(reverse("inspection_close", args=[inspection.pk]))
    assert EntryPoint.objects.get(pk=planned.knot.pk).state == "effective"
    assert new_verbs(before) == ["inspection.close", "plan.take_effect"]


def test_an_unfinished_inspection_is_not_closed(cast: Cast, sign_in, planned):
    inspection = inspection_ordered(cast, planned)
    answer = sign_in("party_office").post(reverse("inspection_close", args=[inspection.pk]), follow=True)
    assert "写齐了才能办结" in answer.content.decode()
    assert Inspection.objects.get(pk=inspection.pk).state == "ordered"


def test_who_only_sees_does_not_close(cast: Cast, sign_in, planned):
    inspection = inspection_visited(cast, planned)
    assert sign_in("head8").post(reverse("inspection_close", args=[inspection.pk])).status_code == 403


# ---- findings ----


def raise_data(cast: Cast, line: Line, **more):
    data = {
        "text": "取样记录不全",
        "side": "business",
        "department": cast.d8.pk,
        "due_on": "2026-07-10",
    } | more
    return reverse("finding_raise", args=[line.pk]), {f"f-{k}": v for k, v in data.items()}


def test_a_finding_is_raised(cast: Cast, sign_in, planned):
    line, before = line_of(inspection_visited(cast, planned), planned.mu), event_ids()
    client = sign_in("head6")
    page = client.get(reverse("inspection", args=[line.inspection_id]), {"line": line.pk, "do": "raise"})
    assert reverse("finding_raise", args=[line.pk]) in page.content.decode()
    client.post(*raise_data(cast, line))
    assert Finding.objects.get().department == cast.d8 and new_verbs(before) == ["inspection.raise_finding"]


def test_a_finding_due_before_the_visit_is_refused_at_its_field(cast: Cast, sign_in, planned):
    line = line_of(inspection_visited(cast, planned), planned.mu)
    answer = sign_in("party_office").post(*raise_data(cast, line, due_on="2026-06-01"))
    assert answer.status_code == 422 and "早于督查日期" in answer.content.decode()
    assert not Finding.objects.exists()


def test_no_finding_before_anything_was_written(cast: Cast, sign_in, planned):
    line = line_of(inspection_ordered(cast, planned), planned.mu)
    answer = sign_in("party_office").post(*raise_data(cast, line))
    assert answer.status_code == 422 and "先写下查到的实效" in answer.content.decode()
    assert sign_in("head8").post(*raise_data(cast, line)).status_code == 403


def test_a_finding_becomes_a_task_once(cast: Cast, sign_in, planned):
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    client, before = sign_in("party_office"), event_ids()
    client.post(reverse("finding_rectify", args=[finding.pk]))
    assert Task.objects.get().finding == finding and new_verbs(before) == ["tasks.issue", "inspection.assign"]
    client.post(reverse("finding_rectify", args=[finding.pk]))
    assert Task.objects.count() == 1


def test_a_team_member_without_the_right_gives_out_nothing(cast: Cast, sign_in, planned):
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    url = reverse("finding_rectify", args=[finding.pk])
    page = sign_in("head6").get(reverse("inspection", args=[finding.line.inspection_id]))
    assert url not in page.content.decode()
    assert sign_in("head6").post(url).status_code == 403
    assert not Task.objects.exists()


def put_right(cast: Cast, finding: Finding) -> None:
    task = steps.rectify(finding=finding, by=cast.party_office)
    tasks.sign(task=task, by=cast.head8)
    tasks.submit(task=task, text="已补齐", by=cast.head8)
    tasks.verify(task=task, by=cast.office)


def test_a_recheck_passes(cast: Cast, sign_in, planned):
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    put_right(cast, finding)
    client, before = sign_in("party_office"), event_ids()
    client.post(reverse("finding_recheck", args=[finding.pk]), {"passed": "on"})
    assert Finding.objects.get().state == "closed" and new_verbs(before) == ["inspection.recheck"]


def test_a_recheck_that_fails_says_what_is_missing(cast: Cast, sign_in, planned):
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    put_right(cast, finding)
    client, url = sign_in("party_office"), reverse("finding_recheck", args=[finding.pk])
    answer = client.post(url, {"note": ""})
    assert answer.status_code == 422 and "写一句还差什么" in answer.content.decode()
    client.post(url, {"note": "还差两份记录"})
    assert Finding.objects.get().state == "rectifying"


def test_no_pass_before_the_task_is_verified(cast: Cast, sign_in, planned):
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    steps.rectify(finding=finding, by=cast.party_office)
    answer = sign_in("party_office").post(reverse("finding_recheck", args=[finding.pk]), {"passed": "on"})
    assert answer.status_code == 422 and "还没有报结" in answer.content.decode()
    assert Finding.objects.get().state == "rectifying"


def test_the_department_does_not_recheck_itself(cast: Cast, sign_in, planned):
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    put_right(cast, finding)
    assert (
        sign_in("head8").post(reverse("finding_recheck", args=[finding.pk]), {"passed": "on"}).status_code
        == 403
    )
