"""动员令: people, money and things in one order; clashes and shortages are seen; settled with what came of it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.papers.official import write
from gangmu.tasks import queries
from gangmu.tasks.actions import mobilisations
from gangmu.tasks.models import Contribution, Mobilisation
from gangmu.web.export.papers import mobilisation as paper
from tests.cast import DAY, Cast, event_ids, plan_with_items, recorded, refused

YEARS = iter(range(2031, 2099))


def drafted(cast: Cast, *, days: tuple[int, int] = (0, 9), item=None, by=None, **more) -> Mobilisation:
    values = {
        "unit": cast.unit, "title": "排口专案", "kind": "case", "purpose": "查清全部排口",
        "coordinator": cast.people["leader"], "item": item or plan_with_items(cast, year=next(YEARS)).mu,
        "starts_on": DAY + timedelta(days=days[0]), "ends_on": DAY + timedelta(days=days[1]),
    }  # fmt: skip
    return mobilisations.draft(**(values | more), by=by or cast.office)


def ask(
    cast: Cast, order: Mobilisation, kind: str = "people", text: str = "办案人员", **more
) -> Contribution:
    values = {"department": cast.d8, "by": cast.office} | more
    return mobilisations.ask_for(order=order, kind=kind, text=text, **values)


def in_force(cast: Cast, **more) -> Mobilisation:
    order = drafted(cast, **more)
    ask(cast, order, asked=Decimal(5))
    return mobilisations.order(order=order, by=cast.office)


SETTLED = {"result": "查清 38 处", "party_result": "突击队冲在前"}


def test_a_draft_calls_upon_nobody_and_an_empty_one_is_not_ordered(cast: Cast):
    order = drafted(cast)
    assert order.state == "draft" and not queries.ungiven(cast.unit.pk)
    with refused(Invalid, order, says="先列上"):
        mobilisations.order(order=order, by=cast.office)
    ask(cast, order)
    with recorded("tasks.order") as event:
        order = mobilisations.order(order=order, by=cast.leader)
    assert (order.state, order.ordered_on) == ("in_force", DAY)
    assert ["plan.planitem", order.item_id] in event.about
    assert [x.text for x in queries.ungiven(cast.unit.pk)] == ["办案人员"]


def test_a_second_order_is_refused_and_nothing_is_added_afterwards(cast: Cast):
    order = in_force(cast)
    with refused(WrongState, order):
        mobilisations.order(order=order, by=cast.office)
    with refused(WrongState, order):
        ask(cast, order)
    with refused(WrongState, order):
        mobilisations.leave_out(line=order.contributions.get(), by=cast.office)


def test_it_is_bound_to_an_entry_point_of_its_item(cast: Cast):
    planned = plan_with_items(cast)
    order = drafted(cast, item=planned.mu, entry_point=planned.knot)
    assert order.entry_point == planned.knot
    before = event_ids()
    with pytest.raises(Invalid, match="不在所选的事项上"):
        drafted(cast, item=planned.loose, entry_point=planned.knot)
    assert event_ids() == before


@pytest.mark.parametrize("who", ["first", "leader", "head8", "staff", "outsider", "audit_admin"])
def test_only_the_offices_draft(cast: Cast, who):
    item = plan_with_items(cast).mu
    with refused(NotAllowed):
        drafted(cast, item=item, by=cast.acting(who))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"days": (9, 0)}, None), ({"title": " "}, "title"), ({"kind": "party"}, "kind"), ({"purpose": ""}, "purpose"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(cast: Cast, more, field):
    item = plan_with_items(cast).mu
    with refused(Invalid, field=field):
        drafted(cast, item=item, **more)
    assert not Mobilisation.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"asked": Decimal(0)}, {"asked": Decimal(-2)}, {"text": " "}, {"kind": "boats"},
        {"from_on": DAY - timedelta(days=1)}, {"to_on": DAY + timedelta(days=10)},
        {"from_on": DAY + timedelta(days=5), "to_on": DAY + timedelta(days=4)},
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_refused(cast: Cast, more):
    order = drafted(cast)
    with refused(Invalid, order):
        ask(cast, order, **more)
    assert not order.contributions.exists()


def test_a_named_person_is_one_of_the_unit_and_among_the_people(cast: Cast):
    order = drafted(cast)
    assert ask(cast, order, person=cast.people["staff"], asked=Decimal(7)).asked == 1
    with refused(Invalid, order, field="person"):
        ask(cast, order, "vehicle", "一号车", person=cast.people["staff"])
    with refused(Invalid, order, field="person"):
        ask(cast, order, person=cast.people["outsider"])


def test_the_same_person_room_or_car_on_the_same_day_clashes(cast: Cast):
    first, second = drafted(cast), drafted(cast, days=(5, 20))
    for order in (first, second):
        ask(cast, order, person=cast.people["staff"])
        ask(cast, order, "vehicle", "取样车 云A·001" if order is first else "取样车云A001")
        ask(cast, order, "things", "检测箱", asked=Decimal(2))
        ask(cast, order, asked=Decimal(2))
    assert not queries.clashes(second), "a draft takes nothing away"
    mobilisations.order(order=first, by=cast.office)
    found = queries.clashes(second)
    assert sorted(c.line.kind for c in found) == ["people", "vehicle"]
    assert {c.other.order for c in found} == {first}
    mobilisations.call_off(order=first, reason="不办了", by=cast.office)
    assert not queries.clashes(second)


def test_days_that_only_touch_by_no_day_do_not_clash(cast: Cast):
    first, second = drafted(cast, days=(0, 4)), drafted(cast, days=(5, 9))
    for order in (first, second):
        ask(cast, order, "room", "三楼会议室")
    mobilisations.order(order=first, by=cast.office)
    assert not queries.clashes(second)


def test_the_department_says_what_it_gives_and_a_shortage_is_seen(cast: Cast):
    order = in_force(cast)
    line = order.contributions.get()
    assert [(b.short, b.waiting) for b in queries.balances(order)] == [(0, 1)]
    with recorded("tasks.give"):
        line = mobilisations.give(line=line, given=Decimal(3), by=cast.head8)
    assert (line.given, line.given_on) == (3, DAY)
    assert [(b.short, b.waiting) for b in queries.balances(order)] == [(2, 0)]
    with refused(Invalid, line, says="不能是负数"):
        mobilisations.give(line=line, given=Decimal(-1), by=cast.head8)


@pytest.mark.parametrize("who", ["head6", "office", "leader", "staff", "outsider"])
def test_nobody_else_gives_for_a_department(cast: Cast, who):
    line = in_force(cast).contributions.get()
    with refused(NotAllowed, line):
        mobilisations.give(line=line, given=Decimal(1), by=cast.acting(who))


def test_nothing_is_given_to_a_draft(cast: Cast):
    line = ask(cast, drafted(cast))
    with refused(WrongState, line):
        mobilisations.give(line=line, given=Decimal(1), by=cast.head8)


def test_it_is_settled_with_both_results_and_what_was_used(cast: Cast):
    order = drafted(cast)
    money = ask(cast, order, "money", "专项经费", asked=Decimal(8000))
    order = mobilisations.order(order=order, by=cast.office)
    for missing in SETTLED:
        with refused(Invalid, order, field=missing):
            mobilisations.settle(
                order=order, used={money.pk: Decimal(1)}, by=cast.leader, **(SETTLED | {missing: ""})
            )
    with refused(Invalid, order, field=f"used_{money.pk}"):
        mobilisations.settle(order=order, used={}, by=cast.leader, **SETTLED)
    with recorded("tasks.settle_order") as event:
        order = mobilisations.settle(order=order, used={money.pk: Decimal(7350)}, by=cast.leader, **SETTLED)
    assert (order.state, event.after["used"]) == ("settled", "7350")
    assert [b.used for b in queries.balances(order)] == [7350]
    with refused(WrongState, order):
        mobilisations.call_off(order=order, reason="不办了", by=cast.office)


@pytest.mark.parametrize("who", ["head8", "first", "staff", "outsider"])
def test_others_neither_order_nor_settle_nor_call_off(cast: Cast, who):
    order, by = in_force(cast), cast.acting(who)
    with refused(NotAllowed, order):
        mobilisations.settle(order=order, used={}, by=by, **SETTLED)
    with refused(NotAllowed, order):
        mobilisations.call_off(order=order, reason="不办了", by=by)
    with refused(NotAllowed):
        mobilisations.order(order=order, by=by)


def test_it_is_called_off_with_a_reason(cast: Cast):
    order = in_force(cast)
    with refused(Invalid, order, field="reason"):
        mobilisations.call_off(order=order, reason="", by=cast.office)
    with recorded("tasks.call_off_order"):
        assert mobilisations.call_off(order=order, reason="案件移送", by=cast.office).state == "called_off"


def test_a_line_is_left_out_while_it_is_a_draft(cast: Cast):
    order = drafted(cast)
    with recorded("tasks.ask_for", "tasks.leave_out"):
        mobilisations.leave_out(line=ask(cast, order), by=cast.office)
    assert not order.contributions.exists()


def test_it_is_printed_as_an_order_and_settled_with_its_figures(cast: Cast):
    planned = plan_with_items(cast)
    order = drafted(cast, item=planned.mu, entry_point=planned.knot)
    assert paper(order).title.endswith("（草拟）")
    money = ask(cast, order, "money", "专项经费", asked=Decimal(8000))
    ask(cast, order, person=cast.people["staff"])
    order = mobilisations.order(order=order, by=cast.office)
    order = mobilisations.settle(order=order, used={money.pk: Decimal(7350)}, by=cast.office, **SETTLED)
    made = paper(order)
    text = "\n".join(str(b) for b in made.body)
    for word in ("韩知远专门协调", "先锋岗设到办案组", "温如玉", "8,000", "7,350", "查清 38 处", "突击队"):
        assert word in text, word
    assert write(made)[:2] == b"PK"
