"""Who may see and move a task."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission, Role
from gangmu.tasks.models import Task


def _sees(actor: Actor) -> Q:
    """Whoever drives or leads sees the unit's tasks; others those of their department and their own."""
    if actor.is_admin or actor.person_id is None:
        return NOBODY
    unit = Q(unit_id=actor.unit_id)
    if actor.can(Permission.TASK_ISSUE) or actor.can(Permission.RULE_READ_ALL):
        return unit
    departments = actor.departments | ({actor.own_department} if actor.own_department else set())
    mine = Q(department_id__in=departments) | Q(co_departments__department_id__in=departments)
    return unit & (mine | Q(person_id=actor.person_id))


def _owns(actor: Actor) -> Q:
    """The head of the lead department, or the person answerable."""
    if actor.person_id is None:
        return NOBODY
    return Q(unit_id=actor.unit_id) & (Q(department_id__in=actor.departments) | Q(person_id=actor.person_id))


def _verifies(actor: Actor) -> Q:
    """The offices and the first person for the unit, a leader for what he leads; never the owner of the task."""
    if not actor.can(Permission.TASK_VERIFY):
        return NOBODY
    unit = Q(unit_id=actor.unit_id) & ~_owns(actor)
    if actor.has(Role.FIRST, Role.COMMITTEE, Role.PARTY_OFFICE, Role.OFFICE):
        return unit
    return unit & Q(department_id__in=actor.led_departments)


see_task: Policy[Task] = Policy(Task, _sees, _("这项任务不在您能看的范围内。"))
issue_task: Policy[Task] = Policy(
    Task,
    lambda a: Q(unit_id=a.unit_id) if a.can(Permission.TASK_ISSUE) else NOBODY,
    _("立项交办由党办、办公室办理。"),
)
own_task: Policy[Task] = Policy(Task, _owns, _("这一步由牵头部门正职或责任人办理。"))
verify_task: Policy[Task] = Policy(
    Task, _verifies, _("核查和销号要由承办部门以外的人办理（党办、办公室或分管领导）。")
)
