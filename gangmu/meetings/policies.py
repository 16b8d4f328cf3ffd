"""Who may see and run which meeting."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.meetings.models import Decision, Meeting, MinutesPaper
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission, Role


def _sees(actor: Actor, path: str = "") -> Q:
    """Minutes of restricted bodies: those invited, the recorder, the office. Branch meetings: its members."""
    if actor.is_admin or actor.person_id is None:
        return NOBODY
    unit = Q(**{f"{path}unit_id": actor.unit_id})
    if actor.can(Permission.MEETING_READ_ALL):
        return unit
    invited = Q(**{f"{path}attendances__person_id": actor.person_id})
    recorder = Q(**{f"{path}recorder_id": actor.person_id})
    own = Q(**{f"{path}party_org_id__in": actor.orgs | actor.branches})
    return unit & (invited | recorder | own)


def _runs(actor: Actor, path: str = "") -> Q:
    """The offices run the unit's meetings, a branch its own; the recorder writes what he was asked to."""
    unit = Q(**{f"{path}unit_id": actor.unit_id})
    recorder = Q(**{f"{path}recorder_id": actor.person_id, f"{path}recorder_id__isnull": False})
    if actor.has(Role.PARTY_OFFICE, Role.COMMITTEE, Role.OFFICE):
        return unit
    return unit & (Q(**{f"{path}party_org_id__in": actor.branches}) | recorder)


see_meeting: Policy[Meeting] = Policy(Meeting, _sees, _("这次会议的记录只给参加的人、记录人和办公室看。"))
run_meeting: Policy[Meeting] = Policy(
    Meeting, _runs, _("会议由党办、办公室办理，支部的会由本支部书记、组织委员办理。")
)
see_decision: Policy[Decision] = Policy(
    Decision,
    lambda a: _sees(a, "agenda_item__meeting__") | Q(department_id__in=a.departments),
    _("这条决定不在您能看的范围内。"),
)
deploy_decision: Policy[Decision] = Policy(
    Decision,
    lambda a: Q(agenda_item__meeting__unit_id=a.unit_id) if a.can(Permission.TASK_ISSUE) else NOBODY,
    _("把决定立项交办由办公室或党办办理。"),
)


def _brought(actor: Actor) -> Q:
    return Q(unit_id=actor.unit_id, brought_by_id=actor.person_id) if actor.person_id else NOBODY


see_minutes: Policy[MinutesPaper] = Policy(
    MinutesPaper,
    lambda a: Q(unit_id=a.unit_id) if a.can(Permission.MEETING_READ_ALL) else _brought(a),
    _("导入的纪要只给导入的人和办公室看。"),
)
work_minutes: Policy[MinutesPaper] = Policy(
    MinutesPaper,
    lambda a: Q(unit_id=a.unit_id) if a.has(Role.PARTY_OFFICE, Role.COMMITTEE, Role.OFFICE) else _brought(a),
    _("导入的纪要由导入的人或者党办、办公室核对。"),
)
