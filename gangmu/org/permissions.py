"""What can be permitted, and the roles that bundle it. Codes are stable; unknown names raise.

A role is not granted: it follows from a post (``ROLE_OF_POST``). Only the three administrators are granted.
"""

from enum import StrEnum

from gangmu.org.models import AdminGrant, Post


class Permission(StrEnum):
    PLAN_EDIT = "plan.edit"
    PLAN_ADOPT = "plan.adopt"
    MEETING_CONVENE = "meeting.convene"
    MEETING_READ_ALL = "meeting.read_all"
    TASK_ISSUE = "task.issue"
    TASK_VERIFY = "task.verify"
    INSPECTION_ORDER = "inspection.order"
    RULE_EXCUSE = "rule.excuse"
    RULE_READ_ALL = "rule.read_all"
    AUDIT_READ = "audit.read"
    USER_MANAGE = "user.manage"
    ROLE_MANAGE = "role.manage"
    ROSTER_EDIT = "roster.edit"
    MEMBER_EDIT = "member.edit"


class Role(StrEnum):
    """Who somebody is to the product.

    PARTY_OFFICE   党办: drafts plans, convenes, chases, prepares inspections; keeps rosters and dues. Whole unit.
    OFFICE         办公室: turns decisions into tasks and verifies them; keeps the rosters of staff. Whole unit.
    FIRST          党组书记: decides; sees the whole unit; accepts reasons.
    LEADER         党组成员、院领导: sees the whole unit; verifies what they lead.
    COMMITTEE      机关党委书记、专职副书记: as the party office, and accepts excuses of branches.
    DEPARTMENT     部门正职: works on what the department leads or joins.
    BRANCH         支部书记、组织委员: convenes the branch's meetings.
    STAFF          党员、干警: own tasks.
    SYSTEM_ADMIN / SECURITY_ADMIN / AUDIT_ADMIN   三员: no business at all.
    """

    PARTY_OFFICE = "party_office"
    OFFICE = "office"
    FIRST = "first"
    LEADER = "leader"
    COMMITTEE = "committee"
    DEPARTMENT = "department"
    BRANCH = "branch"
    STAFF = "staff"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


P = Permission
_ROSTERS = {P.ROSTER_EDIT, P.MEMBER_EDIT}
_DRIVING = {P.PLAN_EDIT, P.PLAN_ADOPT, P.MEETING_CONVENE, P.MEETING_READ_ALL, P.TASK_ISSUE, P.TASK_VERIFY}
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PARTY_OFFICE: frozenset(_DRIVING | _ROSTERS | {P.INSPECTION_ORDER, P.RULE_READ_ALL}),
    Role.OFFICE: frozenset(
        {P.MEETING_CONVENE, P.MEETING_READ_ALL, P.TASK_ISSUE, P.TASK_VERIFY, P.ROSTER_EDIT}
    ),
    Role.FIRST: frozenset({P.PLAN_ADOPT, P.MEETING_READ_ALL, P.TASK_VERIFY, P.RULE_READ_ALL, P.RULE_EXCUSE}),
    Role.LEADER: frozenset({P.TASK_VERIFY, P.RULE_READ_ALL}),
    Role.COMMITTEE: frozenset(_DRIVING | _ROSTERS | {P.INSPECTION_ORDER, P.RULE_READ_ALL, P.RULE_EXCUSE}),
    Role.DEPARTMENT: frozenset(),
    Role.BRANCH: frozenset({P.MEETING_CONVENE}),
    Role.STAFF: frozenset(),
    Role.SYSTEM_ADMIN: frozenset({P.USER_MANAGE}),
    Role.SECURITY_ADMIN: frozenset({P.ROLE_MANAGE}),
    Role.AUDIT_ADMIN: frozenset({P.AUDIT_READ}),
}

K = Post.Kind
ROLE_OF_POST: dict[str, Role] = {
    K.GROUP_SECRETARY: Role.FIRST,
    K.GROUP_MEMBER: Role.LEADER,
    K.CHIEF: Role.LEADER,
    K.DEPUTY_CHIEF: Role.LEADER,
    K.COMMITTEE_SECRETARY: Role.COMMITTEE,
    K.FULL_TIME_SECRETARY: Role.COMMITTEE,
    K.FULL_TIME_DEPUTY: Role.COMMITTEE,
    K.PARTY_OFFICE_HEAD: Role.PARTY_OFFICE,
    K.PARTY_OFFICER: Role.PARTY_OFFICE,
    K.OFFICE_HEAD: Role.OFFICE,
    K.DEPARTMENT_HEAD: Role.DEPARTMENT,
    K.BRANCH_SECRETARY: Role.BRANCH,
    K.BRANCH_ORGANISER: Role.BRANCH,
    K.BRANCH_COMMITTEE: Role.STAFF,
    K.GROUP_LEADER: Role.STAFF,
}
ROLE_OF_ADMIN: dict[str, Role] = {
    AdminGrant.Role.SYSTEM: Role.SYSTEM_ADMIN,
    AdminGrant.Role.SECURITY: Role.SECURITY_ADMIN,
    AdminGrant.Role.AUDIT: Role.AUDIT_ADMIN,
}
ADMINS = frozenset(ROLE_OF_ADMIN.values())
# Whose head role a page shows first, and whose home somebody with several posts gets.
RANK = [
    Role.FIRST, Role.LEADER, Role.COMMITTEE, Role.PARTY_OFFICE, Role.OFFICE, Role.DEPARTMENT, Role.BRANCH,
    Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.STAFF,
]  # fmt: skip
