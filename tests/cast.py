"""The cast: who is who in every test, and the records a test starts from.

A city unit (江州) below a province, with one county; an unrelated other city. People, posts and accounts are put
in at once; what follows from posts (``cast.head8`` …) is asked of ``gangmu.org.actor.of`` as everywhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.hashers import make_password
from django.db.models import Model

from gangmu.common import clock
from gangmu.common.errors import Invalid, Refused
from gangmu.events import readers
from gangmu.events.models import Event
from gangmu.flow import steps
from gangmu.inspection.actions import campaigns, findings, inspections, proposals
from gangmu.inspection.codes import code_of
from gangmu.inspection.models import Campaign, Finding, Inspection, Line, Measure, Problem, ProposedEntryPoint
from gangmu.jobs import running
from gangmu.jobs.actions import jobs
from gangmu.jobs.models import Job
from gangmu.jobs.registry import Made, Run, register
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import AgendaItem, Decision, Meeting, MeetingKind, StandingAttendance
from gangmu.org import actor
from gangmu.org.actor import Actor
from gangmu.org.models import (
    AdminGrant,
    Department,
    Membership,
    PartyOrg,
    Person,
    Post,
    Unit,
    UnitClosure,
    User,
)
from gangmu.papers import visit_sheet
from gangmu.plan.actions import directives, entry_points, items, plans
from gangmu.plan.models import Directive, EntryPoint, Plan, PlanItem
from gangmu.review.actions import honours
from gangmu.review.actions.honours import Recipients
from gangmu.review.models import Honour
from gangmu.tasks.actions import mobilisations, tasks
from gangmu.tasks.models import Mobilisation, Task

DAY = date(2026, 6, 10)
FOUNDED = date(2024, 1, 1)
PASSWORD = "test-password-1"
_hashed: list[str] = []


class Acting:
    """Somebody who acts: ``cast.head8`` is an ``Actor``, made when first asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, cast: "Cast | None", owner: type) -> Actor:
        return self if cast is None else cast.acting(self.name)  # type: ignore[return-value]


@dataclass
class Cast:
    """Everybody and everything a test names. ``people`` and ``users`` have the same keys as the actors."""

    province: Unit
    unit: Unit
    county: Unit
    other: Unit
    departments: dict[str, Department] = field(default_factory=dict)
    orgs: dict[str, PartyOrg] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    known: dict[str, Actor] = field(default_factory=dict)

    first = Acting()  # 党组书记、检察长
    leader = Acting()  # 党组成员、副检察长, in charge of 第八检察部
    committee = Acting()  # 机关党委专职副书记
    party_office = Acting()  # 党办主任
    office = Acting()  # 办公室主任
    head8 = Acting()  # 第八检察部主任
    head6 = Acting()  # 第六检察部主任
    branch = Acting()  # 第一党支部书记
    organiser = Acting()  # 第一党支部组织委员
    staff = Acting()  # 第八检察部干警
    county_office = Acting()  # 党办主任 of the county
    superior = Acting()  # 党办主任 of the province
    outsider = Acting()  # 党办主任 of the other city
    stranger = Acting()  # an account with neither person nor grant
    system_admin = Acting()
    security_admin = Acting()
    audit_admin = Acting()

    def acting(self, name: str) -> Actor:
        if name not in self.known:
            self.known[name] = actor.of(
                User.objects.select_related("person", "unit").get(pk=self.users[name].pk)
            )
        return self.known[name]

    def everybody(self) -> dict[str, Actor]:
        return {name: self.acting(name) for name in self.users}

    @property
    def admins(self) -> list[Actor]:
        return [self.system_admin, self.security_admin, self.audit_admin]

    @property
    def party(self) -> Department:
        """机关党委, whose head is the party office."""
        return self.departments["机关党委"]

    @property
    def support(self) -> Department:
        """办公室."""
        return self.departments["办公室"]

    @property
    def d8(self) -> Department:
        return self.departments["第八检察部"]

    @property
    def d6(self) -> Department:
        return self.departments["第六检察部"]

    @property
    def branch1(self) -> PartyOrg:
        """Branch of 第八检察部: four full members and a probationary one."""
        return self.orgs["第一党支部"]

    @property
    def branch2(self) -> PartyOrg:
        return self.orgs["第二党支部"]

    @property
    def cell(self) -> PartyOrg:
        """A 党小组 of branch 1."""
        return self.orgs["第一党支部一组"]

    @property
    def group(self) -> PartyOrg:
        """The 党组."""
        return self.orgs["江州市人民检察院党组"]


