"""Lamps are refreshed where an event touched them; counting everything again gives the same rows."""

from datetime import timedelta

import pytest

from gangmu.common import clock
from gangmu.common.periods import containing
from gangmu.events import readers
from gangmu.events.log import System
from gangmu.events.models import Event
from gangmu.flow import steps
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import Meeting
from gangmu.org.actions import departments, units
from gangmu.org.models import PartyOrg
from gangmu.papers.roster_check import DepartmentRow
from gangmu.plan.actions import entry_points, plans
from gangmu.rules import registry, store
from gangmu.rules.engine import Frequency
from gangmu.rules.models import Dirty, Excuse, Recheck, Verdict
from gangmu.tasks.actions import tasks
from tests.cast import (
    DAY,
    Cast,
    decided,
    meeting_convened,
    meeting_final,
    meeting_recorded,
    plan_with_items,
    topic_on,
)
from tests.rules.history import History

FIELDS = [f.name for f in Verdict._meta.fields if f.name != "id"]


def rows() -> list[tuple]:
    return sorted(Verdict.objects.values_list(*FIELDS), key=str)


def difference(before: list[tuple], after: list[tuple]) -> list[tuple]:
    return sorted(set(before) ^ set(after), key=str)


@pytest.mark.parametrize("seed", range(4))
def test_counting_everything_again_changes_nothing(cast: Cast, seed):
    store.recheck()
    history = History(cast, seed)
    history.live(300, reading_every=13)
    assert history.done > 60
    before = rows()
    assert {r[FIELDS.index("lamp")] for r in before} == {"ok", "warn", "bad", "na"}
    store.recheck()
    assert difference(before, rows()) == []


def test_after_every_single_step_the_lamps_are_up_to_date(cast: Cast):
    """Each verb that a rule listens to, alone: the readers' rows are those of a full count."""
    office, seen = cast.party_office, set()
    store.recheck()

    def step(made):
        readers.wake()
        before = rows()
        store.recheck()
        assert difference(before, rows()) == [], Event.objects.last().verb
        seen.update(Event.objects.values_list("verb", flat=True))
        return made

    decision = step(decided(cast, due_in=5))
    late = DAY + timedelta(days=3)
    with clock.at(late):
        store.recheck()
        task = step(steps.deploy_decision(decision=decision, due_on=late, by=office))
        step(tasks.submit(task=tasks.sign(task=task, by=cast.head8), text="已办结", by=cast.head8))
        step(tasks.verify(task=task, by=office))
        step(tasks.send_back(task=task, reason="还差", by=office))
        step(tasks.cancel(task=task, reason="并入", by=office))
    store.recheck()
    planned = plan_with_items(cast, adopted=False)
    step(plans.adopt(plan=planned.plan, on=DAY, by=office))
    step(entry_points.tie(gang=planned.gang, mu=planned.loose, kind="push", expected="见效", by=office))
    step(entry_points.untie(entry_point=planned.knot, reason="结错了", by=office))
    step(entry_points.give_reason(item=planned.mu, reason="保密", by=office))
    step(entry_points.accept_reason(item=planned.mu, by=cast.first))
    step(entry_points.give_reason(item=planned.mu, reason="另有安排", by=office))
    step(plans.close(plan=planned.plan, by=office))
    step(meetings.call_off(meeting=step(meeting_convened(cast)), reason="改期", by=office))
    meeting = step(meeting_recorded(cast, "assembly", party_org=cast.branch1))
    step(decisions.vote(agenda_item=topic_on(cast, meeting), favour=3, by=office))
    step(meetings.finalise(meeting=meeting, by=office))
    absent = meetings.record_attendance(
        meeting=meeting_convened(cast), absent={cast.people["committee"].pk: ""}, by=office
    )
    step(meetings.finalise(meeting=absent, by=office))
    row = absent.attendances.get(present=False)
    step(meetings.give_absence_reason(attendance=row, reason="出差", by=office))
    step(units.found_party_org(unit=cast.unit, kind="branch", name="新支部", founded_on=DAY, by=System()))
    step(units.add_department(unit=cast.unit, name="新部", line="business", by=System()))
    listed = [
        DepartmentRow(2, "又一部", "business"),
        DepartmentRow(3, cast.d6.name, until=DAY, pk=cast.d6.pk),
    ]
    step(departments.take_list(unit=cast.unit, rows=listed, by=office))
    assert set().union(*(r.verbs for r in registry.every())) - seen == {"org.create_unit"}


