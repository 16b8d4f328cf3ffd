"""What stands under an item and has nothing under it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangmu.plan import queries
from gangmu.plan.actions import items
from gangmu.plan.models import PlanItem
from tests.cast import DAY, Cast, plan_with_items

tree = st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.booleans()), max_size=9)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=tree)
def test_leaves_are_those_of_a_plain_tree(cast: Cast, shape):
    plan = getattr(cast, "_plan", None) or plan_with_items(cast, adopted=False).plan
    cast._plan = plan
    plan.items.update(dropped_on=DAY)  # the rows of the example before are none of it
    made: list[PlanItem] = []
    for under, is_task, _out in shape:
        parent = made[under % len(made)] if made and under else None
        if parent:
            parent.refresh_from_db()
        row = items.add(plan=plan, title=f"项{len(made)}", track="mu", parent=parent, by=cast.party_office)
        made.append(row)
        PlanItem.objects.filter(pk=row.pk).update(is_task=is_task)
    parents = dict(plan.items.filter(pk__in=[i.pk for i in made]).values_list("pk", "parent_id"))
    gone = {
        i.pk for i, (_u, _t, out) in zip(made, shape, strict=True) if out and i.pk not in parents.values()
    }
    PlanItem.objects.filter(pk__in=gone).update(
        dropped_on=DAY
    )  # only what has nothing under it: else it is lifted
    tasks = {i.pk for i, (_u, is_task, _g) in zip(made, shape, strict=True) if is_task}

    def below(pk: int) -> set[int]:
        kids = {k for k, p in parents.items() if p == pk and k not in gone}
        return kids | {x for kid in kids for x in below(kid)}

    for row in queries.with_under(PlanItem.objects.filter(pk__in=set(parents) - gone)):
        assert row.heads == bool(below(row.pk))
        wanted = {pk for pk in below(row.pk) if not below(pk)} & tasks
        found = queries.leaves_under(row)
        assert {i.pk for i in found} == wanted
        assert [i.position for i in found] == sorted(i.position for i in found)
