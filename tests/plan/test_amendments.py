"""年中调整: begun with a reason, written line by line, adopted by a decision; what differs between two versions."""

from datetime import date

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.flow import steps
from gangmu.meetings.models import AgendaItem, Decision
from gangmu.plan import queries
from gangmu.plan.actions import amendments, items, plans
from gangmu.plan.models import Amendment, AmendmentLine, EntryPoint, Plan, PlanItem
from tests.cast import (
    DAY,
    Cast,
    Planned,
    meeting_convened,
    meeting_recorded,
    plan_with_items,
    recorded,
    refused,
    task_issued,
    topic_on,
)


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


@pytest.fixture
def amendment(cast: Cast, planned: Planned) -> Amendment:
    return amendments.begin(plan=planned.plan, reason="省院有新部署", by=cast.party_office)


def line(cast: Cast, amendment: Amendment, kind: str, item: PlanItem | None = None, *, by=None, **values):
    return amendments.add_line(
        amendment=amendment, kind=kind, item=item, by=by or cast.party_office, **values
    )


def adopted(cast: Cast, amendment: Amendment) -> Amendment:
    amendments.propose(amendment=amendment, by=cast.party_office)
    return amendments.adopt(amendment=amendment, on=DAY, by=cast.party_office)


# ---- begin ----


def test_it_is_begun_with_its_number_and_reason(cast: Cast, planned):
    with recorded("plan.begin_amendment") as event:
        made = amendments.begin(plan=planned.plan, reason=" 机构调整 ", by=cast.party_office)
    assert (made.no, made.state, made.reason) == (1, "draft", "机构调整")
    assert event.about == [["plan.plan", planned.plan.pk]]


def test_only_one_is_open_at_a_time(cast: Cast, planned, amendment):
    with refused(Invalid, says="已有一次调整在办"):
        amendments.begin(plan=planned.plan, reason="又一次", by=cast.party_office)
    amendments.drop(amendment=amendment, by=cast.party_office)
    assert amendments.begin(plan=planned.plan, reason="又一次", by=cast.party_office).no == 2


def test_it_says_why(cast: Cast, planned):
    with refused(Invalid, says="为什么要调整", field="reason"):
        amendments.begin(plan=planned.plan, reason=" ", by=cast.party_office)


def test_a_draft_or_a_closed_plan_is_not_amended(cast: Cast, planned):
    draft = plan_with_items(cast, adopted=False, year=2027).plan
    with refused(WrongState, says="草稿直接改"):
        amendments.begin(plan=draft, reason="改", by=cast.party_office)
    plans.close(plan=planned.plan, by=cast.party_office)
    with refused(WrongState):
        amendments.begin(plan=planned.plan, reason="改", by=cast.party_office)