def naive(rule: registry.Rule, org: PartyOrg, period) -> str:
    """A frequency rule told in plain words, without SQL."""
    wanted = {
        "PG-MEETING-MONTHLY": "leading_group", "PG-RESP-HALFYEAR": "leading_group",
        "BRANCH-ASSEMBLY-QUARTERLY": "assembly", "BRANCH-COMMITTEE-MONTHLY": "committee",
        "BRANCH-GROUP-MONTHLY": "group", "BRANCH-THEME-DAY": "theme_day", "BRANCH-LECTURE-QUARTERLY": "lecture",
    }[rule.id]  # fmt: skip
    found = 0
    for meeting in Meeting.objects.filter(unit_id=org.unit_id, state="final"):
        if not period.start <= meeting.held_on <= period.end:
            continue
        if rule.id.startswith("PG-"):
            mine = meeting.kind_id == wanted
            if rule.id == "PG-RESP-HALFYEAR":
                mine = mine and meeting.agenda.filter(topic="strict").exists()
        else:
            mine = meeting.party_org_id == org.pk and wanted in meeting.tags.values_list("kind_id", flat=True)
        found += mine
    if Excuse.objects.filter(rule=rule.id, subject_id=org.pk, period=period.key).exists():
        return "na"
    if found:
        return "ok"
    if org.founded_on > period.start:
        return "na"
    if period.end < DAY:
        return rule.breach
    days = (period.end - period.start).days + 1
    left = (period.end - DAY).days + 1
    return "warn" if left <= days // 3 else "na"


@pytest.mark.parametrize("seed", range(1, 2))
def test_frequency_lamps_are_what_plain_words_say(cast: Cast, seed):
    """The same rows on both databases: both agree with this."""
    store.recheck()
    History(cast, seed).live(110, reading_every=40)
    checked = 0
    for verdict in Verdict.objects.filter(subject_kind="org.partyorg"):
        rule = registry.get(verdict.rule)
        if isinstance(rule.shape, Frequency):
            org = PartyOrg.objects.get(pk=verdict.subject_id)
            period = containing(verdict.start, rule.period)
            assert (verdict.lamp, verdict.period) == (naive(rule, org, period), period.key), (
                rule.id,
                org,
                period,
            )
            checked += 1
    assert checked > 60


def test_only_the_rules_that_an_event_touches_are_marked(cast: Cast):
    store.recheck()
    meeting_recorded(cast, "theme_day", party_org=cast.branch1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "refresh", lambda: 0)
        readers.wake()
    marked = set(Dirty.objects.values_list("rule", "unit_id"))
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert marked == {(r.id, cast.unit.pk) for r in registry.every() if r.verbs & verbs}
    assert "BRANCH-THEME-DAY" in {rule for rule, _unit in marked} and len(marked) < len(registry.every())
    store.refresh()
    assert not Dirty.objects.exists()


def test_the_lamps_of_other_units_are_left_alone(cast: Cast):
    store.recheck()
    before = set(Verdict.objects.filter(unit_id=cast.county.pk).values_list("pk", flat=True))
    meeting_final(cast, "theme_day", party_org=cast.branch1)
    readers.wake()
    assert set(Verdict.objects.filter(unit_id=cast.county.pk).values_list("pk", flat=True)) == before


def test_time_itself_turns_lamps_once_a_day(cast: Cast):
    store.recheck()
    june = Verdict.objects.get(rule="BRANCH-THEME-DAY", subject_id=cast.branch1.pk, period="2026-06")
    assert june.lamp == "na"
    with clock.at(DAY + timedelta(days=12)):
        store.keep_up()
        june = Verdict.objects.get(rule="BRANCH-THEME-DAY", subject_id=cast.branch1.pk, period="2026-06")
        assert june.lamp == "warn"
        assert Recheck.objects.get().day == DAY + timedelta(days=12)
        store.keep_up()
    assert Verdict.objects.filter(pk=june.pk).exists(), "counted again on the same day"


def test_a_full_count_costs_few_statements_a_rule(cast: Cast, django_assert_max_num_queries):
    History(cast, 1).live(60)
    with django_assert_max_num_queries(6 * len(registry.every()) + 6):
        store.recheck()


def test_twelve_months_are_kept(cast: Cast):
    store.recheck()
    months = set(Verdict.objects.filter(rule="BRANCH-THEME-DAY").values_list("period", flat=True))
    assert len(months) == 13 and {"2025-06", "2026-06"} <= months


def test_hard_is_red_general_and_local_are_amber(cast: Cast):
    store.recheck()
    for rule in registry.every():
        lamps = set(Verdict.objects.filter(rule=rule.id).values_list("lamp", flat=True))
        assert lamps <= {"ok", "warn", "na", *(["bad"] if rule.strength == registry.HARD else [])}
        assert rule.breach == ("bad" if rule.strength == registry.HARD else "warn")
