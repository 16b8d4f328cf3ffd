"""Posts as a list that came in. Roles follow from posts, so nobody changes the own ones."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from gangmu.common import clock
from gangmu.common.models import lock, save_changes
from gangmu.events.log import record
from gangmu.org import policies, rosters
from gangmu.org.models import Person, Post, Unit
from gangmu.papers.roster_party import PostRow


@transaction.atomic
def take_list(*, unit: Unit, rows: Iterable[PostRow], source_name: str = "", by) -> rosters.Change:
    """New posts, changed first and last days, departments in charge of; a post that is not listed goes on."""
    unit = lock(unit)
    policies.keep_roster.require(by, unit)
    change = rosters.posts_change(unit, rows, clock.today(), by.person_id)
    made = Post.objects.bulk_create(
        [
            Post(unit=unit, person_id=r.person, kind=r.kind, department_id=r.department, party_org_id=r.org,
                 since=r.since, until=r.until)
            for r in change.added
        ],
        batch_size=2000,
    )  # fmt: skip
    save_changes(change.changed, ["since", "until"])
    _put_in_charge([(post.pk, row.charge) for post, row in zip(made, change.added, strict=True)])
    _put_in_charge([(post.pk, charge) for post, charge in change.more["charge"]])
    if not change.nothing:
        people = Person.objects.filter(
            pk__in={r.person for r in change.added} | {p.person_id for p, _n, _r in change.changed}
        )
        record("org.take_posts", unit, by=by, unit_id=unit.pk,
               after=change.told(source_name) | {"posts": _said(change)}, about=people)  # fmt: skip
    return change


def _said(change: rosters.Change) -> list[str]:
    """What was given, in words, for the log: posts are rights."""
    ids = {r.person for r in change.added}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    words = dict(Post.Kind.choices)
    return [f"{names[r.person]}：{words[r.kind]}" for r in change.added][:200]


def _put_in_charge(charges: Iterable[tuple[int, tuple[int, ...]]]) -> None:
    through: Any = Post.in_charge_of.through
    rows = [(post, charge) for post, charge in charges if charge]
    through.objects.filter(post_id__in=[post for post, _charge in rows]).delete()
    through.objects.bulk_create(
        [through(post_id=post, department_id=d) for post, charge in rows for d in charge]
    )