K = Post.Kind
# key: (name, unit, department, party organisation, account)
PEOPLE = {
    "first": ("秦望舒", "unit", None, "第一党支部", True),
    "leader": ("韩知远", "unit", None, "第二党支部", True),
    "leader2": ("苏慎行", "unit", None, "第二党支部", False),
    "committee": ("方既白", "unit", "机关党委", "第二党支部", True),
    "party_office": ("沈若水", "unit", "机关党委", "第二党支部", True),
    "office": ("裴思齐", "unit", "办公室", "第二党支部", True),
    "head8": ("江照野", "unit", "第八检察部", "第一党支部", True),
    "head6": ("傅云深", "unit", "第六检察部", "第二党支部", True),
    "branch": ("宁致和", "unit", "第八检察部", "第一党支部", True),
    "organiser": ("贺清秋", "unit", "第八检察部", "第一党支部", True),
    "staff": ("温如玉", "unit", "第八检察部", "第一党支部", True),
    "county_office": ("陆行简", "county", "政治部", "临川县院党支部", True),
    "county_head": ("白一鸣", "county", "第一检察部", "临川县院党支部", False),
    "superior": ("顾长风", "province", None, None, True),
    "outsider": ("叶知秋", "other", "机关党委（他市）", None, True),
}
# key: (post, department, party organisation, departments in charge of)
POSTS = [
    ("first", K.GROUP_SECRETARY, None, None, ("办公室",)),
    ("first", K.CHIEF, None, None, ()),
    ("leader", K.GROUP_MEMBER, None, None, ("第八检察部",)),
    ("leader", K.DEPUTY_CHIEF, None, None, ()),
    ("leader2", K.GROUP_MEMBER, None, None, ("第六检察部", "机关党委")),
    ("leader2", K.DEPUTY_CHIEF, None, None, ()),
    ("committee", K.FULL_TIME_DEPUTY, None, None, ()),
    ("party_office", K.PARTY_OFFICE_HEAD, "机关党委", None, ()),
    ("office", K.OFFICE_HEAD, "办公室", None, ()),
    ("head8", K.DEPARTMENT_HEAD, "第八检察部", None, ()),
    ("head6", K.DEPARTMENT_HEAD, "第六检察部", None, ()),
    ("branch", K.BRANCH_SECRETARY, None, "第一党支部", ()),
    ("organiser", K.BRANCH_ORGANISER, None, "第一党支部", ()),
    ("head6", K.BRANCH_SECRETARY, None, "第二党支部", ()),
    ("staff", K.GROUP_LEADER, None, "第一党支部一组", ()),
    ("county_office", K.PARTY_OFFICE_HEAD, "政治部", None, ()),
    ("county_office", K.BRANCH_SECRETARY, None, "临川县院党支部", ()),
    ("county_head", K.DEPARTMENT_HEAD, "第一检察部", None, ()),
    ("superior", K.PARTY_OFFICE_HEAD, None, None, ()),
    ("outsider", K.PARTY_OFFICE_HEAD, "机关党委（他市）", None, ()),
]
DEPARTMENTS = [
    ("unit", "机关党委", "party"),
    ("unit", "办公室", "support"),
    ("unit", "第八检察部", "business"),
    ("unit", "第六检察部", "business"),
    ("county", "政治部", "party"),
    ("county", "第一检察部", "business"),
    ("other", "机关党委（他市）", "party"),
]
ORGS = [
    ("unit", PartyOrg.Kind.LEADING_GROUP, "江州市人民检察院党组", None),
    ("unit", PartyOrg.Kind.COMMITTEE, "机关党委（委员会）", None),
    ("unit", PartyOrg.Kind.BRANCH, "第一党支部", "机关党委（委员会）"),
    ("unit", PartyOrg.Kind.BRANCH, "第二党支部", "机关党委（委员会）"),
    ("unit", PartyOrg.Kind.GROUP, "第一党支部一组", "第一党支部"),
    ("county", PartyOrg.Kind.LEADING_GROUP, "临川县院党组", None),
    ("county", PartyOrg.Kind.BRANCH, "临川县院党支部", None),
]
# The probationary member of branch 1, and who meets in its group.
PROBATIONARY, CELL = "staff", ("organiser", "staff", "head8")


