"""Staff as a list: added, changed, left alone."""

import pytest

from gangmu.common.errors import NotAllowed
from gangmu.events.models import TimelineEntry
from gangmu.org.actions import people
from gangmu.org.models import Person
from gangmu.papers.roster_check import PersonRow
from tests.cast import Cast, catch_up, event_ids, recorded, refused


def test_new_people_are_put_on_the_roster_and_known_ones_change(cast: Cast):
    staff = cast.people["staff"]
    rows = [PersonRow(2, "林见鹿", "A1", cast.d6.pk), PersonRow(3, staff.name, "A2", cast.d6.pk, staff.pk),
            PersonRow(4, cast.people["head8"].name, "", None, cast.people["head8"].pk)]  # fmt: skip
    with recorded("org.take_roster") as event:
        change = people.take_roster(unit=cast.unit, rows=rows, source_name="名册.xlsx", by=cast.office)
    new = Person.objects.get(unit=cast.unit, number="A1")
    staff.refresh_from_db()
    assert (new.name, new.department, staff.number, staff.department) == ("林见鹿", cast.d6, "A2", cast.d6)
    assert (len(change.added), len(change.changed), change.same) == (1, 1, 1)
    assert event.after == {
        "text": "名册.xlsx",
        "added": 1,
        "changed": 1,
        "same": 1,
        "missing": 9,
        "kept_out": 0,
    }
    assert ["org.person", new.pk] in event.about and ["org.person", staff.pk] in event.about


def test_the_list_stands_on_the_timeline_of_who_is_on_it(cast: Cast):
    people.take_roster(unit=cast.unit, rows=[PersonRow(2, "林见鹿")], by=cast.party_office)
    catch_up()
    new = Person.objects.get(name="林见鹿")
    assert TimelineEntry.objects.filter(kind="org.person", object_id=new.pk).count() == 1


def test_a_list_that_says_nothing_new_leaves_no_trace(cast: Cast):
    staff = cast.people["staff"]
    before = event_ids()
    change = people.take_roster(
        unit=cast.unit, rows=[PersonRow(2, staff.name, "", cast.d8.pk, staff.pk)], by=cast.party_office
    )
    assert event_ids() == before
    assert change.nothing and change.same == 1


def test_nobody_is_taken_off_for_not_being_listed(cast: Cast):
    before = Person.objects.filter(unit=cast.unit).count()
    change = people.take_roster(unit=cast.unit, rows=[PersonRow(2, "林见鹿")], by=cast.party_office)
    assert Person.objects.filter(unit=cast.unit).count() == before + 1
    assert cast.people["staff"] in change.missing and cast.people["county_head"] not in change.missing


def test_an_empty_cell_leaves_the_fact_as_it_is(cast: Cast):
    staff = cast.people["staff"]
    people.take_roster(
        unit=cast.unit, rows=[PersonRow(2, staff.name, "", None, staff.pk)], by=cast.party_office
    )
    staff.refresh_from_db()
    assert staff.department == cast.d8


@pytest.mark.parametrize("who", ["first", "leader", "head8", "branch", "staff", "superior", "outsider", "county_office", "system_admin", "stranger"])  # fmt: skip
def test_only_the_offices_of_the_unit_keep_the_roster(cast: Cast, who):
    with refused(NotAllowed):
        people.take_roster(unit=cast.unit, rows=[PersonRow(2, "林见鹿")], by=cast.acting(who))
