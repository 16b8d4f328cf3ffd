"""The two ways that ``bench.rosters`` compares, each from an empty roster."""

from django.db import transaction

from gangmu.cli.bench import rosters as bench
from gangmu.common import clock, source
from gangmu.events.log import System
from gangmu.flow import rosters
from gangmu.org import actor
from gangmu.org.actions import people, units
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person, Post, Unit


def unit_and_office(departments: int) -> tuple[Unit, Actor]:
    by = System()
    unit = units.create(name="测速市人民检察院", short="测速", level=Unit.Level.CITY, by=by)
    for n in range(departments):
        units.add_department(unit=unit, name=f"第{n}部", line="business", by=by)
    person = people.enrol(unit=unit, name="测速员", by=by)
    people.appoint(person=person, kind=Post.Kind.PARTY_OFFICE_HEAD, since=clock.today(), by=by)
    user = people.open_account(username="bench", password="bench-only-1", unit=unit, person=person, by=by)  # noqa: S106
    return unit, actor.of(user)


def emptied(unit: Unit) -> None:
    """The next round starts from nothing again; not measured."""
    Person.objects.filter(unit=unit, user__isnull=True).delete()


def bare(data: bytes, unit: Unit, office: Actor) -> int:
    """The bare cells, and a bulk insert of the same rows."""
    rows = bench.cells(data)[2:]
    ids = dict(Department.objects.filter(unit=unit).values_list("name", "pk"))
    with transaction.atomic():
        made = Person.objects.bulk_create(
            [Person(unit=unit, name=r[1], number=r[2], department_id=ids[r[6]]) for r in rows],
            batch_size=2000,
        )
    return len(made)


def ours(data: bytes, unit: Unit, office: Actor) -> int:
    """As on a page: guarded, laid out, checked, stored, recorded."""
    with source.through("import"):
        book = rosters.read_book(data, "花名册.xlsx")
        found = rosters.take(unit=unit, sheet=book.sheets[0], choice=rosters.Choice(kind="people"), by=office)
    return len(found.change.added)
