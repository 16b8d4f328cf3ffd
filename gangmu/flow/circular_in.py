"""A supervision circular beside the unit's own open tasks: what may belong together, for a person to judge. It writes nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.papers.errors import Unreadable
from gangmu.papers.model import Source
from gangmu.papers.progress import Circular, Entry, likeness, read_circular
from gangmu.papers.read import read
from gangmu.tasks import policies, queries
from gangmu.tasks.models import Task
from gangmu.tasks.states import DONE, OPEN

NEAR = 0.6  # share of the shorter title's pairs of characters
SHOWN = 5  # tasks beside one entry


@dataclass(frozen=True)
class Beside:
    """An entry with the open tasks of the departments it names; ``near``: keys of those with a similar title."""

    entry: Entry
    tasks: list[Task]
    near: frozenset[int]
    unknown: list[str]


@dataclass(frozen=True)
class Reading:
    source: Source
    circular: Circular
    rows: list[Beside]


def read_beside(*, data: bytes, name: str, by: Actor) -> Reading:
    """Read a circular and put the tasks that ``by`` may see beside it. Four queries however long it is."""
    names = org.names(by.unit_id)
    try:
        source = read(data, name)
    except Unreadable as problem:
        raise Invalid(_(problem.message), field="file") from problem
    circular = read_circular(source, units=list(names.departments))
    seen = policies.see_task.filter(by, Task.objects.filter(unit_id=by.unit_id, state__in=OPEN - DONE))
    tasks = list(queries.with_progress(seen))
    return Reading(source, circular, [_beside(e, tasks, names) for e in circular.entries])


def _beside(entry: Entry, tasks: list[Task], names: org.Names) -> Beside:
    """The department must be the same; a similar title only puts a task first."""
    ids = {pk for unit in entry.units if (pk := names.department(unit))}
    own = [t for t in tasks if t.department_id in ids]
    alike = {t.pk: likeness(entry.title, t.title) for t in own}
    own.sort(key=lambda t: -alike[t.pk])
    unknown = [u for u in entry.units if names.department(u) is None]
    return Beside(entry, own[:SHOWN], frozenset(pk for pk, share in alike.items() if share >= NEAR), unknown)
