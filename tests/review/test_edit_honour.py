"""改荣誉: it works, wrong state, not allowed, recorded; two people at once."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.review.actions import honours
from gangmu.review.actions.honours import Recipients
from gangmu.review.models import Honour
from gangmu.review.queries import honours as queries
from tests.cast import DAY, Cast, event_ids, honour_registered, recorded, refused


def test_it_is_corrected_and_both_values_are_kept(cast: Cast):
    row = honour_registered(cast)
    with recorded("review.edit_honour") as event:
        row = honours.edit(honour=row, level="province", doc_no=" 望委〔2026〕3号 ", by=cast.office)
    assert (row.level, row.doc_no) == ("province", "望委〔2026〕3号")
    assert (event.before["level"], event.after["level"]) == ("city", "province")


def test_recipients_are_replaced_and_the_sort_follows(cast: Cast):
    row = honour_registered(cast)
    with recorded("review.edit_honour") as event:
        row = honours.edit(
            honour=row, recipients=Recipients(people=[cast.people["staff"]]), by=cast.party_office
        )
    assert (row.holder, [str(r) for r in row.recipients.all()]) == ("person", ["温如玉"])
    assert (event.before["recipients"], event.after["recipients"]) == (["第八检察部"], ["温如玉"])


def test_nothing_changed_is_no_event(cast: Cast):
    row = honour_registered(cast)
    before = event_ids()
    honours.edit(honour=row, title=row.title, recipients=Recipients(departments=[cast.d8]), by=cast.office)
    assert event_ids() == before


def test_what_was_withdrawn_stays_as_it_is(cast: Cast):
    row = honours.withdraw(honour=honour_registered(cast), reason="登重了", by=cast.office)
    with refused(WrongState, row):
        honours.edit(honour=row, title="另一项", by=cast.office)


@pytest.mark.parametrize(
    "who", ["first", "leader", "head8", "staff", "superior", "outsider", "stranger", "audit_admin"]
)
def test_others_do_not_correct_it(cast: Cast, who):
    row = honour_registered(cast)
    with refused(NotAllowed, row):
        honours.edit(honour=row, title="另一项", by=cast.acting(who))


def test_a_day_to_come_or_a_time_over_before_it_began_is_refused(cast: Cast):
    row = honour_registered(cast)
    for values, field in (
        ({"given_on": DAY.replace(year=2027)}, "given_on"),
        ({"until": DAY.replace(year=2020)}, "until"),
    ):
        with refused(Invalid, row, field=field):
            honours.edit(honour=row, by=cast.office, **values)


def test_the_second_of_two_is_told_who_changed_what_and_may_write_over_it(cast: Cast):
    row = honour_registered(cast)
    seen = queries.stamp(row)
    honours.edit(honour=row, issuer="江州市委、市政府", by=cast.committee)
    with refused(Invalid, row, says="方既白", field="issuer"):
        honours.edit(honour=row, issuer="市委", seen=seen, by=cast.office)
    fresh = queries.stamp(Honour.objects.get())
    assert honours.edit(honour=row, issuer="市委", seen=fresh, by=cast.office).issuer == "市委"


def test_changed_recipients_are_told_too(cast: Cast):
    row = honour_registered(cast)
    seen = queries.stamp(row)
    honours.edit(honour=row, recipients=Recipients(unit=True), by=cast.committee)
    assert queries.changed_since(Honour.objects.get(), seen) == {"recipients": "本院"}


@pytest.mark.parametrize("seen", ["", "x", "." * 8, "a.b.c", "\0" * 9, "." * 400])
def test_a_stamp_that_is_none_breaks_nothing(cast: Cast, seen):
    row = honour_registered(cast)
    told = queries.changed_since(row, seen)
    assert bool(told) == (seen.count(".") == len(queries.STAMPED))  # so many marks, and none of them fits
