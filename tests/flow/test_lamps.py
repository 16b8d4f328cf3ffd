"""The four lamps: derived from records, held against a telling in plain words over random histories."""

from datetime import date, timedelta

import pytest

from gangmu.common import clock
from gangmu.flow import lamps
from gangmu.inspection.models import Finding, Line
from gangmu.meetings.actions import meetings
from gangmu.meetings.models import Decision, Meeting
from gangmu.org.models import Department
from gangmu.plan.actions import amendments, items, plans
from gangmu.plan.models import Plan, PlanItem
from gangmu.tasks.actions import changes, tasks
from gangmu.tasks.models import Progress, Task
from tests.cast import (
    DAY,
    Cast,
    decided,
    finding_raised,
    inspection_ordered,
    inspection_visited,
    line_of,
    meeting_recorded,
    plan_with_items,
    task_issued,
    task_signed,
    task_verified,
)
from tests.rules.history import History

WEEK, MONTH = timedelta(days=7), timedelta(days=30)


def levels(item: PlanItem, on: date = DAY) -> tuple[str, ...]:
    with clock.at(on):
        plan = Plan.objects.get(pk=item.plan_id)
        return tuple(lamp.level for lamp in lamps.of_items([item], plan)[item.pk])


def by_date(limit: date, today: date) -> str:
    if today > limit:
        return "bad"
    return "warn" if today >= limit - WEEK else "na"


def naive(item: PlanItem, today: date) -> tuple[str, ...]:
    """One query after another, as a person would look it up."""
    plan = item.plan
    since = item.added_on or plan.adopted_on
    final = Decision.objects.filter(agenda_item__meeting__state="final")
    about = final.filter(items__item=item).exists()
    adopting = plan.adopted_on is not None and final.filter(adopts=plan).exists()
    waited = "bad" if since and today > since + MONTH else "na"
    studied = "ok" if about or adopting else waited

    mine = [t for t in Task.objects.filter(item=item) if t.state != "cancelled"]
    accepted = [t for t in mine if t.state in ("verified", "closed")]
    first = min((t.issued_on for t in mine), default=None)
    if first is None:
        deployed = by_date(since + MONTH, today) if since else "na"
    elif all(t.signed_on for t in mine):
        deployed = "ok"
    else:
        deployed = by_date(first + WEEK, today)

    waiting = [t for t in mine if t not in accepted]
    clocks = [t.due_on for t in waiting if t.state != "suspended" and not t.long_term]
    reviews = [t.due_on for t in waiting if t.state != "suspended" and t.long_term]
    if not mine:
        carried = "na"
    elif not waiting:
        carried = "ok"
    elif clocks:
        lasting = item.due_kind == "ongoing" and min(clocks) >= today
        carried = "ok" if lasting else by_date(min(clocks), today)
    elif reviews:
        carried = "warn" if min(reviews) < today else "ok"
    else:
        carried = "na"
    return studied, deployed, carried, naive_inspected(item, bool(mine) and not waiting, today)


def naive_inspected(item: PlanItem, done: bool, today: date) -> str:
    lines = [
        line
        for line in Line.objects.select_related("inspection", "entry_point")
        if line.item_id == item.pk or (line.entry_point and line.entry_point.gang_id == item.pk)
    ]
    looked = [x for x in lines if x.business_effect and x.party_effect and x.inspection.state != "ordered"]
    if looked:
        last = max(looked, key=lambda x: (x.inspection.visit_on, x.pk))
        return "warn" if Finding.objects.filter(line=last).exclude(state="closed").exists() else "ok"
    ordered = [x.inspection.visit_on for x in lines if x.inspection.state == "ordered"]
    if ordered:
        return by_date(min(ordered), today)
    return "warn" if done and item.due_on and today > item.due_on + WEEK else "na"


@pytest.mark.parametrize("seed", range(11, 14))
def test_they_say_what_plain_words_say(cast: Cast, seed):
    planned = plan_with_items(cast, adopted=False)
    for number in range(9):
        due = DAY + timedelta(days=12 * number - 50)
        items.add(
            plan=planned.plan,
            title="项",
            track="mu",
            lead_department=cast.d8,
            due_on=due,
            by=cast.party_office,
        )
    plans.adopt(plan=planned.plan, on=DAY - timedelta(days=60), by=cast.party_office)
    History(cast, seed).live(420, reading_every=1000)
    told = set()
    for item in PlanItem.objects.select_related("plan"):
        for days in (-40, 0, 5, 20, 200):
            on = DAY + timedelta(days=days)
            assert levels(item, on) == naive(item, on), (item.pk, on)
            told.add(naive(item, on))
    assert len(told) > 8, "a history too tame to prove anything"


def test_an_item_of_a_draft_has_no_lamp_lit(cast: Cast):
    assert levels(plan_with_items(cast, adopted=False).loose, DAY + timedelta(days=300)) == ("na",) * 4


def test_after_a_month_nothing_studied_and_nothing_deployed_is_late(cast: Cast):
    item = plan_with_items(cast).loose  # adopted twenty days before DAY
    assert levels(item)[:2] == ("na", "na")
    assert levels(item, DAY + timedelta(days=3))[:2] == ("na", "warn")
    assert levels(item, DAY + timedelta(days=10))[:2] == ("na", "warn")
    assert levels(item, DAY + timedelta(days=11))[:2] == ("bad", "bad")


