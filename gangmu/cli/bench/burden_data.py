"""What lies on four desks on a Monday: made on top of the demo city, by actions only."""

from datetime import date, timedelta

from django.db.models import Q

from gangmu.cli.demo import city
from gangmu.common import clock, source
from gangmu.org import actor
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Post, User
from gangmu.plan.actions import items, plans
from gangmu.plan.models import Plan, PlanItem
from gangmu.tasks.actions import changes, tasks
from gangmu.tasks.actions.tasks import Terms
from gangmu.tasks.models import Change, Task

OPEN_TASKS = 15  # of a department head, each waiting for its line of the month
UNSIGNED = 3
TO_ISSUE = 60  # items of a plan in force that nobody has handed out yet
SUBMITTED = 20  # handed in, waiting for the office's eyes
SILENT = 8  # overdue in other hands
TO_APPROVE = 4  # requests for more time in the departments that a leader is in charge of


def user(name: str) -> Actor:
    return actor.of(User.objects.select_related("person", "unit").get(username=name))


def build() -> Plan:
    """The demo city with a full week's work on it; returns the plan whose items are to be handed out."""
    city.build()
    office = user("shen")
    with source.through("demo"):
        plan = _plan(office)
        head = user("jiang")
        _settle_what_the_demo_left(head, office)
        _desk_of_the_head(head, office)
        _desk_of_the_office(office)
        _desk_of_the_leader(user("lu"), office)
    return plan


def _days(n: int) -> date:
    return clock.today() + timedelta(days=n)


def _plan(office: Actor) -> Plan:
    """A campaign's plan of sixty items, in force since yesterday."""
    with clock.at(_days(-1)):
        unit = office_unit(office)
        plan = plans.draft(unit=unit, year=_days(0).year, title="专项行动分解方案", by=office)
        departments = list(org.departments(unit.pk).filter(line="business"))
        for n in range(TO_ISSUE):
            items.add(
                plan=plan, title=f"专项行动第{n + 1}项", track=PlanItem.Track.MU, by=office, due_on=_days(60 + n % 20),
                lead_department=departments[n % len(departments)],
            )  # fmt: skip
        return plans.adopt(plan=plan, on=_days(-1), by=office)


def office_unit(office: Actor):  # type: ignore[no-untyped-def]
    return User.objects.select_related("unit").get(pk=office.user_id).unit


def _task(office: Actor, department: Department, title: str, due: date, issued: int) -> Task:
    with clock.at(_days(issued)):
        item = PlanItem.objects.filter(
            plan__unit_id=office.unit_id, plan__state="adopted", lead_department=department, is_task=True
        ).first()
        return tasks.issue(
            unit=office_unit(office), title=title, source=Task.Source.PLAN, item=item, department=department, due_on=due,
            terms=Terms(report_day=clock.today().day if issued == 0 else _days(0).day), by=office,
        )  # fmt: skip


def _signed(task: Task, owner: Actor, on: int) -> Task:
    with clock.at(_days(on)):
        return tasks.sign(task=task, by=owner)


def _settle_what_the_demo_left(head: Actor, office: Actor) -> None:
    """The head's desk holds exactly what is said above."""
    mine = Q(department_id__in=head.departments) | Q(parent__department_id__in=head.departments)
    left = Task.objects.filter(mine, state__in=["issued", "under_way"])
    for task in left.order_by("-pk"):  # the parts of a task before the whole
        tasks.cancel(task=task, reason="并入专项", by=office)


def _desk_of_the_head(head: Actor, office: Actor) -> None:
    department = Department.objects.get(pk__in=head.departments)
    for n in range(OPEN_TASKS):
        task = _signed(_task(office, department, f"本部门第{n + 1}项任务", _days(20 + n), -70), head, -68)
        with clock.at(_days(-40)):
            tasks.report(task=task, text=f"已办{n + 2}件", by=head)
    for n in range(UNSIGNED):
        _task(office, department, f"新交办的第{n + 1}项", _days(30 + n), 0)


def _heads(office: Actor) -> list[Actor]:
    names = User.objects.filter(username__startswith="head", unit_id=office.unit_id).values_list(
        "username", flat=True
    )
    return [a for a in map(user, names) if a.departments]


def _desk_of_the_office(office: Actor) -> None:
    heads = [h for h in _heads(office) if not h.departments & office.departments]
    for n in range(SUBMITTED):
        head = heads[n % len(heads)]
        department = Department.objects.filter(pk__in=head.departments)[0]
        task = _signed(_task(office, department, f"报结待查第{n + 1}项", _days(5), -30), head, -29)
        with clock.at(_days(-2)):
            tasks.submit(task=task, text="已办结，台账在案", by=head)
    for n in range(SILENT):
        head = heads[n % len(heads)]
        department = Department.objects.filter(pk__in=head.departments)[0]
        _signed(_task(office, department, f"逾期未报第{n + 1}项", _days(-3), -40), head, -39)


def _desk_of_the_leader(leader: Actor, office: Actor) -> None:
    """Requests from departments that the leader is in charge of."""
    heads = [h for h in [*_heads(office), user("fu")] if h.departments & leader.led_departments]
    for n in range(TO_APPROVE):
        head = heads[n % len(heads)]
        department = Department.objects.filter(pk__in=head.departments & leader.led_departments)[0]
        task = _signed(_task(office, department, f"请示延期第{n + 1}项", _days(3), -30), head, -29)
        changes.ask(
            task=task, kind=Change.Kind.EXTEND, reason="外地证据还没有调齐", due_on=_days(20), by=head
        )


def secretary() -> str:
    """The user name of somebody who is secretary of a branch."""
    posts = Post.objects.filter(kind=Post.Kind.BRANCH_SECRETARY, until__isnull=True)
    offices = ["shen", "gu", "pei"]  # these run every meeting; somebody of a branch is wanted
    found = User.objects.filter(person__in=posts.values("person_id")).exclude(username__in=offices).first()
    assert found is not None  # noqa: S101 - the demo city has one
    return found.username
