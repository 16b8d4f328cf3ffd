"""Dues as a list, and who sees them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gangmu.common.errors import NotAllowed
from gangmu.papers.roster_party import DuesRow
from gangmu.party_life import dues as reads
from gangmu.party_life import policies
from gangmu.party_life.actions import dues
from gangmu.party_life.models import Dues
from tests.cast import Cast, event_ids, recorded, refused

MARCH = date(2026, 3, 1)


def row(cast: Cast, key: str, month: date = MARCH, due="65.50", paid: str | None = "65.50") -> DuesRow:
    return DuesRow(
        2,
        cast.people[key].pk,
        cast.branch1.pk,
        month,
        Decimal(due),
        Decimal(paid) if paid else None,
        date(2026, 3, 9),
    )


def take(cast: Cast, *rows: DuesRow, by: str = "party_office"):
    return dues.take_list(unit=cast.unit, rows=rows, by=cast.acting(by))


def test_what_is_listed_is_recorded(cast: Cast):
    with recorded("party_life.take_dues") as event:
        take(cast, row(cast, "head8"), row(cast, "staff", paid=None))
    record = Dues.objects.get(person=cast.people["head8"])
    assert (record.due, record.paid, record.month) == (Decimal("65.50"), Decimal("65.50"), MARCH)
    assert event.after["added"] == 2 and event.about == [["org.partyorg", cast.branch1.pk]]
    assert reads.owing(Dues.objects.get(person=cast.people["staff"])) and not reads.owing(record)


def test_a_later_list_completes_and_the_same_changes_nothing(cast: Cast):
    take(cast, row(cast, "staff", paid=None))
    assert take(cast, row(cast, "staff")).altered == 1
    before = event_ids()
    assert take(cast, row(cast, "staff")).nothing and event_ids() == before
    assert take(cast, row(cast, "staff", paid=None)).nothing, "an empty cell takes nothing back"


def test_the_database_keeps_no_debt_below_nothing_and_no_month_twice(cast: Cast):
    take(cast, row(cast, "staff"))
    for wrong in ({"month": MARCH, "paid": 1}, {"month": date(2026, 4, 1), "paid": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dues.objects.create(person=cast.people["staff"], party_org=cast.branch1, **wrong)


@pytest.mark.parametrize(
    "who", ["office", "first", "branch", "organiser", "staff", "outsider", "system_admin"]
)
def test_only_the_party_office_takes_dues(cast: Cast, who):
    with refused(NotAllowed):
        take(cast, row(cast, "staff"), by=who)


SEEN = {"party_office": 3, "committee": 3, "branch": 3, "organiser": 3, "head8": 1, "staff": 1}


def test_who_has_not_paid_is_seen_by_the_branch_secretary_the_party_office_and_oneself(cast: Cast):
    take(cast, row(cast, "staff", paid=None), row(cast, "head8"), row(cast, "organiser"))
    for who, actor in cast.everybody().items():
        visible = policies.see_dues.filter(actor)
        assert visible.count() == SEEN.get(who, 0), who
        assert all(
            policies.see_dues.allows(actor, record) == (record in visible) for record in Dues.objects.all()
        )


def test_the_ledger_follows_the_roster_never_the_amounts(cast: Cast):
    take(
        cast,
        row(cast, "organiser", paid="1.00"),
        row(cast, "branch"),
        row(cast, "head8", date(2026, 2, 1), "9.00", "9.00"),
    )
    lines = reads.ledger(cast.branch1, 2026, Dues.objects.all())
    assert [line.person.name for line in lines] == ["江照野", "宁致和", "贺清秋"]
    assert reads.totals(lines) == {3: (Decimal("131.00"), Decimal("66.50")), 2: (Decimal(9), Decimal(9))}
    assert reads.ledger(cast.branch1, 2025, Dues.objects.all()) == []
