"""What a measured page reads from, written in bulk: one unit with a large plan, then a country around it."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection

from gangmu.common import clock
from gangmu.events.log import System
from gangmu.org.actions import people, units
from gangmu.org.models import Department, Person, Post, Unit, UnitClosure, User
from gangmu.plan.models import EntryPoint, Plan, PlanItem
from gangmu.rules import store
from gangmu.tasks.models import Progress, Task

ITEMS = 20_000
PASSWORD = "bench-only-1"  # noqa: S105 - a throw-away database
KINDS = EntryPoint.Kind.values


def build(items: int = ITEMS) -> tuple[User, Plan, PlanItem]:
    """The party office's account, the plan, and an item in its middle that has knots and tasks."""
    by, today = System(), clock.today()
    unit = units.create(name="测速市人民检察院", short="测速", level=Unit.Level.CITY, by=by)
    departments = [
        units.add_department(unit=unit, name=f"第{n}部", line="party" if n == 0 else "business", by=by)
        for n in range(20)
    ]
    person = people.enrol(unit=unit, name="测速员", department=departments[0], by=by)
    since = today - timedelta(days=400)
    people.appoint(
        person=person, kind=Post.Kind.PARTY_OFFICE_HEAD, department=departments[0], since=since, by=by
    )
    user = User.objects.create(username="bench", password=make_password(PASSWORD), unit=unit, person=person)
    plan = Plan.objects.create(
        unit=unit, year=today.year, title="测速计划", state="adopted", adopted_on=today - timedelta(days=200)
    )
    rows = PlanItem.objects.bulk_create(_items(plan, departments, items), batch_size=2000)
    _knots(rows)
    _tasks(unit, rows, person)
    store.recheck()
    _analyse()
    return user, plan, rows[items // 2]


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a running database has statistics


def fill(plan: Plan, *, tasks: int, lines: int) -> None:
    """More tasks on the items of a plan, in every state, and lines of progress, up to so many in all."""
    rows, person = list(plan.items.all()), Person.objects.filter(unit=plan.unit)[0]
    issued, states = (
        clock.today() - timedelta(days=150),
        ["under_way", "submitted", "verified", "closed", "issued"],
    )
    made = Task.objects.bulk_create(
        [
            Task(
                unit=plan.unit, title=f"第{n}件任务", source="plan", item=rows[n % len(rows)],
                department_id=rows[n % len(rows)].lead_department_id or 0, issued_on=issued, signed_on=issued,
                due_on=issued + timedelta(days=60 + n % 200), state=states[n % 5],
            )
            for n in range(tasks - Task.objects.filter(unit=plan.unit).count())
        ],
        batch_size=2000,
    )  # fmt: skip
    days = range(lines - Progress.objects.filter(task__unit=plan.unit).count())
    Progress.objects.bulk_create(
        [
            Progress(
                task=made[n % len(made)],
                text="按计划推进",
                happened_on=issued + timedelta(days=n % 100),
                author=person,
            )
            for n in days
        ],
        batch_size=4000,
    )
    _analyse()


OWN_ITEMS = 12  # of each unit of the country: plan items, and a task with two lines of progress for each


def surround(units_more: int) -> None:
    """A country of further units around the measured one: a tree four high, each with departments, a plan and tasks."""
    made = _country(units_more)
    departments = Department.objects.bulk_create(
        [Department(unit=u, name=f"第{n}检察部", line="business") for u in made for n in (1, 2, 3)],
        batch_size=4000,
    )
    people_ = Person.objects.bulk_create([Person(unit=u, name="某人") for u in made], batch_size=4000)
    year, adopted = clock.today().year, clock.today() - timedelta(days=200)
    plans = Plan.objects.bulk_create(
        [Plan(unit=u, year=year, title=f"{u.short}计划", state="adopted", adopted_on=adopted) for u in made],
        batch_size=4000,
    )
    for n in range(0, len(made), 500):  # in parts: all at once would be half a million objects in memory
        rows: list[PlanItem] = []
        for k in range(n, min(n + 500, len(made))):
            rows += _items(plans[k], departments[3 * k : 3 * k + 3], OWN_ITEMS)
        rows = PlanItem.objects.bulk_create(rows, batch_size=4000)
        _knots(rows)
        for k in range(n, min(n + 500, len(made))):
            _tasks(made[k], rows[(k - n) * OWN_ITEMS : (k - n + 1) * OWN_ITEMS], people_[k])
    _analyse()


def _country(count: int) -> list[Unit]:
    """One nation, about 30 provinces, ten cities each, the rest counties; with closure rows and paths."""
    made: list[Unit] = []
    while len(made) < count:
        n = len(made)
        level, parent = (
            (Unit.Level.NATION, None) if n == 0
            else (Unit.Level.PROVINCE, made[0]) if n <= 30
            else (Unit.Level.CITY, made[1 + (n - 31) % 30]) if n <= 330
            else (Unit.Level.COUNTY, made[31 + (n - 331) % 300])
        )  # fmt: skip
        path = (parent.path if parent else "9") + f"{n:05d}"
        unit = Unit(name=f"第{n}号人民检察院", short=f"{n}号", level=level, parent=parent, path=path)
        made.append(unit)
        if n in (0, 30, 330):  # parents need their keys before the next level is made
            _store([u for u in made if u.pk is None])
    _store([u for u in made if u.pk is None])
    UnitClosure.objects.bulk_create(
        [
            UnitClosure(ancestor=above, descendant=unit, depth=depth)
            for unit in made
            for depth, above in enumerate(_upwards(unit))
        ],
        batch_size=4000,
    )
    return made


def _store(units_: list[Unit]) -> None:
    Unit.objects.bulk_create(units_, batch_size=1000)


def _upwards(unit: Unit) -> list[Unit]:
    return [unit, *(_upwards(unit.parent) if unit.parent else [])]


def _items(plan: Plan, departments: list[Department], count: int) -> list[PlanItem]:
    today = clock.today()
    facets = PlanItem.Facet.values
    return [
        PlanItem(
            plan=plan,
            position=n + 1,
            level=1,
            title=f"第{n}项工作按期推进",
            track="gang" if n % 3 == 0 else "mu",
            facet=facets[n % 4] if n % 3 == 0 else "",
            lead_department=departments[n % len(departments)],
            due_kind="date",
            due_on=today + timedelta(days=n % 300 - 60),
        )  # fmt: skip
        for n in range(count)
    ]


def _knots(rows: list[PlanItem]) -> None:
    """Every business item but one in ten is tied to the party item before it."""
    EntryPoint.objects.bulk_create(
        [
            EntryPoint(gang=rows[n - n % 3], mu=row, kind=KINDS[n % 5], expected="看得见的成效")
            for n, row in enumerate(rows)
            if row.track == "mu" and n % 10
        ],
        batch_size=2000,
    )


def _tasks(unit: Unit, rows: list[PlanItem], person: Person) -> None:
    """A task for every item, four in five closed; two lines of progress each."""
    issued = clock.today() - timedelta(days=150)
    tasks = Task.objects.bulk_create(
        [
            Task(
                unit=unit,
                title=row.title,
                source="plan",
                item=row,
                department_id=row.lead_department_id or 0,
                issued_on=issued,
                due_on=max(row.due_on or issued, issued),
                signed_on=issued,
                state="closed" if n % 5 else "under_way",
                verified_on=clock.today() if n % 5 else None,
            )  # fmt: skip
            for n, row in enumerate(rows)
        ],
        batch_size=2000,
    )
    Progress.objects.bulk_create(
        [
            Progress(
                task=task, text="按计划推进", happened_on=issued + timedelta(days=step * 30), author=person
            )
            for task in tasks
            for step in (1, 2)
        ],
        batch_size=4000,
    )
