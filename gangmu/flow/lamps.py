"""The four lamps of an item (研究、部署、落实、督查): derived from the rooms' records, set by nobody.

研 a final decision is about the item (or adopted its plan) · 部 every task has an owner who signed ·
落 every task is accepted · 督 both effects were looked at on a visit. Before its time a lamp is grey;
near its date amber; past it red.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.inspection import queries as inspection
from gangmu.meetings import queries as meetings
from gangmu.plan.models import Plan, PlanItem
from gangmu.tasks import queries as tasks

NEAR = timedelta(days=7)
STUDY_WITHIN = timedelta(days=30)
SIGN_WITHIN = timedelta(days=7)
DEPLOY_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Lamp:
    """``level`` ok | warn | bad | na; ``word`` is the fact in office words; ``on`` the day it rests on."""

    name: str
    level: str
    word: str
    on: date | None = None
    url: tuple[str, int] | None = None


@dataclass(frozen=True)
class Four:
    """The lamps of one item, in order, and the facts they came from."""

    studied: Lamp
    deployed: Lamp
    carried: Lamp
    inspected: Lamp
    facts: "Facts"

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter((self.studied, self.deployed, self.carried, self.inspected))

    @property
    def cells(self) -> list[tuple[str, str, str]]:
        """(name, level, word) of each, as pages draw them."""
        return [(x.name, x.level, x.word) for x in self]

    @property
    def worst(self) -> Lamp | None:
        """The red lamp, else the amber one, nearest the start; None when nothing is wrong."""
        for level in ("bad", "warn"):
            for lamp in self:
                if lamp.level == level:
                    return lamp
        return None


@dataclass(frozen=True)
class Facts:
    studied: meetings.Studied | None = None
    carried: tasks.Carried | None = None
    inspected: inspection.Inspected | None = None
    visit_on: date | None = None

    @property
    def done(self) -> bool:
        """The item's own work is closed."""
        return bool(self.carried and self.carried.all_accepted)


def of_items(
    items: Sequence[PlanItem], plan: Plan, carried: dict[int, tasks.Carried] | None = None
) -> dict[int, Four]:
    """The lamps of many items of one plan: three queries, however many items.

    ``carried``: how their tasks stand, where a page has read them already.
    """
    facts = gather([i.pk for i in items], plan, carried)
    today = clock.today()
    return {i.pk: lamps(i, plan, facts[i.pk], today) for i in items}


def gather(
    ids: Iterable[int], plan: Plan, carried: dict[int, tasks.Carried] | None = None
) -> dict[int, Facts]:
    """What the rooms know of these items. Before the plan is adopted nothing can have been deployed or inspected."""
    ids = list(ids)
    if plan.adopted_on is None:
        studied = meetings.studies(ids)
        return {pk: Facts(studied.items.get(pk)) for pk in ids}
    studied = meetings.studies(ids, plan.pk)
    carried = tasks.carried(ids) if carried is None else carried
    inspected, visits = inspection.stands(ids)
    return {
        pk: Facts(studied.items.get(pk) or studied.plan, carried.get(pk), inspected.get(pk), visits.get(pk))
        for pk in ids
    }


def lamps(item: PlanItem, plan: Plan, facts: Facts, today: date) -> Four:
    """Pure: the four lamps from an item, its facts and the day."""
    since = item.added_on or plan.adopted_on
    return Four(
        _studied(since, facts, today),
        _deployed(since, facts, today),
        _carried(item, facts, today),
        _inspected(item, facts, today),
        facts,
    )


def _studied(since: date | None, facts: Facts, today: date) -> Lamp:
    """``since``: the day from which the item is in force; None in a draft."""
    name = _("研究")
    if facts.studied:
        return Lamp(name, "ok", _("已研究"), facts.studied.on, ("meeting", facts.studied.meeting_id))
    if since and today > since + STUDY_WITHIN:
        return Lamp(name, "bad", _("逾期"))
    return Lamp(name, "na", _("未到"))


def _deployed(since: date | None, facts: Facts, today: date) -> Lamp:
    name = _("部署")
    done = facts.carried
    if done is None:
        if since is None:
            return Lamp(name, "na", _("未到"))
        return _by_date(name, since + DEPLOY_WITHIN, today, _("未部署"))
    if done.signed == done.total:
        return Lamp(name, "ok", _("已部署"), done.first_issued)
    return _by_date(name, done.first_issued + SIGN_WITHIN, today, _("待签收"))


def _carried(item: PlanItem, facts: Facts, today: date) -> Lamp:
    name = _("落实")
    done = facts.carried
    if done is None:
        return Lamp(name, "na", _("未到"))
    if done.all_accepted:
        return Lamp(name, "ok", _("已落实"), done.accepted_on)
    if done.next_due is None:
        return _kept(name, done, today)
    if item.due_kind == PlanItem.Due.ONGOING and done.next_due >= today:
        return Lamp(name, "ok", _("在坚持"), done.progress_on)
    return _by_date(name, done.next_due, today, _("在推进"))


def _kept(name: str, done: tasks.Carried, today: date) -> Lamp:
    """No clock runs: long-term tasks are never overdue, only their review is due; suspended ones stand still."""
    if done.review_due is None:
        return Lamp(name, "na", _("已中止"))
    if done.review_due < today:
        return Lamp(name, "warn", _("该复核"), done.review_due)
    return Lamp(name, "ok", _("在坚持"), done.progress_on)


def _inspected(item: PlanItem, facts: Facts, today: date) -> Lamp:
    name = _("督查")
    look = facts.inspected
    if look and not look.open_findings:
        return Lamp(name, "ok", _("已督查"), look.on, ("inspection", look.inspection_id))
    if look:
        return Lamp(name, "warn", _("待整改"), look.on, ("inspection", look.inspection_id))
    if facts.visit_on:
        return _by_date(name, facts.visit_on, today, _("未到"))
    if facts.done and item.due_on and today > item.due_on + NEAR:
        return Lamp(name, "warn", _("待查"), item.due_on)
    return Lamp(name, "na", _("未到"))


def _by_date(name: str, limit: date, today: date, waiting: str) -> Lamp:
    """Red past the limit, amber in its last week, else grey with ``waiting``."""
    if today > limit:
        return Lamp(name, "bad", _("逾期"), limit)
    if today >= limit - NEAR:
        return Lamp(name, "warn", _("临期"), limit)
    return Lamp(name, "na", waiting, limit)
