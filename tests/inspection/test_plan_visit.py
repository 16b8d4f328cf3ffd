"""列进年度计划: what, when and where; who goes is said when it is ordered."""

from datetime import date, timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.inspection.actions import inspections
from gangmu.inspection.models import Inspection
from gangmu.plan.models import PlanItem
from tests.cast import DAY, Cast, plan_with_items, recorded, refused, visit_planned


def test_it_stands_on_the_programme_with_nobody_and_nothing_yet(cast: Cast):
    row = visit_planned(cast)
    assert (row.state, row.team.count(), row.lines.count()) == ("planned", 0, 0)
    assert [d.name for d in row.departments.all()] == ["第八检察部"]


def test_ordering_it_makes_no_second_visit(cast: Cast):
    planned, row = plan_with_items(cast), visit_planned(cast)
    ordered = inspections.order(
        unit=cast.unit, title="三季度联合督查", visit_on=row.visit_on, party_people=[cast.people["party_office"]],
        business_people=[cast.people["head6"]], items=[planned.mu], planned=row, by=cast.party_office,
    )  # fmt: skip
    assert (ordered.pk, ordered.state, ordered.title) == (row.pk, "ordered", "三季度联合督查")
    assert ordered.lines.get().item == PlanItem.objects.get(pk=planned.mu.pk)


def test_it_is_ordered_once(cast: Cast):
    planned, row = plan_with_items(cast), visit_planned(cast)
    values = {
        "unit": cast.unit, "title": "督查", "visit_on": row.visit_on, "party_people": [cast.people["party_office"]],
        "business_people": [cast.people["head6"]], "items": [planned.mu], "planned": row, "by": cast.party_office,
    }  # fmt: skip
    inspections.order(**values)
    with refused(WrongState, row, says="已下达"):
        inspections.order(**values)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": DAY - timedelta(days=1)}, "visit_on"), ({"on": date(9999, 1, 1)}, "visit_on"),
        ({"kind": "contact_point"}, "branch"), ({"kind": "research", "topic": " "}, "topic"),
        ({"kind": "holiday"}, "kind"),
    ],
)  # fmt: skip
def test_what_it_lacks_is_said_at_its_field(cast: Cast, more, field):
    with refused(Invalid, field=field):
        visit_planned(cast, **more)
    assert not Inspection.objects.exists()


def test_places_of_another_unit_are_refused(cast: Cast):
    with refused(Invalid, field="departments"):
        visit_planned(cast, departments=[cast.departments["第一检察部"]])
    with refused(Invalid, field="branch"):
        visit_planned(cast, kind="contact_point", branch=cast.orgs["临川县院党支部"])


@pytest.mark.parametrize("who", ["first", "office", "head8", "outsider", "audit_admin"])
def test_only_the_party_office_plans(cast: Cast, who):
    with refused(NotAllowed):
        inspections.plan_visit(unit=cast.unit, title="督查", visit_on=DAY, by=cast.acting(who))


def test_it_is_recorded(cast: Cast):
    with recorded("inspection.plan_visit") as event:
        row = visit_planned(cast)
    assert event.object_id == row.pk
    assert event.after == {
        "kind": "inspection", "visit_on": "2026-07-20", "departments": ["第八检察部"], "branch": None
    }  # fmt: skip
