"""两张皮检查: what it finds, the reasons for which a finding may stand, and every night's counts."""

from datetime import timedelta

import pytest

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.events.models import Event
from gangmu.flow import gates, skins
from gangmu.plan.actions import entry_points, items, plans
from gangmu.plan.actions import skins as reasons
from gangmu.plan.models import EntryPoint, PlanItem, SkinCheck
from gangmu.tasks.models import Task
from tests.cast import DAY, Cast, Planned, plan_with_items, recorded, refused, task_issued


def found(plan, code: str) -> list[str]:
    return [f.name or (f.item.title if f.item else f.text) for f in skins.check(plan) if f.code == code]


def limited(planned: Planned, most: int) -> None:
    planned.plan.most_led = most
    planned.plan.save(update_fields=["most_led"])


def done(cast: Cast, item) -> None:
    Task.objects.filter(pk=task_issued(cast, item=item).pk).update(
        state="closed", verified_on=DAY, signed_on=DAY
    )


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


def test_loose_items_facets_and_departments_of_one_track(cast: Cast, planned):
    plan = planned.plan
    assert (found(plan, "unbound_gang"), found(plan, "unbound_mu")) == ([], ["民事执行监督"])
    assert found(plan, "facet") == ["思想", "制度", "活动"]
    assert set(found(plan, "one_track")) == {"第八检察部", "第六检察部"}


def test_a_plan_with_both_tracks_everywhere_is_clean(cast: Cast):
    planned = plan_with_items(cast, adopted=False)
    office = cast.party_office
    entry_points.tie(gang=planned.gang, mu=planned.loose, kind="push", expected="包案", by=office)
    for facet in ("thought", "system", "activity"):
        extra = items.add(plan=planned.plan, title=facet, track="gang", facet=facet, lead_department=cast.party,
                          co_departments=[cast.d8, cast.d6], by=office)  # fmt: skip
        entry_points.tie(gang=extra, mu=planned.mu, kind="push", expected="见效", by=office)
    assert skins.check(planned.plan) == [] and gates.adoption(planned.plan).open


def test_party_work_that_is_done_while_its_business_has_no_result(cast: Cast, planned):
    done(cast, planned.gang)
    assert (found(planned.plan, "early"), found(planned.plan, "half")) == (["党员先锋岗"], [])
    EntryPoint.objects.filter(pk=planned.knot.pk).update(state="effective")
    assert (found(planned.plan, "early"), found(planned.plan, "half")) == ([], [])


def test_business_that_is_done_while_the_party_side_lags(cast: Cast, planned):
    done(cast, planned.mu)
    assert (found(planned.plan, "early"), found(planned.plan, "half")) == ([], ["公益诉讼专项"])
    done(cast, planned.gang)
    assert found(planned.plan, "half") == []


def test_too_much_for_one_department(cast: Cast, planned):
    for n in range(2):
        PlanItem.objects.create(
            plan=planned.plan, position=10 + n, title=f"又{n}", track="mu", lead_department=cast.d8
        )
    limited(planned, 3)
    assert found(planned.plan, "overload") == []
    limited(planned, 2)
    assert found(planned.plan, "overload") == ["第八检察部"]


def test_too_much_for_one_person_counts_items_that_are_not_done(cast: Cast, planned):
    person = cast.people["head8"]
    for item in (planned.mu, planned.loose, planned.loose):
        Task.objects.filter(pk=task_issued(cast, item=item).pk).update(person=person)
    limited(planned, 1)
    [over] = [f for f in skins.check(planned.plan) if f.code == "overload"]
    assert (over.name, over.subject) == (person.name, f"person-{person.pk}") and "负责 2 项" in over.text
    Task.objects.filter(item=planned.loose).update(state="closed")
    assert found(planned.plan, "overload") == []


def test_the_leader_in_charge_is_not_counted(cast: Cast, planned):
    planned.plan.items.update(leader=cast.people["leader"])
    limited(planned, 1)
    assert found(planned.plan, "overload") == []


# ---- reasons ----


def explained(cast: Cast, planned, **more):
    values = {"code": "facet", "subject": "system", "reason": "制度去年已经齐了"} | more
    return reasons.explain(
        plan=planned.plan,
        by=more.pop("by", cast.party_office),
        **{k: v for k, v in values.items() if k != "by"},
    )


