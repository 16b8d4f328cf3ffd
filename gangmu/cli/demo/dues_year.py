"""Dues of the demo: what three branches' lists said, month by month."""

from datetime import date
from decimal import Decimal

from gangmu.cli.demo.calendar import Story
from gangmu.cli.demo.people import Cast
from gangmu.common import clock
from gangmu.org import queries
from gangmu.papers.roster_party import DuesRow
from gangmu.party_life.actions import dues

BRANCHES = 3
AMOUNTS = ("62.50", "58.00", "71.00", "45.50", "66.00")


def collect(cast: Cast, story: Story, index: int) -> None:
    """One month's list of dues; in the last month two members are still to pay."""
    day = story.workday(index, 23)
    month = day.replace(day=1)
    with clock.at(day):
        rows = [
            row for branch in cast.branches[:BRANCHES] for row in _rows(branch.pk, month, late=index == 11)
        ]
        dues.take_list(unit=cast.unit, rows=rows, by=cast.act("机关党委"))


def _rows(branch: int, month: date, *, late: bool) -> list[DuesRow]:
    rows = []
    for number, person in enumerate(queries.members(branch, clock.today())):
        amount = Decimal(AMOUNTS[number % len(AMOUNTS)])
        unpaid = late and number in (3, 5)
        rows.append(
            DuesRow(
                0,
                person.pk,
                branch,
                month,
                amount,
                None if unpaid else amount,
                None if unpaid else clock.today(),
            )
        )
    return rows