def test_what_was_added_in_the_year_has_its_month_from_then_on(cast: Cast):
    planned, later = plan_with_items(cast), DAY + timedelta(days=90)
    with clock.at(later):
        amendment = amendments.begin(plan=planned.plan, reason="有新部署", by=cast.party_office)
        amendments.add_line(
            amendment=amendment, kind="add", title="新的一项", track="mu", by=cast.party_office
        )
        amendments.adopt(
            amendment=amendments.propose(amendment=amendment, by=cast.party_office),
            on=later,
            by=cast.party_office,
        )
    item = PlanItem.objects.get(title="新的一项")
    assert item.added_on == later
    assert levels(item, later)[:2] == ("na", "na") and levels(planned.loose, later)[1] == "bad"
    assert levels(item, later + timedelta(days=31))[:2] == ("bad", "bad")


def test_a_draft_of_minutes_has_studied_nothing(cast: Cast):
    item = plan_with_items(cast).loose
    meeting = decided(cast, final=False, items=[item]).agenda_item.meeting
    assert levels(item)[0] == "na"
    meetings.finalise(meeting=meeting, by=cast.office)
    assert levels(item)[0] == "ok"


def test_it_is_deployed_when_every_owner_has_signed(cast: Cast):
    item = plan_with_items(cast).mu
    task_signed(cast, item=item)
    assert levels(item)[1] == "ok"
    task_issued(cast, item=item)
    assert levels(item)[1] == "warn"
    assert levels(item, DAY + timedelta(days=8))[1] == "bad"


def test_it_is_carried_out_when_every_task_is_accepted(cast: Cast):
    item = plan_with_items(cast).mu
    task_verified(cast, item=item)
    assert levels(item)[2] == "ok"
    task = task_issued(cast, item=item, due_in=20)
    assert levels(item)[2] == "na"
    assert levels(item, DAY + timedelta(days=13))[2] == "warn"
    assert levels(item, DAY + timedelta(days=21))[2] == "bad"
    tasks.cancel(task=task, reason="并入", by=cast.office)
    assert levels(item)[2] == "ok"


def test_what_goes_on_for_ever_is_carried_out_while_no_task_is_late(cast: Cast):
    item = plan_with_items(cast).mu
    PlanItem.objects.filter(pk=item.pk).update(due_kind="ongoing")
    item.refresh_from_db()
    task_signed(cast, item=item, due_in=20)
    assert levels(item)[2] == "ok"
    assert levels(item, DAY + timedelta(days=21))[2] == "bad"


def test_a_suspended_task_stands_still_and_a_long_term_one_is_only_reviewed(cast: Cast):
    item = plan_with_items(cast).mu
    task = task_signed(cast, item=item, due_in=2)
    changes.ask(task=task, kind="suspend", reason="等批复", by=cast.office)
    assert [levels(item, DAY + timedelta(days=d))[2] for d in (0, 3, 300)] == ["na"] * 3
    task_signed(cast, item=item, due_in=20, terms=tasks.Terms(long_term=True))
    assert [levels(item, DAY + timedelta(days=d))[2] for d in (0, 20, 21, 300)] == [
        "ok",
        "ok",
        "warn",
        "warn",
    ]


def test_an_item_is_carried_out_when_the_whole_and_every_part_are(cast: Cast):
    item = plan_with_items(cast).mu
    whole = task_signed(cast, item=item, due_in=20)
    (part,) = tasks.break_down(task=whole, parts=[tasks.Part("一份", cast.d8)], by=cast.head8)
    assert levels(item)[1] == "warn", "a part is not signed for"
    for task in (tasks.sign(task=part, by=cast.head8), whole):
        assert levels(item)[2] == "na"
        tasks.verify(task=tasks.submit(task=task, text="办完了", by=cast.head8), by=cast.office)
    assert levels(item)[2] == "ok"


def test_both_ends_of_a_knot_are_inspected_by_one_visit(cast: Cast):
    planned = plan_with_items(cast)
    inspection_visited(cast, planned)
    assert [levels(i)[3] for i in (planned.gang, planned.mu, planned.loose)] == ["ok"] * 3


def test_a_visit_that_wrote_one_side_has_inspected_nothing(cast: Cast):
    planned = plan_with_items(cast)
    inspection = inspection_visited(cast, planned)
    Line.objects.filter(pk=line_of(inspection, planned.mu).pk).update(party_effect="")
    assert levels(planned.mu)[3] == "na"


def test_an_open_finding_keeps_the_lamp_amber(cast: Cast):
    planned = plan_with_items(cast)
    finding_raised(cast, inspection_visited(cast, planned), planned)
    assert (levels(planned.mu)[3], levels(planned.loose)[3]) == ("warn", "ok")


def test_a_visit_ordered_and_missed_is_late(cast: Cast):
    planned = plan_with_items(cast)
    inspection_ordered(cast, planned, on=DAY + timedelta(days=20))
    found = [levels(planned.mu, DAY + timedelta(days=d))[3] for d in (0, 13, 20, 21)]
    assert found == ["na", "warn", "warn", "bad"]


def test_the_worst_lamp_is_red_before_amber(cast: Cast):
    item = plan_with_items(cast).loose
    with clock.at(DAY + timedelta(days=11)):
        four = lamps.of_items([item], Plan.objects.get(pk=item.plan_id))[item.pk]
    assert four.worst is four.studied
    assert lamps.of_items([item], item.plan)[item.pk].worst is None


def test_a_plan_of_any_size_costs_the_same(cast: Cast, django_assert_max_num_queries):
    planned = plan_with_items(cast)
    task_verified(cast, item=planned.mu)
    meeting_recorded(cast)
    department = Department.objects.get(pk=cast.d8.pk)
    PlanItem.objects.bulk_create(
        PlanItem(plan=planned.plan, position=n, title="项", track="mu", lead_department=department)
        for n in range(10, 210)
    )
    rows = list(PlanItem.objects.filter(plan=planned.plan))
    assert len(rows) > 200 and Progress.objects.exists() and Meeting.objects.exists()
    with django_assert_max_num_queries(5):
        lamps.of_items(rows, planned.plan)