VERBS = {
    "begin": lambda c, p, a, by: amendments.begin(plan=p.plan, reason="改", by=by),
    "add_line": lambda c, p, a, by: line(c, a, "drop", p.loose, by=by),
    "remove_line": lambda c, p, a, by: amendments.remove_line(line=a.lines.get(), by=by),
    "propose": lambda c, p, a, by: amendments.propose(amendment=a, by=by),
    "drop": lambda c, p, a, by: amendments.drop(amendment=a, by=by),
    "adopt": lambda c, p, a, by: amendments.adopt(amendment=a, on=DAY, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["head8", "first", "office", "outsider", "county_office", "audit_admin"])
def test_others_do_not(cast: Cast, planned, amendment, verb, who):
    line(cast, amendment, "change", planned.mu, title="公益诉讼提质")
    if (verb, who) == ("adopt", "first"):
        pytest.skip("the secretary of the party group may adopt")
    with refused(NotAllowed):
        VERBS[verb](cast, planned, amendment, cast.acting(who))


# ---- lines ----


def test_a_change_keeps_only_what_differs(cast: Cast, planned, amendment):
    with recorded("plan.add_amendment_line") as event:
        made = line(
            cast,
            amendment,
            "change",
            planned.mu,
            title="公益诉讼提质",
            lead_department=cast.d8,
            due_on=date(2026, 12, 1),
        )
    assert made.before == {"title": "公益诉讼专项", "due_on": None}
    assert made.after == {"title": "公益诉讼提质", "due_on": "2026-12-01"}
    assert ["plan.planitem", planned.mu.pk] in event.about
    assert PlanItem.objects.get(pk=planned.mu.pk).title == "公益诉讼专项"  # not before it is adopted


@pytest.mark.parametrize(
    ("kind", "values", "says"),
    [
        ("add", {"title": " ", "track": "mu"}, "写上事项"), ("add", {"title": "新"}, "选纲还是目"),
        ("change", {"title": "公益诉讼专项"}, "没有改动"), ("change", {"track": "gang"}, "纲目不能互换"),
    ],
)  # fmt: skip
def test_what_changes_nothing_is_refused(cast: Cast, planned, amendment, kind, values, says):
    with refused(Invalid, says=says):
        line(cast, amendment, kind, None if kind == "add" else planned.mu, **values)


def test_the_item_is_of_this_plan_and_the_department_of_this_unit(cast: Cast, planned, amendment):
    other = plan_with_items(cast, year=2027)
    for item in (None, other.mu):
        with refused(Invalid, says="选一项还在这份计划里"):
            line(cast, amendment, "drop", item)
    with refused(Invalid, says="本院的部门"):
        line(cast, amendment, "change", planned.mu, lead_department=cast.departments["第一检察部"])


def test_an_item_has_one_line_and_it_can_be_taken_back(cast: Cast, planned, amendment):
    made = line(cast, amendment, "drop", planned.loose)
    with refused(Invalid, says="已经有一条"):
        line(cast, amendment, "change", planned.loose, title="改")
    with recorded("plan.remove_amendment_line"):
        amendments.remove_line(line=made, by=cast.party_office)
    assert not amendment.lines.exists()


def test_once_proposed_nothing_of_it_changes(cast: Cast, planned, amendment):
    with refused(Invalid, says="还没有写一条"):
        amendments.propose(amendment=amendment, by=cast.party_office)
    made = line(cast, amendment, "drop", planned.loose)
    with recorded("plan.propose_amendment"):
        amendments.propose(amendment=amendment, by=cast.party_office)
    with refused(WrongState, says="待审议"):
        line(cast, amendment, "drop", planned.mu)
    with refused(WrongState):
        amendments.remove_line(line=made, by=cast.party_office)
    with refused(WrongState):
        amendments.propose(amendment=amendment, by=cast.party_office)


# ---- the place of what comes in ----


def test_what_comes_in_has_a_place(cast: Cast, planned, amendment):
    with recorded("plan.add_amendment_line") as event:
        line(cast, amendment, "add", title="一", track="mu", place="after", anchor=planned.gang)
    assert (event.after["place"], event.after["anchor"]) == ("after", planned.gang.pk)
    line(cast, amendment, "add", title="二", track="mu", place="after", anchor=planned.gang)
    line(cast, amendment, "add", title="下级", track="gang", place="under", anchor=planned.gang)
    line(cast, amendment, "add", title="最后", track="mu")
    adopted(cast, amendment)
    assert [(i.title, i.level, i.parent_id) for i in queries.items(planned.plan.pk)] == [
        ("党员先锋岗", 1, None), ("下级", 2, planned.gang.pk), ("一", 1, None), ("二", 1, None),
        ("公益诉讼专项", 1, None), ("民事执行监督", 1, None), ("最后", 1, None),
    ]  # fmt: skip


@pytest.mark.parametrize("dropped_first", [True, False])
def test_a_place_that_went_out_falls_back_to_the_end_and_says_so(
    cast: Cast, planned, amendment, dropped_first
):
    if dropped_first:
        line(cast, amendment, "drop", planned.gang)
    made = line(cast, amendment, "add", title="新", track="mu", place="under", anchor=planned.gang)
    if not dropped_first:
        line(cast, amendment, "drop", planned.gang)
    adopted(cast, amendment)
    made.refresh_from_db()
    assert made.after["lost"] and (made.item.level, made.item.parent) == (1, None)
    assert queries.items(planned.plan.pk).last() == made.item


def test_a_place_is_told_by_an_item_of_this_plan(cast: Cast, planned, amendment):
    other = plan_with_items(cast, year=2027)
    with refused(Invalid, says="放在哪里", field="anchor"):
        line(cast, amendment, "add", title="新", track="mu", place="after", anchor=other.mu)


# ---- adopt, drop ----


def test_adopting_changes_the_items_and_keeps_what_they_were(cast: Cast, planned, amendment):
    line(cast, amendment, "change", planned.mu, title="公益诉讼提质", due_on=date(2026, 12, 1))
    line(cast, amendment, "drop", planned.loose)
    line(
        cast,
        amendment,
        "add",
        title="检察建议回访",
        track="mu",
        lead_department=cast.d8,
        due_on=date(2026, 11, 1),
    )
    amendments.propose(amendment=amendment, by=cast.party_office)
    with recorded("plan.amend_item", "plan.amend_item", "plan.amend_item", "plan.adopt_amendment"):
        done = amendments.adopt(amendment=amendment, on=DAY, by=cast.party_office)
    assert (done.state, done.decided_on) == ("adopted", DAY)
    rows = {i.title: i for i in queries.items(planned.plan.pk)}
    assert set(rows) == {"党员先锋岗", "公益诉讼提质", "检察建议回访"}
    assert (
        rows["公益诉讼提质"].due_on == date(2026, 12, 1) and rows["检察建议回访"].lead_department == cast.d8
    )
    gone = PlanItem.objects.get(pk=planned.loose.pk)
    assert gone.dropped_on == DAY and gone.title == "民事执行监督"


def test_what_is_taken_out_lets_go_of_its_knots_and_lifts_what_is_under_it(cast: Cast):
    draft = plan_with_items(cast, adopted=False)
    child = items.add(plan=draft.plan, title="子项", track="mu", parent=draft.mu, by=cast.party_office)
    plans.adopt(plan=draft.plan, on=DAY, by=cast.party_office)
    amendment = amendments.begin(plan=draft.plan, reason="改", by=cast.party_office)
    line(cast, amendment, "drop", draft.mu)
    adopted(cast, amendment)
    child.refresh_from_db()
    assert (child.level, child.parent) == (1, None)
    assert EntryPoint.objects.get(pk=draft.knot.pk).state == "untied"
    with refused(WrongState, says="已经调出计划"):
        steps.deploy_item(
            item=PlanItem.objects.get(pk=draft.mu.pk), department=cast.d8, due_on=None, by=cast.party_office
        )


def test_an_item_with_a_task_may_be_taken_out_and_is_kept(cast: Cast, planned, amendment):
    task = task_issued(cast, item=planned.loose)
    line(cast, amendment, "drop", planned.loose)
    adopted(cast, amendment)
    task.refresh_from_db()
    assert task.item_id == planned.loose.pk


def test_it_is_adopted_once_and_only_when_proposed(cast: Cast, planned, amendment):
    line(cast, amendment, "drop", planned.loose)
    with refused(WrongState):
        amendments.adopt(amendment=amendment, on=DAY, by=cast.party_office)
    adopted(cast, amendment)
    with refused(WrongState):
        amendments.adopt(amendment=amendment, on=DAY, by=cast.party_office)
    with refused(WrongState):
        amendments.drop(amendment=amendment, by=cast.party_office)


def test_dropping_leaves_the_plan_as_it_is(cast: Cast, planned, amendment):
    line(cast, amendment, "drop", planned.loose)
    with recorded("plan.drop_amendment"):
        amendments.drop(amendment=amendment, by=cast.party_office)
    assert queries.items(planned.plan.pk).count() == 3


def test_the_meeting_decides(cast: Cast, planned, amendment):
    line(cast, amendment, "change", planned.mu, title="公益诉讼提质")
    steps.put_amendment_to_meeting(amendment=amendment, meeting=meeting_convened(cast), by=cast.party_office)
    assert "第1次调整" in AgendaItem.objects.get().title
    topic = topic_on(cast, meeting_recorded(cast), topic="plan", plan=planned.plan)
    decision = steps.adopt_plan(agenda_item=topic, by=cast.party_office)
    assert decision.adopts is None and "第1次调整" in decision.text
    assert PlanItem.objects.get(pk=planned.mu.pk).title == "公益诉讼提质"
    with refused(WrongState):
        steps.adopt_plan(agenda_item=topic, by=cast.party_office)
    assert Decision.objects.count() == 1


# ---- versions ----


def test_the_difference_of_two_versions(cast: Cast, planned, amendment):
    line(cast, amendment, "change", planned.mu, title="公益诉讼提质")
    line(cast, amendment, "add", title="检察建议回访", track="mu")
    adopted(cast, amendment)
    second = amendments.begin(plan=Plan.objects.get(pk=planned.plan.pk), reason="再改", by=cast.party_office)
    line(
        cast,
        second,
        "change",
        PlanItem.objects.get(pk=planned.mu.pk),
        title="公益诉讼专项",
        due_on=date(2026, 12, 1),
    )
    line(cast, second, "drop", PlanItem.objects.get(title="检察建议回访"))
    adopted(cast, second)
    pk = planned.plan.pk
    assert [(d.kind, d.fields) for d in queries.difference(pk, 0, 1)][0] == (
        "change", {"title": ("公益诉讼专项", "公益诉讼提质")}
    )  # fmt: skip
    # from the first to the last: the title is what it was, the new item came and went
    assert [(d.kind, d.fields) for d in queries.difference(pk, 0, 2)] == [
        ("change", {"due_on": (None, "2026-12-01")})
    ]
    assert [d.kind for d in queries.difference(pk, 1, 2)] == ["change", "drop"]
    assert queries.difference(pk, 2, 2) == []
    assert AmendmentLine.objects.count() == 4
