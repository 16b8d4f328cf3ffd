"""The double-duty ledger: from records only, the own one or, for those who read for the unit, anybody's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.flow import steps
from gangmu.inspection.actions import findings
from gangmu.inspection.models import Finding
from gangmu.plan.actions import entry_points, items
from gangmu.plan.models import ItemDepartment
from gangmu.review import queries
from gangmu.tasks.actions import tasks
from tests.cast import (
    DAY,
    Cast,
    campaign_deployed,
    finding_raised,
    inspection_visited,
    meeting_recorded,
    plan_with_items,
    task_issued,
    task_verified,
    walk_ordered,
)


def ledger_of(cast: Cast, who: str, plan_id: int | None) -> queries.Ledger:
    holder = queries.holders(cast.unit.pk, DAY)[cast.people[who].pk]
    return queries.ledger(holder, plan_id, DAY)


def test_leaders_come_first_and_staff_not_at_all(cast: Cast):
    found = [h.person.name for h in queries.holders(cast.unit.pk, DAY).values()]
    assert found[:3] == ["秦望舒", "韩知远", "苏慎行"] and "温如玉" not in found


def test_items_led_and_joined_stand_on_their_track(cast: Cast):
    planned = plan_with_items(cast)
    ItemDepartment.objects.create(item=planned.gang, department=cast.d8)
    ledger = ledger_of(cast, "head8", planned.plan.pk)
    assert [ledger.sides["mu"].items, ledger.sides["gang"].joined] == [[planned.mu], [planned.gang]]
    assert ledger.knots == [planned.knot]


def test_a_leader_answers_for_the_departments_in_charge(cast: Cast):
    planned = plan_with_items(cast)
    assert ledger_of(cast, "leader", planned.plan.pk).sides["mu"].items == [planned.mu]


def test_tasks_are_counted_by_track(cast: Cast):
    planned = plan_with_items(cast)
    task_verified(cast, item=planned.mu)
    task_issued(cast, item=planned.mu)
    counts = ledger_of(cast, "head8", planned.plan.pk).sides["mu"].tasks
    assert (counts.done, len(counts.running), counts.late) == (1, 1, 0)


def test_absences_keep_their_reason(cast: Cast):
    meeting_recorded(cast, absent=("leader",))
    presence = ledger_of(cast, "leader", None).sides["gang"].meetings
    assert (presence.attended, presence.absent[0].reason) == (0, "出差")


def test_inspections_and_findings_stand_on_their_side(cast: Cast):
    planned = plan_with_items(cast)
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    assert ledger_of(cast, "head8", planned.plan.pk).sides["mu"].findings == [
        Finding.objects.get(pk=finding.pk)
    ]
    assert len(ledger_of(cast, "head6", planned.plan.pk).sides["mu"].inspections) == 1
    assert len(ledger_of(cast, "party_office", planned.plan.pk).sides["gang"].inspections) == 1


def test_a_finding_put_right_and_rechecked_stands_in_both_ledgers(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    task = steps.rectify(finding=finding, by=cast.party_office)
    task = tasks.submit(task=tasks.sign(task=task, by=cast.head8), text="补齐了", by=cast.head8)
    tasks.verify(task=task, by=cast.office)
    findings.recheck(finding=Finding.objects.get(), passed=True, by=cast.party_office)
    assert [f.state for f in ledger_of(cast, "head8", None).sides["mu"].findings] == ["closed"]
    assert [f.pk for f in ledger_of(cast, "party_office", None).sides["mu"].rechecks] == [finding.pk]
    assert "沈若水 6月10日复查" in sign_in("head8").get(reverse("review")).content.decode()
    assert "复查</h3>" in sign_in("party_office").get(reverse("review")).content.decode()


def test_a_finding_of_last_year_stays_until_it_is_put_right(cast: Cast):
    planned = plan_with_items(cast)
    visit = inspection_visited(cast, planned, on=DAY.replace(year=2025))
    finding = finding_raised(cast, visit, planned)
    assert ledger_of(cast, "head8", None).sides["mu"].findings == [finding]
    Finding.objects.update(state="closed")
    assert ledger_of(cast, "head8", None).sides["mu"].findings == []


def test_a_rectification_counts_on_the_side_of_its_finding(cast: Cast):
    planned = plan_with_items(cast)
    visit = inspection_visited(cast, planned)
    steps.rectify(finding=finding_raised(cast, visit, planned), by=cast.party_office)
    Finding.objects.update(side="party")
    campaign_deployed(cast, verified=False)
    sides = ledger_of(cast, "head8", planned.plan.pk).sides
    assert [len(sides[track].tasks.running) for track in ("gang", "mu")] == [2, 0]


def test_a_leader_has_the_walks_he_led(cast: Cast, sign_in):
    walk = walk_ordered(cast)
    assert ledger_of(cast, "leader", None).sides["gang"].walks == [walk]
    assert "联系点走访" in sign_in("leader").get(reverse("review")).content.decode()


def test_a_head_sees_the_own_ledger_only(cast: Cast, sign_in):
    plan_with_items(cast)
    client = sign_in("head8")
    assert "您的一岗双责" in client.get(reverse("review")).content.decode()
    assert client.get(reverse("review"), {"who": cast.people["head6"].pk}).status_code == 404
    assert client.get(reverse("review"), {"who": cast.people["head8"].pk}).status_code == 200


@pytest.mark.parametrize("who", ["party_office", "first", "leader", "committee"])
def test_those_who_read_for_the_unit_choose(cast: Cast, sign_in, who):
    plan_with_items(cast)
    text = sign_in(who).get(reverse("review"), {"who": cast.people["head8"].pk}).content.decode()
    assert "江照野的一岗双责" in text


def test_somebody_of_another_unit_is_not_found(cast: Cast, sign_in):
    answer = sign_in("party_office").get(reverse("review"), {"who": cast.people["county_head"].pk})
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["staff", "stranger", "audit_admin"])
def test_without_a_post_there_is_no_ledger(cast: Cast, sign_in, who):
    assert "您没有一岗双责台账" in sign_in(who).get(reverse("review")).content.decode()


def test_the_page_gives_no_scores_and_no_order(cast: Cast, sign_in):
    plan_with_items(cast)
    text = sign_in("party_office").get(reverse("review")).content.decode()
    assert not {"得分", "名次", "积分"} & set(text.split()) and "不打分，不排名" in text


def test_the_ledger_costs_the_same_however_much_is_in_it(cast: Cast, sign_in):
    planned, client = plan_with_items(cast, adopted=False), sign_in("head8")
    task_issued(cast, item=planned.mu)
    finding_raised(cast, inspection_visited(cast, planned), planned)
    meeting_recorded(cast, "theme_day", party_org=cast.branch1, absent=("head8",))

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("review")).status_code == 200
        return len(seen)

    few = cost()
    for n in range(5):
        item = items.add(
            plan=planned.plan, title=f"业务{n}", track="mu", lead_department=cast.d8, by=cast.party_office
        )
        entry_points.tie(gang=planned.gang, mu=item, kind="push", expected="见效", by=cast.party_office)
        task_issued(cast, item=item)
        finding_raised(cast, inspection_visited(cast, planned), planned)
        meeting_recorded(cast, "theme_day", party_org=cast.branch1, absent=("head8",))
    assert cost() == few <= 21
