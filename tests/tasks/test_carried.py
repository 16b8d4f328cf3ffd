"""How the tasks of items stand, counted by the database and from rows in hand: the two agree."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangmu.tasks import queries
from gangmu.tasks.models import Progress, Task
from tests.cast import DAY, Cast, plan_with_items

a_task = st.tuples(
    st.sampled_from(Task.State.values),
    st.integers(0, 30),
    st.booleans(),
    st.booleans(),
    st.integers(0, 9),
    st.booleans(),
    st.booleans(),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(a_task, max_size=6))
def test_both_ways_agree(cast: Cast, made):
    Task.objects.all().delete()
    planned = getattr(cast, "_planned", None) or plan_with_items(cast)
    cast._planned = planned
    for state, due, signed, verified, told, other, long_term in made:
        task = Task.objects.create(
            unit=cast.unit, title="办", source="plan", item=planned.loose if other else planned.mu, department=cast.d8,
            state=state, issued_on=DAY - timedelta(days=due), due_on=DAY + timedelta(days=due),
            long_term=long_term, signed_on=DAY if signed else None, verified_on=DAY if verified else None,
        )  # fmt: skip
        if told:
            Progress.objects.create(
                task=task, text="在办", happened_on=DAY - timedelta(days=told), author=cast.people["head8"]
            )
    ids = [planned.mu.pk, planned.loose.pk]
    assert queries.carried_from(queries.of_items(ids)) == queries.carried(ids)