def assemble() -> Cast:
    """The whole cast in about thirty statements."""
    cast = _units()
    _bodies(cast)
    _people(cast)
    _accounts(cast)
    StandingAttendance.objects.bulk_create(
        StandingAttendance(unit=cast.unit, kind_id=code, post_kind=post, since=FOUNDED)
        for code in ("leading_group", "chiefs")
        for post in (K.FULL_TIME_DEPUTY, K.PARTY_OFFICE_HEAD)
    )
    return cast


def _units() -> Cast:
    made: dict[str, Unit] = {}
    rows = [
        ("province", "望江省人民检察院", "省院", "province", None, "00001"),
        ("unit", "江州市人民检察院", "江州市院", "city", "province", "0000100001"),
        ("county", "临川县人民检察院", "临川县院", "county", "unit", "000010000100001"),
        ("other", "海州市人民检察院", "海州市院", "city", "province", "0000100002"),
    ]
    for key, name, short, level, parent, path in rows:
        above = made.get(parent or "")
        made[key] = Unit.objects.create(name=name, short=short, level=level, parent=above, path=path)
    closure = []
    for unit in made.values():
        over, depth = unit, 0
        while over is not None:
            closure.append(UnitClosure(ancestor=over, descendant=unit, depth=depth))
            over, depth = over.parent, depth + 1
    UnitClosure.objects.bulk_create(closure)
    return Cast(**made)


def _bodies(cast: Cast) -> None:
    rows = [
        Department(unit=getattr(cast, unit), name=name, line=line, position=position)
        for position, (unit, name, line) in enumerate(DEPARTMENTS)
    ]
    cast.departments = {d.name: d for d in Department.objects.bulk_create(rows)}
    for unit, kind, name, parent in ORGS:
        cast.orgs[name] = PartyOrg.objects.create(
            unit=getattr(cast, unit),
            kind=kind,
            name=name,
            parent=cast.orgs.get(parent or ""),
            founded_on=FOUNDED,
        )
    cast.branch1.departments.add(cast.d8)


def _people(cast: Cast) -> None:
    rows = [
        Person(unit=getattr(cast, unit), name=name, department=cast.departments.get(department or ""))
        for name, unit, department, _org, _account in PEOPLE.values()
    ]
    cast.people = dict(zip(PEOPLE, Person.objects.bulk_create(rows), strict=True))
    joined = [(key, org) for key, (_n, _u, _d, org, _a) in PEOPLE.items() if org]
    joined += [(key, cast.cell.name) for key in CELL]
    Membership.objects.bulk_create(
        Membership(
            person=cast.people[key], party_org=cast.orgs[org], since=FOUNDED,
            status="probationary" if key == PROBATIONARY else "full",
        )
        for key, org in joined
    )  # fmt: skip
    posts = Post.objects.bulk_create(
        Post(
            person=cast.people[key], kind=kind, unit=cast.people[key].unit, since=FOUNDED,
            department=cast.departments.get(department or ""), party_org=cast.orgs.get(org or ""),
        )
        for key, kind, department, org, _led in POSTS
    )  # fmt: skip
    charge = Post.in_charge_of.through
    charge.objects.bulk_create(
        charge(post=post, department=cast.departments[name])
        for post, (_k, _p, _d, _o, led) in zip(posts, POSTS, strict=True)
        for name in led
    )


def _accounts(cast: Cast) -> None:
    if not _hashed:
        _hashed.append(make_password(PASSWORD))
    admins = AdminGrant.Role.values
    keys = [key for key, row in PEOPLE.items() if row[4]] + ["stranger", *admins]
    users = User.objects.bulk_create(
        User(
            username=key, password=_hashed[0], person=cast.people.get(key),
            unit=cast.people[key].unit if key in cast.people else cast.unit,
        )
        for key in keys
    )  # fmt: skip
    cast.users = dict(zip(keys, users, strict=True))
    AdminGrant.objects.bulk_create(AdminGrant(user=cast.users[role], role=role) for role in admins)


# What a test starts from


@dataclass
class Planned:
    """A plan with a party item and two business items; the first business item is bound by ``knot``."""

    plan: Plan
    gang: PlanItem
    mu: PlanItem
    loose: PlanItem
    knot: EntryPoint


