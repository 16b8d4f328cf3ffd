"""What the picture of a knot says, and which plan a unit works by."""

from datetime import timedelta

import pytest

from gangmu.plan import queries
from tests.cast import DAY, Cast, plan_with_items


@pytest.mark.parametrize(
    ("due", "gang_done", "mu_done", "said"),
    [
        (None, False, False, "open"), (None, True, True, "open"), (None, True, False, "half"),
        (None, False, True, "half"), (DAY, False, False, "open"), (DAY - timedelta(days=1), True, False, "overdue"),
    ],
)  # fmt: skip
def test_what_the_picture_of_a_knot_says(cast: Cast, due, gang_done, mu_done, said):
    knot = plan_with_items(cast).knot
    knot.mu.due_on = due
    assert queries.state_of(knot, today=DAY, gang_done=gang_done, mu_done=mu_done) == said
    knot.state = "effective"
    assert queries.state_of(knot, today=DAY, gang_done=gang_done, mu_done=mu_done) == "effective"


def test_the_plan_a_unit_works_by_is_the_adopted_one(cast: Cast):
    adopted = plan_with_items(cast, year=2025).plan
    plan_with_items(cast, year=2026, adopted=False)
    assert queries.newest_plan(cast.unit.pk) == adopted
    assert queries.newest_plan(cast.county.pk) is None
