"""登记荣誉: it works, wrong input, not allowed, recorded; and the day, whatever it is."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.plan.models import PlanItem
from gangmu.review import policies
from gangmu.review.actions.honours import Recipients
from gangmu.review.models import Honour, HonourBasis, HonourRecipient
from gangmu.review.queries import honours as queries
from gangmu.tasks.actions import tasks
from tests.cast import DAY, Cast, honour_registered, plan_with_items, recorded, refused, task_issued

KEEPERS = {"party_office", "committee", "office"}


def test_it_stands_with_what_the_paper_says(cast: Cast):
    with recorded("review.register_honour") as event:
        row = honour_registered(cast, title=" 全市先进集体 ")
    assert (row.title, row.holder, row.state, [str(r) for r in row.recipients.all()]) == (
        "全市先进集体", "collective", "given", ["第八检察部"],
    )  # fmt: skip
    assert (event.happened_on, event.after["recipients"]) == (row.given_on, ["第八检察部"])


def test_a_task_behind_it_brings_its_item(cast: Cast):
    task = task_issued(cast, item=plan_with_items(cast).mu)
    with recorded("review.register_honour", "review.link_honour"):
        row = honour_registered(cast, task=task, reason="十二处排口立案到位")
    basis = row.bases.get()
    assert (basis.task, basis.item, basis.reason) == (task, task.item, "十二处排口立案到位")


def test_of_people_it_is_personal(cast: Cast):
    row = honour_registered(cast, recipients=Recipients(people=[cast.people["staff"], cast.people["staff"]]))
    assert (row.holder, [r.person for r in row.recipients.all()]) == ("person", [cast.people["staff"]])


@pytest.mark.parametrize(
    "who",
    ["first", "leader", "head8", "head6", "branch", "staff", "superior", "county_office", "outsider", "stranger", "audit_admin"],
)  # fmt: skip
def test_others_do_not_register(cast: Cast, who):
    with refused(NotAllowed, says="党办、机关党委和办公室"):
        honour_registered(cast, by=cast.acting(who))


def test_who_may_is_the_same_asked_one_by_one_and_in_a_list(cast: Cast):
    row = honour_registered(cast)
    for name, actor in cast.everybody().items():
        for policy in (policies.see_honour, policies.keep_honour):
            assert policy.allows(actor, row) == policy.filter(actor).filter(pk=row.pk).exists(), name
    keepers = {name for name, a in cast.everybody().items() if policies.keep_honour.allows(a, row)}
    readers = {name for name, a in cast.everybody().items() if policies.see_honour.allows(a, row)}
    assert keepers == KEEPERS
    assert readers == {
        "first", "leader", "committee", "party_office", "office", "head8", "head6", "branch", "organiser", "staff", "superior",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"), ({"title": "长" * 121}, "title"), ({"issuer": ""}, "issuer"), ({"level": "galaxy"}, "level"),
        ({"award": "points"}, "award"), ({"given_on": DAY + timedelta(days=1)}, "given_on"),
        ({"given_on": date(1900, 1, 1)}, "given_on"), ({"until": DAY - timedelta(days=11)}, "until"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_place_and_nothing_stays(cast: Cast, more, field):
    with refused(Invalid, field=field):
        honour_registered(cast, **more)
    assert not Honour.objects.exists() and not HonourRecipient.objects.exists()


def test_nobody_both_sorts_and_strangers_are_refused(cast: Cast):
    mixed = Recipients(departments=[cast.d8], people=[cast.people["staff"]])
    for to, says in (
        (Recipients(), "写上授给谁"), (mixed, "分开登记"), (Recipients(people=[cast.people["county_head"]]), "本院的"),
        (Recipients(departments=[cast.departments["政治部"]]), "本院的"),
    ):  # fmt: skip
        with refused(Invalid, field="recipients", says=says):
            honour_registered(cast, recipients=to)


def test_pressed_twice_it_stands_once(cast: Cast):
    row = honour_registered(cast)
    with refused(Invalid, row, says="已经登记过了"):
        honour_registered(cast)
    assert Honour.objects.count() == 1


def test_a_basis_that_does_not_fit_leaves_nothing(cast: Cast):
    planned, draft = plan_with_items(cast), plan_with_items(cast, adopted=False, year=2027)
    gone = tasks.cancel(task=task_issued(cast, item=planned.mu), reason="重复", by=cast.party_office)
    county = plan_with_items(cast, year=2025)
    PlanItem.objects.filter(pk=county.mu.pk).update(is_task=False)
    for basis in ({"task": gone}, {"item": draft.mu}, {"item": county.mu}):
        with refused(Invalid, field="basis"):
            honour_registered(cast, **basis)
    assert not Honour.objects.exists() and not HonourBasis.objects.exists()


def test_the_database_wants_a_basis_to_be_something_and_a_recipient_to_be_one(cast: Cast):
    row = honour_registered(cast)
    for wrong in (
        HonourBasis(honour=row), HonourRecipient(honour=row, department=cast.d6, person=cast.people["staff"]),
        HonourRecipient(honour=row, department=cast.d8),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            type(wrong).objects.bulk_create([wrong])


DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(on=DAYS, until=st.none() | DAYS, asked=DAYS, withdrawn=st.booleans())
def test_how_it_stands_on_a_day_is_one_of_three(on, until, asked, withdrawn):
    row = Honour(given_on=on, until=until, state="withdrawn" if withdrawn else "given")
    stands = queries.in_force_words(row, asked)
    assert (stands == "withdrawn") == withdrawn
    if not withdrawn:
        assert (stands == "given") == (on <= asked <= (until or date.max))
        assert row.holds_on(asked) == (stands == "given")