def plan_with_items(
    cast: Cast, *, adopted: bool = True, year: int = DAY.year, by: Actor | None = None
) -> Planned:
    """A plan of 党建 and business items; in force since twenty days ago unless it is to stay a draft."""
    by = by or cast.party_office
    plan = plans.draft(unit=cast.unit, year=year, title=f"{year}年工作要点", by=by)
    gang = items.add(
        plan=plan, title="党员先锋岗", track="gang", facet="work", lead_department=cast.party, by=by
    )
    mu = items.add(plan=plan, title="公益诉讼专项", track="mu", lead_department=cast.d8, by=by)
    items.add(plan=plan, title="民事执行监督", track="mu", lead_department=cast.d6, by=by)
    knot = entry_points.tie(gang=gang, mu=mu, kind="push", expected="先锋岗设到办案组", by=by)
    if adopted:
        plan = plans.adopt(plan=plan, on=DAY - timedelta(days=20), by=by)
    return Planned(plan, *PlanItem.objects.filter(plan=plan).order_by("position"), knot)


def directive_received(cast: Cast, points: tuple[str, ...] = ("抓好公益诉讼", "抓好支部建设")) -> Directive:
    return directives.register(
        unit=cast.unit, issuer="望江省人民检察院党组", title="今年工作的意见", doc_no="望检党〔2026〕1号",
        issued_on=DAY - timedelta(days=90), points=points, by=cast.party_office,
    )  # fmt: skip


def kind(code: str) -> MeetingKind:
    return MeetingKind.objects.get(pk=code)


def meeting_convened(
    cast: Cast, code: str = "leading_group", *, on: date = DAY, party_org: PartyOrg | None = None,
    by: Actor | None = None, **more: object,
) -> Meeting:  # fmt: skip
    """A meeting on the list, not yet held. The party group is due with three voters and two who sit in."""
    return meetings.convene(
        unit=party_org.unit if party_org else cast.unit, kind=kind(code), held_on=on, party_org=party_org,
        by=by or cast.party_office, **more,
    )  # fmt: skip


def meeting_recorded(
    cast: Cast, code: str = "leading_group", *, absent: tuple[str, ...] = (), **more
) -> Meeting:
    """A meeting that was held, with its attendance; ``absent`` names people of the cast."""
    meeting = meeting_convened(cast, code, **more)
    gone = {cast.people[key].pk: "出差" for key in absent}
    return meetings.record_attendance(meeting=meeting, absent=gone, by=more.get("by") or cast.party_office)


def meeting_final(cast: Cast, code: str = "leading_group", **more) -> Meeting:
    meeting = meeting_recorded(cast, code, **more)
    return meetings.finalise(meeting=meeting, by=more.get("by") or cast.party_office)


def topic_on(cast: Cast, meeting: Meeting, *, topic: str = "business", **more) -> AgendaItem:
    return meetings.add_topic(
        meeting=meeting, title="研究公益诉讼", topic=topic, by=cast.party_office, **more
    )


def decided(cast: Cast, *, final: bool = True, due_in: int | None = 14, **more) -> Decision:
    """A decision of the party group of today, for 第八检察部."""
    meeting = meeting_recorded(cast)
    decision = decisions.decide(
        agenda_item=topic_on(cast, meeting), text="由第八检察部牵头抓好", department=cast.d8,
        due_on=DAY + timedelta(days=due_in) if due_in is not None else None, by=cast.party_office, **more,
    )  # fmt: skip
    if final:
        meetings.finalise(meeting=meeting, by=cast.party_office)
    return Decision.objects.get(pk=decision.pk)


def task_issued(cast: Cast, *, to: str = "第八检察部", due_in: int = 10, **more) -> Task:
    return tasks.issue(
        unit=cast.unit, title="整理排口清单", source="plan", department=cast.departments[to],
        due_on=clock.today() + timedelta(days=due_in), by=cast.party_office, **more,
    )  # fmt: skip


def task_signed(cast: Cast, **more) -> Task:
    return tasks.sign(task=task_issued(cast, **more), by=cast.head8)


def task_submitted(cast: Cast, **more) -> Task:
    return tasks.submit(task=task_signed(cast, **more), text="已办结", by=cast.head8)


def task_verified(cast: Cast, **more) -> Task:
    return tasks.verify(task=task_submitted(cast, **more), by=cast.party_office)


def order_drafted(cast: Cast) -> Mobilisation:
    """韩知远 (leader) coordinates; 第八检察部 gives five people."""
    row = mobilisations.draft(
        unit=cast.unit, title="排口专案", kind="case", purpose="查清全部排口", coordinator=cast.people["leader"],
        item=plan_with_items(cast).mu, starts_on=DAY, ends_on=DAY + timedelta(days=9), by=cast.office,
    )  # fmt: skip
    mobilisations.ask_for(
        order=row, kind="people", department=cast.d8, text="办案人员", asked=Decimal(5), by=cast.office
    )
    return row


