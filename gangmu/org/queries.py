"""Reads over the organisation. Ids in, QuerySets or small dictionaries out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gangmu.org.models import (
    Department,
    DepartmentAlias,
    Membership,
    PaperTemplate,
    PartyOrg,
    Person,
    Post,
    Unit,
)


def in_force(day: date, since: str = "since", until: str = "until") -> Q:
    """Rows in force on ``day``."""
    return Q(**{f"{since}__lte": day}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day}))


def units_below(unit_id: int) -> QuerySet[Unit]:
    """The unit and all units below it, by path."""
    return Unit.objects.filter(above__ancestor_id=unit_id).order_by("path")


def departments(unit_id: int) -> QuerySet[Department]:
    return Department.objects.filter(unit_id=unit_id, valid_to__isnull=True)


def holders(unit_id: int, kinds: Iterable[str], day: date) -> QuerySet[Person]:
    """People who hold one of the posts on ``day``."""
    posts = Post.objects.filter(in_force(day), unit_id=unit_id, kind__in=list(kinds))
    return Person.objects.filter(pk__in=posts.values("person_id")).order_by("id")


def holder(unit_id: int, kind: str, day: date) -> Person | None:
    return holders(unit_id, [kind], day).first()


def members(party_org_id: int, day: date) -> QuerySet[Person]:
    """Members of an organisation on ``day``, probationary ones included."""
    rows = Membership.objects.filter(in_force(day), party_org_id=party_org_id)
    return Person.objects.filter(pk__in=rows.values("person_id")).order_by("id")


def voters(party_org_id: int, day: date) -> set[int]:
    """Ids of members with a vote: probationary members have none."""
    rows = Membership.objects.filter(in_force(day), party_org_id=party_org_id, status=Membership.Status.FULL)
    return set(rows.values_list("person_id", flat=True))


def committee(party_org_id: int, day: date) -> QuerySet[Person]:
    """Secretary and committee members (支委) of a branch."""
    kinds = [Post.Kind.BRANCH_SECRETARY, Post.Kind.BRANCH_ORGANISER, Post.Kind.BRANCH_COMMITTEE]
    rows = Post.objects.filter(in_force(day), party_org_id=party_org_id, kind__in=kinds)
    return Person.objects.filter(pk__in=rows.values("person_id")).order_by("id")


def leaders_of_departments(unit_id: int, day: date) -> dict[int, Person]:
    """Department id → its leader in charge; one query for a unit."""
    charge = Post.in_charge_of.through.objects.filter(
        in_force(day, "post__since", "post__until"), post__unit_id=unit_id
    )
    rows = charge.select_related("post__person").order_by("post_id")
    return {row.department_id: row.post.person for row in rows}


def party_orgs(unit_id: int, kind: str | None = None) -> QuerySet[PartyOrg]:
    rows = PartyOrg.objects.filter(unit_id=unit_id, closed_on__isnull=True)
    return rows.filter(kind=kind) if kind else rows


@dataclass(frozen=True)
class Names:
    """Every name and alias of a unit's departments, and its people by name. For reading papers."""

    departments: dict[str, int]
    people: dict[str, int]

    def department(self, text: str) -> int | None:
        return self.departments.get(_name_key(text))

    def person(self, text: str) -> int | None:
        return self.people.get(_name_key(text).removesuffix("同志"))


def _name_key(text: str) -> str:
    return re.sub(r"\s+", "", text)


def names(unit_id: int) -> Names:
    """One query for departments with their aliases, one for people; people with the same name are left out."""
    rows = list(Department.objects.filter(unit_id=unit_id).values_list("pk", "name", "aliases__name"))
    found = {_name_key(name): pk for pk, name, _alias in rows}
    for pk, _name, alias in rows:
        if alias:
            found.setdefault(_name_key(alias), pk)
    people: dict[str, int | None] = {}
    for pk, name in Person.objects.filter(unit_id=unit_id, left_on__isnull=True).values_list("pk", "name"):
        people[_name_key(name)] = None if _name_key(name) in people else pk
    return Names(found, {name: pk for name, pk in people.items() if pk is not None})


def template_in_use(unit_id: int, kind: str) -> PaperTemplate | None:
    """The unit's own Word template for a kind of paper: the newest version that is not retired."""
    rows = PaperTemplate.objects.filter(unit_id=unit_id, kind=kind, retired_on__isnull=True)
    return rows.order_by("-version").first()


def remembered_aliases(unit_id: int) -> QuerySet[DepartmentAlias]:
    """Names that a person explained while looking a paper over, newest first; those given at set-up are left out."""
    rows = DepartmentAlias.objects.filter(department__unit_id=unit_id).exclude(source="")
    return rows.select_related("department").order_by("-noted_on", "-id")
