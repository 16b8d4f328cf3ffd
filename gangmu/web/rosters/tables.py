"""The four ledgers of a unit (people, departments, posts, party organisations): which rows, which cells. Page and Excel alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from gangmu.org import policies
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Membership, PartyOrg, Person, Post
from gangmu.org.permissions import Permission
from gangmu.org.queries import in_force
from gangmu.party_life.policies import see_branch


@dataclass(frozen=True)
class Asked:
    """What is asked of a ledger: words, a department, and whether what is past is wanted too."""

    words: str = ""
    department: int | None = None
    past: bool = False


@dataclass(frozen=True)
class Ledger:
    """``heads``: (word, width in Excel). ``cells`` gives one row as plain values."""

    title: Any
    heads: tuple[tuple[Any, int], ...]
    rows: Callable[[Actor, Asked, date], QuerySet[Any]]
    cells: Callable[[Any, Actor], list[Any]]
    past: Any = ""
    counted: Any = ""


def _joined(parts: Iterable[Any]) -> str:
    return _("、").join(str(p) for p in parts)


def _own(me: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The unit's own, for somebody of its staff."""
    return rows.filter(unit_id=me.unit_id) if me.person_id is not None else rows.none()


def _people(me: Actor, asked: Asked, today: date) -> QuerySet[Person]:
    rows = policies.see_person.filter(me).filter(left_on__isnull=not asked.past)
    if asked.words:
        rows = rows.filter(Q(name__icontains=asked.words) | Q(number__icontains=asked.words))
    if asked.department:
        rows = rows.filter(department_id=asked.department)
    posts = Post.objects.filter(in_force(today)).select_related("department", "party_org").order_by("id")
    rows = rows.select_related("department").prefetch_related(Prefetch("posts", posts, to_attr="now"))
    if me.can(Permission.RULE_READ_ALL):
        stays = Membership.objects.filter(in_force(today)).exclude(party_org__kind=PartyOrg.Kind.GROUP)
        rows = rows.prefetch_related(
            Prefetch("memberships", stays.select_related("party_org"), to_attr="stays")
        )
    return rows.order_by("department__position", "department_id", "name", "id")


def _person(p: Any, me: Actor) -> list[Any]:
    cells = [p.name, p.number, p.department, _joined(p.now)]
    if me.can(Permission.RULE_READ_ALL):
        cells.append(
            _joined(f"{m.party_org}" + ("" if m.status == "full" else _("（预备）")) for m in p.stays)
        )
    return [*cells, p.left_on] if p.left_on else cells


def _departments(me: Actor, asked: Asked, today: date) -> QuerySet[Department]:
    rows = _own(me, Department.objects.all())
    rows = rows if asked.past else rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    if asked.words:
        rows = rows.filter(Q(name__icontains=asked.words) | Q(pk__in=_aliased(me.unit_id, asked.words)))
    heads = Post.objects.filter(in_force(today), kind__in=HEADS).select_related("person")
    leaders = Post.objects.filter(in_force(today)).select_related("person")
    return (
        rows.order_by("position", "id")
        .annotate(staff=Count("people", filter=Q(people__left_on__isnull=True)))
        .prefetch_related(
            "aliases",
            Prefetch("posts", heads, to_attr="heads"),
            Prefetch("leaders", leaders, to_attr="led_by"),
        )
    )


HEADS = (Post.Kind.DEPARTMENT_HEAD, Post.Kind.OFFICE_HEAD, Post.Kind.PARTY_OFFICE_HEAD)


def _aliased(unit_id: int, words: str) -> QuerySet[Any]:
    return Department.objects.filter(unit_id=unit_id, aliases__name__icontains=words).values("pk")


def _department(d: Any, me: Actor) -> list[Any]:
    return [
        d.name, d.get_line_display(), d.note, _joined(a.name for a in d.aliases.all()),
        _joined(p.person for p in d.heads), _joined(dict.fromkeys(p.person for p in d.led_by)), d.staff, d.valid_from, d.valid_to,
    ]  # fmt: skip


def _posts(me: Actor, asked: Asked, today: date) -> QuerySet[Post]:
    rows = _own(me, Post.objects.all())
    rows = rows if asked.past else rows.filter(in_force(today))
    if asked.words:
        rows = rows.filter(
            Q(person__name__icontains=asked.words) | Q(department__name__icontains=asked.words)
            | Q(party_org__name__icontains=asked.words)
        )  # fmt: skip
    if asked.department:
        rows = rows.filter(department_id=asked.department)
    rows = rows.select_related("person", "department", "party_org").prefetch_related("in_charge_of")
    order = Case(
        *(When(kind=kind, then=n) for n, kind in enumerate(Post.Kind.values))
    )  # as the posts are listed
    return rows.order_by(order, "party_org_id", "department__position", "id")


def _post(p: Post, me: Actor) -> list[Any]:
    return [
        p.person, p.get_kind_display(), p.department or p.party_org, _joined(p.in_charge_of.all()), p.since,
        p.until,
    ]  # fmt: skip


def _orgs(me: Actor, asked: Asked, today: date) -> QuerySet[PartyOrg]:
    rows = see_branch.filter(me).filter(unit_id=me.unit_id)
    rows = (rows if asked.past else rows.filter(closed_on__isnull=True)).order_by("id")
    if asked.words:
        rows = rows.filter(name__icontains=asked.words)
    now = in_force(today, "memberships__since", "memberships__until")
    full, young = Q(memberships__status="full"), Q(memberships__status="probationary")
    secretaries = Post.objects.filter(in_force(today), kind=Post.Kind.BRANCH_SECRETARY).select_related(
        "person"
    )
    return rows.annotate(
        full=Count("memberships", filter=now & full), young=Count("memberships", filter=now & young)
    ).select_related("parent").prefetch_related("departments", Prefetch("posts", secretaries, to_attr="run_by"))  # fmt: skip


def _org(o: Any, me: Actor) -> list[Any]:
    return [
        o.name, o.get_kind_display(), o.parent, _joined(o.departments.all()), _joined(p.person for p in o.run_by), o.full, o.young,
        o.founded_on, o.closed_on,
    ]  # fmt: skip


LEDGERS = {
    "people": Ledger(
        _l("人员"),
        ((_l("姓名"), 10), (_l("工号"), 10), (_l("部门"), 16), (_l("现任职务"), 34), (_l("党组织"), 18), (_l("离开日期"), 12)),
        _people, _person, _l("已离开的"), _l("{n} 人在册"),
    ),
    "departments": Ledger(
        _l("部门"),
        ((_l("部门"), 16), (_l("类别"), 10), (_l("职能"), 18), (_l("别名"), 20), (_l("正职"), 10), (_l("分管领导"), 10), (_l("人数"), 7), (_l("设立"), 12), (_l("撤销"), 12)),
        _departments, _department, _l("连同已撤销的"), _l("{n} 个部门"),
    ),
    "posts": Ledger(
        _l("任职"),
        ((_l("姓名"), 10), (_l("任职"), 18), (_l("部门或党组织"), 18), (_l("分管部门"), 30), (_l("起"), 12), (_l("止"), 12)),
        _posts, _post, _l("连同已免的"), _l("{n} 项任职"),
    ),
    "orgs": Ledger(
        _l("党组织"),
        ((_l("党组织"), 22), (_l("类别"), 10), (_l("上级"), 20), (_l("对应部门"), 28), (_l("书记"), 10), (_l("正式党员"), 9), (_l("预备党员"), 9), (_l("成立"), 12), (_l("撤销"), 12)),
        _orgs, _org, _l("连同已撤销的"), _l("{n} 个党组织"),
    ),
}  # fmt: skip
