"""整份一起改: how 责任单位 is meant, what a name means, one lead or day for several, guesses of one kind."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import items, outline, whole_paper
from gangmu.plan.models import Plan, PlanItem
from tests.cast import DAY, Cast, recorded, refused
from tests.plan.papers import OTHERS, in_force, item_of, read_paper


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return read_paper(cast)


def lead_and_co(plan: Plan, title: str) -> tuple:
    item = item_of(plan, title)
    lead = item.lead_department
    return (lead.name if lead else "", [c.department.name for c in item.co_departments.all()])


# ---- 责任单位 ----


def test_the_first_leads_in_the_whole_paper(cast: Cast, plan):
    assert whole_paper.read_responsible(plan=plan, means="first_leads", by=cast.party_office) == 1
    assert lead_and_co(plan, "办好公益诉讼案件") == ("第八检察部", ["第六检察部"])
    assert item_of(plan, "办好公益诉讼案件").guesses == []


def test_where_the_paper_names_a_lead_nobody_knows_that_is_not_the_question(cast: Cast, plan):
    whole_paper.read_responsible(plan=plan, means="first_leads", by=cast.party_office)
    assert lead_and_co(plan, "做实执行监督") == ("", ["第六检察部"])
    assert item_of(plan, "做实执行监督").guesses[0]["why"] == "unknown"


def test_all_only_join_in(cast: Cast, plan):
    whole_paper.read_responsible(plan=plan, means="co_units", by=cast.party_office)
    assert lead_and_co(plan, "办好公益诉讼案件") == ("", ["第八检察部", "第六检察部"])
    assert item_of(plan, "办好公益诉讼案件").guesses == []


# ---- names ----


def test_a_name_the_paper_gave_as_lead_leads(cast: Cast, plan):
    whole_paper.name_unit(plan=plan, name="检委办", department=cast.support, by=cast.party_office)
    assert lead_and_co(plan, "做实执行监督") == ("办公室", ["第六检察部"])
    assert item_of(plan, "做实执行监督").guesses == []


def test_another_name_joins_in(cast: Cast, plan):
    item = item_of(plan, "建强先锋岗")
    type(item).objects.filter(pk=item.pk).update(units_raw="机关党委、宣传处")
    whole_paper.name_unit(plan=plan, name="宣传处", department=cast.support, by=cast.party_office)
    assert lead_and_co(plan, "建强先锋岗") == ("机关党委", ["办公室"])


def test_the_first_of_several_becomes_the_lead_that_is_proposed(cast: Cast, plan):
    item = item_of(plan, "办好公益诉讼案件")
    guess = {k: v for k, v in item.guesses[0].items() if k != "value"}
    type(item).objects.filter(pk=item.pk).update(units_raw="宣传处、第六检察部", guesses=[guess])
    whole_paper.name_unit(plan=plan, name="宣传处", department=cast.support, by=cast.party_office)
    items.accept_guesses(item=item, by=cast.party_office)
    assert lead_and_co(plan, "办好公益诉讼案件")[0] == "办公室"


def test_a_name_that_is_not_there_any_more(cast: Cast, plan):
    with refused(Invalid, says="刷新"):
        whole_paper.name_unit(plan=plan, name="委办", department=cast.support, by=cast.party_office)


def test_a_department_of_another_unit_is_refused(cast: Cast, plan):
    foreign = cast.departments["第一检察部"]
    with refused(Invalid, says="本院"):
        whole_paper.name_unit(plan=plan, name="检委办", department=foreign, by=cast.party_office)


# ---- several at once ----


def both(plan: Plan) -> list[PlanItem]:
    return [item_of(plan, t) for t in ("办好公益诉讼案件", "做实执行监督")]


def test_several_get_a_lead_and_a_day_and_nothing_is_left_to_guess(cast: Cast, plan):
    done = outline.bulk_set(
        plan=plan, items=both(plan), lead_department=cast.d6, due_on=DAY, by=cast.party_office
    )
    assert len(done) == 2
    assert lead_and_co(plan, "办好公益诉讼案件") == ("第六检察部", ["第八检察部"])
    assert {(i.due_on, i.due_kind, len(i.guesses)) for i in both(plan)} == {(DAY, "date", 0)}


def test_a_guess_that_was_right_is_settled_too(cast: Cast, plan):
    guess = {"field": "due", "why": "year", "text": "没有写年份"}
    PlanItem.objects.filter(pk=both(plan)[0].pk).update(due_on=DAY, due_kind="date", guesses=[guess])
    assert outline.bulk_set(plan=plan, items=both(plan)[:1], due_on=DAY, by=cast.party_office)
    assert both(plan)[0].guesses == []


def test_only_a_day_leaves_the_lead_and_its_question(cast: Cast, plan):
    outline.bulk_set(plan=plan, items=both(plan), due_on=DAY, by=cast.party_office)
    assert lead_and_co(plan, "办好公益诉讼案件")[0] == "" and item_of(plan, "办好公益诉讼案件").guesses


def test_a_heading_gets_no_owner(cast: Cast, plan):
    heading = item_of(plan, "检察业务工作")
    assert (
        outline.bulk_set(
            plan=plan, items=[heading], lead_department=cast.d6, due_on=DAY, by=cast.party_office
        )
        == []
    )
    assert item_of(plan, "检察业务工作").lead_department is None


def test_items_of_another_plan_are_not_touched(cast: Cast, plan):
    other = read_paper(cast, year=2028)
    with refused(Invalid, says="先勾选"):
        outline.bulk_set(plan=plan, items=both(other), due_on=DAY, by=cast.party_office)


# ---- one kind of guess ----


def test_one_kind_is_accepted_and_the_proposed_lead_leads(cast: Cast, plan):
    with recorded("plan.accept_guesses") as event:
        assert items.accept_all_guesses(plan=plan, field="lead", why="position", by=cast.party_office) == 1
    assert event.after == {"items": 1, "kind": "position"}
    assert lead_and_co(plan, "办好公益诉讼案件") == ("第八检察部", ["第六检察部"])
    assert item_of(plan, "做实执行监督").guesses


def test_one_guess_of_an_item_is_accepted_and_the_others_wait(cast: Cast, plan):
    item = item_of(plan, "办好公益诉讼案件")
    item.guesses = [*item.guesses, {"field": "track", "why": "words", "text": ""}]
    type(item).objects.filter(pk=item.pk).update(guesses=item.guesses)
    left = items.accept_guesses(item=item, field="track", why="words", by=cast.party_office)
    assert [g["field"] for g in left.guesses] == ["lead"] and left.lead_department is None


# ---- wrong state, not allowed, recorded ----

VERBS = {
    "plan.read_responsible": lambda cast, plan, by: whole_paper.read_responsible(
        plan=plan, means="first_leads", by=by
    ),
    "plan.name_unit": lambda cast, plan, by: whole_paper.name_unit(
        plan=plan, name="检委办", department=cast.support, by=by
    ),
    "plan.bulk_set": lambda cast, plan, by: outline.bulk_set(plan=plan, items=both(plan), due_on=DAY, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_plan_in_force_is_left_alone(cast: Cast, plan, verb):
    in_force(plan)
    with refused(WrongState, *plan.items.all()):
        VERBS[verb](cast, plan, cast.party_office)


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("verb", VERBS)
def test_only_the_party_office_does_it(cast: Cast, plan, verb, who):
    with refused(NotAllowed, *plan.items.all()):
        VERBS[verb](cast, plan, cast.acting(who))


@pytest.mark.parametrize("verb", VERBS)
def test_it_is_recorded(cast: Cast, plan, verb):
    with recorded(verb):
        VERBS[verb](cast, plan, cast.party_office)