def order_in(cast: Cast, draft: Mobilisation, state: str) -> Mobilisation:
    """The same order, brought to a state."""
    if state == "draft":
        return draft
    if state == "called_off":
        return mobilisations.call_off(order=draft, reason="不办了", by=cast.office)
    row = mobilisations.order(order=draft, by=cast.office)
    if state == "settled":
        row = mobilisations.settle(order=row, result="查清", party_result="冲在前", used={}, by=cast.office)
    return row


def inspection_ordered(cast: Cast, planned: Planned, *, on: date = DAY) -> Inspection:
    """党办 and the head of 第六检察部 look at the bound and at the loose business item: two lines."""
    return inspections.order(
        unit=cast.unit, title="年中联合督查", visit_on=on, party_people=[cast.people["party_office"]],
        business_people=[cast.people["head6"]], items=[planned.mu, planned.loose], by=cast.party_office,
    )  # fmt: skip


def line_of(inspection: Inspection, item: PlanItem) -> Line:
    return Line.objects.select_related("inspection", "item", "entry_point").get(
        inspection=inspection, item=item
    )


def inspection_visited(cast: Cast, planned: Planned, *, grade: str = "effective", **more) -> Inspection:
    """Both lines are looked at from both sides."""
    inspection = inspection_ordered(cast, planned, **more)
    for item in (planned.mu, planned.loose):
        inspections.look(
            line=line_of(inspection, item), business_effect="案件按期办结", party_effect="先锋岗在办案组",
            grade=grade, by=cast.party_office,
        )  # fmt: skip
    return Inspection.objects.get(pk=inspection.pk)


def finding_raised(cast: Cast, inspection: Inspection, planned: Planned) -> Finding:
    return findings.raise_finding(
        line=line_of(inspection, planned.mu), side="business", text="取样记录不全", department=cast.d8,
        due_on=DAY + timedelta(days=30), by=cast.party_office,
    )  # fmt: skip


def visit_planned(cast: Cast, *, on: date = DAY + timedelta(days=40), **more: object) -> Inspection:
    """On the year's programme, to 第八检察部."""
    values: dict = {"departments": [cast.d8]} | more
    return inspections.plan_visit(
        unit=cast.unit, title="三季度督查", visit_on=on, by=cast.party_office, **values
    )


def walk_ordered(cast: Cast, *, on: date = DAY, **more: object) -> Inspection:
    """A leader walks to the first branch: no items, nobody else."""
    values: dict = {"leader": cast.people["leader"], "branch": cast.branch1} | more
    return inspections.order(
        unit=cast.unit, title="联系点走访", visit_on=on, kind="contact_point", by=cast.party_office, **values
    )


def proposed(cast: Cast, inspection: Inspection, planned: Planned, **more: object) -> ProposedEntryPoint:
    values: dict = {
        "gang": planned.gang,
        "mu": planned.loose,
        "kind": "guarantee",
        "expected": "党员带头包案",
    } | more
    return proposals.propose(inspection=inspection, by=cast.party_office, **values)


def sheet_line(line: Line, **values: str) -> visit_sheet.Line:
    """A line of an offline sheet as it goes out, or with ``values`` as somebody filled it in."""
    kept = {"item": line.item.title, "department": "", "way": "", "expected": ""}
    return visit_sheet.Line(code=code_of(line), **(kept | values))


def campaign_listed(cast: Cast) -> Campaign:
    """巡察 feedback of ten days ago with one problem and one measure for 第八检察部."""
    row = campaigns.register_campaign(
        unit=cast.unit,
        title="市委第三轮巡察",
        issuer="市委巡察组",
        reported_on=DAY - timedelta(days=10),
        by=cast.party_office,
    )
    problem = campaigns.add_problem(campaign=row, text="办案组党建责任没有到人", by=cast.party_office)
    measure_listed(cast, problem)
    return row


def measure_listed(cast: Cast, problem: Problem, **more: object) -> Measure:
    values: dict = {
        "text": "列出党员责任区", "leader": cast.people["leader"], "department": cast.d8, "due_on": DAY + timedelta(days=30)
    }  # fmt: skip
    return campaigns.add_measure(problem=problem, by=cast.party_office, **(values | more))


