"""Who may see and move a task."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission, Role
from gangmu.tasks.models import Change, Contribution, Issue, Milestone, Mobilisation, Task


def _of_unit(actor: Actor) -> bool:
    return not actor.is_admin and actor.person_id is not None


def _whole_unit(actor: Actor) -> bool:
    return actor.can(Permission.TASK_ISSUE) or actor.can(Permission.RULE_READ_ALL)


def _departments(actor: Actor) -> frozenset[int]:
    """Those one heads and the one one belongs to."""
    return actor.departments | ({actor.own_department} if actor.own_department else set())


def _sees(actor: Actor, path: str = "") -> Q:
    """Whoever drives or leads sees the unit's tasks; others those of their department and their own."""
    if not _of_unit(actor):
        return NOBODY
    unit = Q(**{f"{path}unit_id": actor.unit_id})
    if _whole_unit(actor):
        return unit
    departments = _departments(actor)
    mine = Q(**{f"{path}department_id__in": departments}) | Q(
        **{f"{path}co_departments__department_id__in": departments}
    )
    return unit & (mine | Q(**{f"{path}person_id": actor.person_id}))


def _owns(actor: Actor, path: str = "") -> Q:
    """The head of the lead department, or the person answerable."""
    if actor.person_id is None:
        return NOBODY
    head, person = (
        Q(**{f"{path}department_id__in": actor.departments}),
        Q(**{f"{path}person_id": actor.person_id}),
    )
    return Q(**{f"{path}unit_id": actor.unit_id}) & (head | person)


def _verifies(actor: Actor, path: str = "") -> Q:
    """The offices and the first person for the unit, a leader for what he leads.

    Never somebody of the owner's department, whatever post he holds there, nor the person answerable, nor who handed
    it in, wherever he works by now.
    """
    if not actor.can(Permission.TASK_VERIFY) or actor.person_id is None:
        return NOBODY
    owners = Q(**{f"{path}department_id__in": _departments(actor)})
    for name in ("person_id", "submitted_by_id"):
        owners |= Q(**{f"{path}{name}": actor.person_id})
    unit = Q(**{f"{path}unit_id": actor.unit_id}) & ~owners
    if actor.has(Role.FIRST, Role.COMMITTEE, Role.PARTY_OFFICE, Role.OFFICE):
        return unit
    return unit & Q(**{f"{path}department_id__in": actor.led_departments})


def _sees_issue(actor: Actor) -> Q:
    if not _of_unit(actor):
        return NOBODY
    mine = Q(department_id__in=_departments(actor)) | Q(person_id=actor.person_id)
    return Q(unit_id=actor.unit_id) & (Q() if _whole_unit(actor) else mine)


def _works_issue(actor: Actor) -> Q:
    """The offices, the head of the department and the person answerable."""
    if actor.can(Permission.TASK_ISSUE):
        return Q(unit_id=actor.unit_id)
    return _owns(actor)


def _sees_order(actor: Actor, path: str = "") -> Q:
    """Whoever drives or leads; the coordinator; departments and people that are called upon."""
    if not _of_unit(actor):
        return NOBODY
    unit = Q(**{f"{path}unit_id": actor.unit_id})
    if _whole_unit(actor):
        return unit
    called = Q(**{f"{path}contributions__department_id__in": _departments(actor)}) | Q(
        **{f"{path}contributions__person_id": actor.person_id}
    )
    in_force = Q(**{f"{path}state__in": ["in_force", "settled", "called_off"]})
    return unit & (Q(**{f"{path}coordinator_id": actor.person_id}) | in_force & called)


def _drives_order(actor: Actor) -> Q:
    """The offices, and the leader who coordinates."""
    if actor.can(Permission.TASK_ISSUE):
        return Q(unit_id=actor.unit_id)
    return Q(unit_id=actor.unit_id, coordinator_id=actor.person_id, coordinator_id__isnull=False)


see_task: Policy[Task] = Policy(Task, _sees, _("这项任务不在您能看的范围内。"))
see_change: Policy[Change] = Policy(Change, lambda a: _sees(a, "task__"), see_task.reason)
see_milestone: Policy[Milestone] = Policy(Milestone, lambda a: _sees(a, "task__"), see_task.reason)
issue_task: Policy[Task] = Policy(
    Task,
    lambda a: Q(unit_id=a.unit_id) if a.can(Permission.TASK_ISSUE) else NOBODY,
    _("立项交办由党办、办公室办理。"),
)
own_task: Policy[Task] = Policy(Task, _owns, _("这一步由牵头部门正职或责任人办理。"))
verify_task: Policy[Task] = Policy(
    Task,
    _verifies,
    _("核查和销号要由承办部门以外的人办理（党办、办公室或分管领导），报结的人后来换了岗位也不能核查。"),
)
change_task: Policy[Change] = Policy(
    Change,
    lambda a: _verifies(a, "task__") & ~Q(asked_by_id=a.person_id),
    _(
        "延期、中止、恢复、移交由党办、办公室或分管领导审批，承办部门自己不能批，提请求的人后来换了岗位也不能批。"
    ),
)
urge_task: Policy[Task] = Policy(Task, _verifies, _("催办由党办、办公室或分管领导办理，承办部门不用催自己。"))
see_issue: Policy[Issue] = Policy(Issue, _sees_issue, _("这个难点不在您能看的范围内。"))
work_issue: Policy[Issue] = Policy(
    Issue, _works_issue, _("难点热点由牵头部门正职、责任人或党办、办公室办理。")
)
see_order: Policy[Mobilisation] = Policy(Mobilisation, _sees_order, _("这份动员令不在您能看的范围内。"))
see_line: Policy[Contribution] = Policy(Contribution, lambda a: _sees_order(a, "order__"), see_order.reason)
drive_order: Policy[Mobilisation] = Policy(
    Mobilisation, _drives_order, _("动员令由党办、办公室或专门协调的领导办理。")
)
give_to_order: Policy[Contribution] = Policy(
    Contribution,
    lambda a: Q(order__unit_id=a.unit_id, department_id__in=a.departments),
    _("给多少由出力部门的正职确认。"),
)
