"""Lines typed or pasted, moved, indented, set and set aside many at once."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan import queries, tree
from gangmu.plan.actions import items, outline
from gangmu.plan.actions.outline import NewLine
from gangmu.plan.models import Plan, PlanItem
from gangmu.plan.order import nodes_of
from tests.cast import Cast, Planned, catch_up, plan_with_items, recorded, refused


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast, adopted=False)


def add(cast: Cast, plan: Plan, *titles: str, by=None, **more) -> list[PlanItem]:
    lines = [NewLine(title=t) for t in titles]
    return outline.add_many(plan=plan, lines=lines, **{"track": "mu"} | more, by=by or cast.party_office)


def order(plan: Plan) -> list[str]:
    return list(plan.items.order_by("position").values_list("title", flat=True))


def tidy(plan: Plan) -> None:
    """The tree as stored is a tree, and the parents are those of the levels."""
    rows = list(plan.items.order_by("position").values_list("pk", "position", "level", "parent_id"))
    nodes = nodes_of(plan)
    assert tree.well_formed(nodes) and len({r[1] for r in rows}) == len(rows)
    assert {r[0]: r[3] for r in rows} == tree.parents(nodes)


# ---- add ----


def test_lines_come_right_below(cast: Cast, planned):
    made = add(cast, planned.plan, "一", "二", after=planned.mu)
    assert order(planned.plan)[1:4] == ["公益诉讼专项", "一", "二"] and made[0].level == 1
    tidy(planned.plan)


def test_a_deeper_line_becomes_a_child(cast: Cast, planned):
    (child,) = add(cast, planned.plan, "子", after=planned.mu, level=2)
    assert child.level == 2 and PlanItem.objects.get(pk=child.pk).parent == planned.mu
    (back,) = add(cast, planned.plan, "回", after=PlanItem.objects.get(pk=child.pk), level=1)
    assert PlanItem.objects.get(pk=back.pk).parent is None
    tidy(planned.plan)


def test_a_party_line_takes_the_facet_of_its_neighbour(cast: Cast, planned):
    (made,) = add(cast, planned.plan, "新岗", track="gang", after=planned.gang)
    assert made.facet == "work"


@pytest.mark.parametrize(
    ("titles", "says"),
    [
        ((), "还没有写"),
        ((" ",), "第1行"),
        (("好", "长" * 201), "第2行的事项有 201"),
        (("x",) * 501, "最多 500 行"),
    ],
)
def test_what_cannot_be_a_line_is_refused_whole(cast: Cast, planned, titles, says):
    with refused(Invalid, says=says, field="lines"):
        add(cast, planned.plan, *titles)


def test_after_an_item_of_another_plan_is_refused(cast: Cast, planned):
    other = plan_with_items(cast, adopted=False, year=2027)
    with refused(Invalid, says="不在这份计划里"):
        add(cast, planned.plan, "一", after=other.mu)


VERBS = {
    "add": lambda p, by: outline.add_many(plan=p.plan, lines=[NewLine(title="一")], track="mu", by=by),
    "move": lambda p, by: outline.move(plan=p.plan, items=[p.loose], up=True, by=by),
    "indent": lambda p, by: outline.indent(plan=p.plan, items=[p.loose], by=by),
    "bulk_set": lambda p, by: outline.bulk_set(plan=p.plan, items=[p.loose], due_on=date(2026, 9, 30), by=by),
    "set_aside": lambda p, by: outline.set_aside_many(plan=p.plan, chosen=[p.loose], by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_written_into_a_plan_in_force(cast: Cast, verb):
    planned = plan_with_items(cast)
    with refused(WrongState, says="年中调整"):
        VERBS[verb](planned, cast.party_office)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["head6", "first", "office", "outsider", "county_office", "audit_admin"])
def test_others_do_not(cast: Cast, planned, verb, who):
    with refused(NotAllowed):
        VERBS[verb](planned, cast.acting(who))


def test_adding_is_recorded(cast: Cast, planned):
    with recorded("plan.add_items") as event:
        made = add(cast, planned.plan, "一", "二")
    assert event.object_id == planned.plan.pk and event.after == {"items": 2, "title": "一", "track": "mu"}
    assert event.about == [["plan.planitem", i.pk] for i in made]


# ---- move, indent ----


def test_a_line_changes_places_with_the_one_above(cast: Cast, planned):
    with recorded("plan.move_item") as event:
        outline.move(plan=planned.plan, items=[planned.loose], up=True, by=cast.party_office)
    assert order(planned.plan) == ["党员先锋岗", "民事执行监督", "公益诉讼专项"]
    assert (event.before, event.after) == ({"position": 3, "level": 1}, {"position": 2, "level": 1})
    outline.move(plan=planned.plan, items=[planned.loose], up=False, by=cast.party_office)
    assert order(planned.plan)[-1] == "民事执行监督"


def test_at_the_end_nothing_happens_and_nothing_is_recorded(cast: Cast, planned):
    assert outline.move(plan=planned.plan, items=[planned.mu], up=True, by=cast.party_office) == 0


def test_a_line_goes_under_the_one_above_and_back(cast: Cast, planned):
    with recorded("plan.indent_item") as event:
        outline.indent(plan=planned.plan, items=[planned.loose], by=cast.party_office)
    loose = PlanItem.objects.get(pk=planned.loose.pk)
    assert (loose.level, loose.parent) == (2, planned.mu) and event.after == {"position": 3, "level": 2}
    outline.indent(plan=planned.plan, items=[loose], out=True, by=cast.party_office)
    assert PlanItem.objects.get(pk=loose.pk).parent is None
    tidy(planned.plan)


def test_nothing_ticked_is_said(cast: Cast, planned):
    with refused(Invalid, says="先勾选"):
        outline.move(plan=planned.plan, items=[], up=True, by=cast.party_office)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    todo=st.lists(
        st.tuples(st.sampled_from(["up", "down", "in", "out", "add", "aside"]), st.integers(0, 20)),
        max_size=8,
    )
)
def test_the_stored_tree_stays_a_tree(cast: Cast, todo):
    plan = plan_with_items(cast, adopted=False, year=2030).plan
    add(cast, plan, "一", "二", "三", "四")
    for step, at in todo:
        rows = list(plan.items.order_by("position"))
        item = rows[at % len(rows)]
        of = {"plan": plan, "items": [item], "by": cast.party_office}
        if step in ("up", "down"):
            outline.move(up=step == "up", **of)
        elif step in ("in", "out"):
            outline.indent(out=step == "out", **of)
        elif step == "add":
            add(cast, plan, "新", track=item.track, after=item)
        elif not (item.entry_points.exists() or item.entered_by.exists()):
            items.set_aside(item=item, by=cast.party_office)
        tidy(plan)
    Plan.objects.filter(pk=plan.pk).delete()


# ---- bulk set, set aside ----


def test_owner_and_date_are_set_for_all(cast: Cast, planned):
    with recorded("plan.bulk_set") as event:
        outline.bulk_set(plan=planned.plan, items=[planned.mu, planned.loose, planned.gang], lead_department=cast.d6,
                         due_on=date(2026, 9, 30), facet="system", by=cast.party_office)  # fmt: skip
    rows = {i.title: i for i in planned.plan.items.all()}
    assert {i.lead_department for i in rows.values()} == {cast.d6}
    assert rows["公益诉讼专项"].facet == "" and rows["党员先锋岗"].facet == "system"
    assert event.after["items"] == 3


def test_what_is_so_already_is_not_recorded(cast: Cast, planned):
    assert (
        outline.bulk_set(plan=planned.plan, items=[planned.mu], lead_department=cast.d8, by=cast.party_office)
        == []
    )


@pytest.mark.parametrize(
    ("chosen", "values", "says"), [(False, {"facet": "work"}, "先勾选"), (True, {}, "写上要设成什么")]
)
def test_setting_nothing_is_refused(cast: Cast, planned, chosen, values, says):
    with refused(Invalid, says=says):
        outline.bulk_set(
            plan=planned.plan, items=[planned.mu] if chosen else [], by=cast.party_office, **values
        )


def test_a_department_of_another_unit_is_refused_for_all(cast: Cast, planned):
    with refused(Invalid, says="本院的部门"):
        outline.bulk_set(plan=planned.plan, items=[planned.mu, planned.loose], by=cast.party_office,
                         lead_department=cast.departments["第一检察部"])  # fmt: skip


def test_several_are_set_aside_all_or_none(cast: Cast, planned):
    with refused(Invalid, says="结着切入点"):
        outline.set_aside_many(plan=planned.plan, chosen=[planned.loose, planned.mu], by=cast.party_office)
    with recorded("plan.set_aside"):
        assert outline.set_aside_many(plan=planned.plan, chosen=[planned.loose], by=cast.party_office) == 1
    assert planned.plan.items.count() == 2


# ---- two people ----


def test_who_saves_second_is_told_and_stores_nothing(cast: Cast, planned):
    seen = queries.stamp(planned.mu)
    items.edit(item=planned.mu, seen=seen, title="公益诉讼提质", by=cast.party_office)
    catch_up()
    with pytest.raises(Invalid) as told:
        items.edit(item=planned.mu, seen=seen, title="公益诉讼", by=cast.committee)
    assert "沈若水刚改过" in str(told.value) and "公益诉讼提质" in told.value.errors["title"]
    now = queries.stamp(PlanItem.objects.get(pk=planned.mu.pk))
    items.edit(item=planned.mu, seen=now, title="公益诉讼", by=cast.committee)
    assert PlanItem.objects.get(pk=planned.mu.pk).title == "公益诉讼"


def test_who_set_many_lines_at_once_is_named_too(cast: Cast, planned):
    seen = queries.stamp(planned.mu)
    items.edit(item=planned.mu, title="公益诉讼提质", by=cast.committee)
    outline.bulk_set(plan=planned.plan, items=[planned.mu], due_on=date(2026, 9, 30), by=cast.party_office)
    catch_up()
    with pytest.raises(Invalid, match="沈若水刚改过"):
        items.edit(item=planned.mu, seen=seen, title="公益诉讼", by=cast.committee)


def test_many_lines_are_set_in_a_few_statements(cast: Cast, planned, django_assert_max_num_queries):
    rows = PlanItem.objects.bulk_create(
        PlanItem(plan=planned.plan, position=10 + n, title=f"事项{n}", track="mu") for n in range(400)
    )
    with django_assert_max_num_queries(20):
        done = outline.bulk_set(
            plan=planned.plan,
            items=rows,
            lead_department=cast.d6,
            due_on=date(2026, 9, 30),
            by=cast.party_office,
        )
    assert len(done) == 400
