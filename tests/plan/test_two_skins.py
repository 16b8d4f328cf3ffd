"""两张皮检查: what is not bound and what is not covered."""

from datetime import timedelta

import pytest

from gangmu.plan import queries
from gangmu.plan.actions import entry_points, items
from tests.cast import DAY, Cast, plan_with_items


def test_it_names_loose_items_missing_facets_and_departments_of_one_track(cast: Cast):
    check = queries.two_skins(plan_with_items(cast).plan.pk)
    assert (check.unbound_gang, [i.title for i in check.unbound_mu]) == ([], ["民事执行监督"])
    assert check.missing_facets == ["思想", "制度", "活动"]
    assert set(check.one_track_departments) == {"第八检察部", "第六检察部"}
    assert (check.holes, check.clean) == (1, False)


def test_a_plan_with_both_tracks_everywhere_is_clean(cast: Cast):
    planned = plan_with_items(cast, adopted=False)
    office = cast.party_office
    entry_points.tie(gang=planned.gang, mu=planned.loose, kind="push", expected="包案", by=office)
    for facet in ("thought", "system", "activity"):
        extra = items.add(plan=planned.plan, title=facet, track="gang", facet=facet, lead_department=cast.party,
                          co_departments=[cast.d8, cast.d6], by=office)  # fmt: skip
        entry_points.tie(gang=extra, mu=planned.mu, kind="push", expected="见效", by=office)
    assert queries.two_skins(planned.plan.pk).clean


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
