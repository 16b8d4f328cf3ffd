"""重复发生: the same department or item, alike in words, within 24 months."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gangmu.common import clock
from gangmu.common.periods import add_months
from gangmu.inspection import queries
from gangmu.inspection.actions import findings, inspections
from gangmu.inspection.models import Finding
from tests.cast import DAY, Cast, Planned, inspection_ordered, line_of, plan_with_items


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


def found_on(cast: Cast, planned, day: date, text: str, **more) -> Finding:
    """A visit of that day with this finding."""
    values = {"side": "business", "department": cast.d8} | more
    visit = inspection_ordered(cast, planned, on=day)
    line = line_of(visit, planned.mu)
    with clock.at(max(day, DAY)):
        inspections.look(
            line=line, business_effect="看了", party_effect="看了", grade="partly", by=cast.party_office
        )
        return findings.raise_finding(
            line=line, text=text, due_on=day + timedelta(days=30), by=cast.party_office, **values
        )


def earlier(*rows: Finding) -> dict[int, int]:
    loaded = Finding.objects.filter(pk__in=[r.pk for r in rows]).select_related("line__inspection")
    return {pk: before.pk for pk, before in queries.earlier_alike(loaded).items()}


def test_the_later_points_to_the_earlier_never_the_reverse(cast: Cast, planned):
    one = found_on(cast, planned, add_months(DAY, -6), "白石段取样记录不全")
    two = found_on(cast, planned, DAY, "取样记录不全")
    assert earlier(one, two) == {two.pk: one.pk}


def test_the_newest_of_several(cast: Cast, planned):
    found_on(cast, planned, add_months(DAY, -12), "取样记录不全")
    near = found_on(cast, planned, add_months(DAY, -6), "取样记录不全")
    now = found_on(cast, planned, DAY, "取样记录不全")
    assert earlier(now) == {now.pk: near.pk}


@pytest.mark.parametrize(("months", "days", "repeated"), [(24, 0, True), (24, 1, False)])
def test_twenty_four_months_and_no_more(cast: Cast, planned, months, days, repeated):
    found_on(cast, planned, add_months(DAY, -months) - timedelta(days=days), "取样记录不全")
    assert bool(earlier(found_on(cast, planned, DAY, "取样记录不全"))) is repeated


def test_other_words_or_the_other_side_is_another_matter(cast: Cast, planned):
    found_on(cast, planned, add_months(DAY, -3), "文书送达超期")
    found_on(cast, planned, add_months(DAY, -3), "取样记录不全", side="party")
    assert earlier(found_on(cast, planned, DAY, "取样记录不全")) == {}


def test_another_department_on_the_same_item_counts(cast: Cast, planned):
    one = found_on(cast, planned, add_months(DAY, -3), "取样记录不全", department=cast.d6)
    two = found_on(cast, planned, DAY, "取样记录不全")
    assert earlier(two) == {two.pk: one.pk}


def test_one_query_however_many(cast: Cast, planned):
    rows = [found_on(cast, planned, DAY - timedelta(days=n), "取样记录不全") for n in range(6)]
    loaded = list(Finding.objects.filter(pk__in=[r.pk for r in rows]).select_related("line__inspection"))
    with CaptureQueriesContext(connection) as seen:
        assert len(queries.earlier_alike(loaded)) == 5
    assert len(seen) == 1
    assert queries.earlier_alike([]) == {}