def campaign_signed(cast: Cast) -> Campaign:
    return campaigns.sign_plan(campaign=campaign_listed(cast), by=cast.first)


def campaign_deployed(cast: Cast, *, verified: bool = True) -> Campaign:
    """Its one task is verified unless it is to stay with the department."""
    row = campaign_signed(cast)
    [task] = steps.deploy_measures(campaign=row, by=cast.party_office)
    if verified:
        task = tasks.submit(task=tasks.sign(task=task, by=cast.head8), text="列好了", by=cast.head8)
        tasks.verify(task=task, by=cast.office)
    return row


def campaign_checked(cast: Cast) -> Campaign:
    row = campaign_deployed(cast)
    campaigns.check_off(
        measure=Measure.objects.get(problem__campaign=row), result="done", by=cast.party_office
    )
    return row


def campaign_reported(cast: Cast) -> Campaign:
    return campaigns.sign_report(campaign=campaign_checked(cast), by=cast.first)


def moved(cast: Cast, key: str, kind: str, department: Department) -> Actor:
    """``key`` left the posts held so far and holds this one from today on."""
    person = cast.people[key]
    Post.objects.filter(person=person).update(until=DAY - timedelta(days=1))
    Post.objects.create(person=person, kind=kind, unit=person.unit, department=department, since=DAY)
    person.department = department
    person.save()
    cast.known.pop(key, None)
    return cast.acting(key)


def honour_registered(cast: Cast, **more: object) -> Honour:
    """Of 第八检察部, given by the city ten days ago; nothing stands behind it unless ``task`` or ``item`` is given."""
    values: dict = {
        "title": "全市先进集体", "issuer": "江州市委", "level": "city", "award": "other", "doc_no": "江委〔2026〕9号",
        "given_on": DAY - timedelta(days=10), "recipients": Recipients(departments=[cast.d8]), "by": cast.party_office,
    } | more  # fmt: skip
    return honours.register(unit=cast.unit, **values)


# What a test says


def catch_up() -> None:
    """Readers run after a commit, and a test never commits: let them read now."""
    readers.wake()


def event_ids() -> set[int]:
    return set(Event.objects.values_list("pk", flat=True))


class Written:
    """The one event of a block, once the block has ended: ``event.after``."""

    _event: Event | None = None

    def __getattr__(self, name: str) -> object:
        return getattr(self._event, name)


@contextmanager
def recorded(*verbs: str) -> Iterator[Written]:
    """Exactly these events are recorded inside, in this order; gives the last one."""
    before, written = event_ids(), Written()
    yield written
    new = list(Event.objects.exclude(pk__in=before).order_by("pk"))
    assert [event.verb for event in new] == list(verbs)
    written._event = new[-1]


def _row(obj: Model) -> dict[str, object] | None:
    return type(obj)._default_manager.filter(pk=obj.pk).values().first()


@contextmanager
def refused(
    kind: type[Refused], *unchanged: Model, says: str = "", field: str | None = None
) -> Iterator[None]:
    """The action inside is refused with exactly this kind; no event is left and ``unchanged`` rows are as before."""
    events, rows = event_ids(), [_row(obj) for obj in unchanged]
    with pytest.raises(Refused) as problem:
        yield
    assert type(problem.value) is kind, problem.value
    assert says in str(problem.value), str(problem.value)
    assert str(problem.value), "a refusal without a sentence"
    if field is not None:
        assert field in (problem.value.field, *getattr(problem.value, "errors", {}))
    assert event_ids() == events
    assert [_row(obj) for obj in unchanged] == rows


# Jobs


@register("tests.echo")
def _echo(run: Run, *, lines: list[str], trouble: str = "") -> Made:
    """Writes the lines into a file, as every kind of job does; ``trouble``: refuse or break on the way."""
    run.expect(len(lines))
    path = run.file()
    for line in lines:
        run.step(note=line)
        with path.open("a") as file:
            file.write(line + "\n")
    if trouble == "refuse":
        raise Invalid("这里没有可写的。")
    if trouble == "break":
        raise ZeroDivisionError
    return Made(path=path, name="清单.txt")


def job_asked(cast: Cast, **params: object) -> Job:
    return jobs.start(
        kind="tests.echo", title="写清单", params={"lines": ["一", "二"], **params}, by=cast.party_office
    )


def job_done(cast: Cast) -> Job:
    return running.carry_out(job_asked(cast).pk)