def test_an_accepted_reason_settles_the_finding_and_keeps_who_and_when(cast: Cast, planned):
    with recorded("plan.explain_skin"):
        row = explained(cast, planned)
    assert "制度" in gates.adoption(planned.plan).says[1]
    with recorded("plan.accept_skin"):
        reasons.accept(reason=row, by=cast.first)
    row.refresh_from_db()
    assert (row.given_by, row.given_on, row.accepted_by, row.accepted_on) == (
        cast.people["party_office"], DAY, cast.people["first"], DAY
    )  # fmt: skip
    assert gates.adoption(planned.plan).says[1] == "抓手没有覆盖：思想、活动"
    assert skins.counts(skins.check(planned.plan))["facet"] == 2


def test_a_new_reason_waits_for_acceptance_again(cast: Cast, planned):
    reasons.accept(reason=explained(cast, planned), by=cast.first)
    row = explained(cast, planned, reason="改了说法")
    assert row.accepted_on is None and row.reason == "改了说法"


def test_nobody_accepts_the_own_reason_or_one_twice(cast: Cast, planned):
    row = explained(cast, planned, by=cast.committee)
    with refused(Invalid, row, says="要由别人核准"):
        reasons.accept(reason=row, by=cast.committee)
    reasons.accept(reason=row, by=cast.first)
    with refused(WrongState, says="已经核准过"):
        reasons.accept(reason=row, by=cast.first)


def test_the_writer_of_a_reason_for_no_knot_does_not_accept_it_either(cast: Cast, planned):
    entry_points.give_reason(item=planned.loose, reason="保密", by=cast.committee)
    with refused(Invalid, says="要由别人核准"):
        entry_points.accept_reason(item=planned.loose, by=cast.committee)


@pytest.mark.parametrize(
    ("more", "says"), [({"reason": " "}, "写一句理由"), ({"code": "nonsense"}, "没有这一类")]
)
def test_a_reason_is_written_and_about_something(cast: Cast, planned, more, says):
    with refused(Invalid, says=says):
        explained(cast, planned, **more)


def test_a_closed_plan_needs_no_reasons(cast: Cast, planned):
    plans.close(plan=planned.plan, by=cast.party_office)
    with refused(WrongState):
        explained(cast, planned)


@pytest.mark.parametrize("who", ["head8", "first", "outsider", "audit_admin"])
def test_others_explain_nothing(cast: Cast, planned, who):
    with refused(NotAllowed):
        explained(cast, planned, by=cast.acting(who))


@pytest.mark.parametrize("who", ["party_office", "head8", "outsider", "audit_admin"])
def test_others_accept_nothing(cast: Cast, planned, who):
    row = explained(cast, planned)
    with refused(NotAllowed):
        reasons.accept(reason=row, by=cast.acting(who))


# ---- every night ----


def test_every_plan_is_looked_at_and_the_day_is_kept(cast: Cast, planned):
    draft = plan_with_items(cast, adopted=False, year=2027).plan
    plans.close(plan=plan_with_items(cast, year=2025).plan, by=cast.party_office)
    assert skins.nightly() == 2
    assert {c.plan_id for c in SkinCheck.objects.all()} == {planned.plan.pk, draft.pk}
    assert skins.by_day(planned.plan)[0].counts == {"unbound_mu": 1, "facet": 3, "one_track": 2}
    assert skins.by_day(planned.plan)[0].total == 6


def test_a_second_run_of_a_night_replaces_the_first(cast: Cast, planned):
    skins.nightly()
    skins.nightly()
    assert SkinCheck.objects.filter(plan=planned.plan).count() == 1


def test_only_a_change_leaves_an_event(cast: Cast, planned):
    skins.nightly()
    with clock.at(DAY + timedelta(days=1)):
        skins.nightly()
    assert Event.objects.filter(verb="plan.check_skins").count() == 1
    entry_points.tie(gang=planned.gang, mu=planned.loose, kind="push", expected="包案", by=cast.party_office)
    with clock.at(DAY + timedelta(days=2)):
        skins.nightly()
    assert Event.objects.filter(verb="plan.check_skins").count() == 2
    assert [c.total for c in skins.by_day(planned.plan)] == [5, 6, 6]
