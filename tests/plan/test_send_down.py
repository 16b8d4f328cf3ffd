"""A directive sent down arrives as the lower unit's own; what it answers is seen from above."""

import pytest
from django.urls import reverse

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.plan import policies, queries
from gangmu.plan.actions import directives
from gangmu.plan.models import Directive
from tests.cast import Cast, directive_received, recorded, refused


def test_it_arrives_with_its_points_and_says_who_sends_it(cast: Cast):
    sent = directive_received(cast)
    (arrived,) = directives.send_down(directive=sent, units=[cast.county], by=cast.party_office)
    assert (arrived.unit, arrived.issuer, arrived.sent_from) == (cast.county, cast.unit.name, sent)
    assert [p.text for p in arrived.points.all()] == [p.text for p in sent.points.all()]
    assert policies.edit_directive.allows(cast.county_office, arrived)
    assert policies.see_directive.allows(cast.party_office, arrived)


def test_the_sender_sees_how_much_is_answered(cast: Cast):
    sent = directive_received(cast)
    directives.send_down(directive=sent, units=[cast.county], by=cast.party_office)
    (row,) = queries.sent_down(sent.pk)
    assert (row.unit, row.answered, row.total) == (cast.county, 0, sent.points.count())


def test_a_second_time_is_refused(cast: Cast):
    sent = directive_received(cast)
    directives.send_down(directive=sent, units=[cast.county], by=cast.party_office)
    with refused(Invalid, sent, says="已经下发", field="units"):
        directives.send_down(directive=sent, units=[cast.county], by=cast.party_office)
    assert Directive.objects.filter(unit=cast.county).count() == 1


@pytest.mark.parametrize("where", ["other", "province", "unit"])
def test_only_units_below_get_it(cast: Cast, where: str):
    sent = directive_received(cast)
    with refused(Invalid, sent, says="不是本院的下级院", field="units"):
        directives.send_down(directive=sent, units=[getattr(cast, where)], by=cast.party_office)


def test_nobody_but_the_party_office_sends(cast: Cast):
    sent = directive_received(cast)
    with refused(NotAllowed, sent):
        directives.send_down(directive=sent, units=[cast.county], by=cast.head8)


def test_both_chains_tell_of_it(cast: Cast):
    sent = directive_received(cast)
    with recorded("plan.send_down", "plan.receive_directive"):
        directives.send_down(directive=sent, units=[cast.county], by=cast.party_office)


def test_the_page_offers_the_units_below_and_then_shows_how_they_stand(cast: Cast, client, settings):
    sent = directive_received(cast)
    client.force_login(cast.users["party_office"], backend=settings.AUTHENTICATION_BACKENDS[-1])
    page = reverse("directive", args=[sent.pk])
    assert cast.county.name in client.get(page).content.decode()
    answer = client.post(
        reverse("directive_send_down", args=[sent.pk]), {"units": [cast.county.pk]}, follow=True
    )
    assert "对上 0 / 2" in answer.content.decode()
    empty = client.post(reverse("directive_send_down", args=[sent.pk]), {})
    assert empty.status_code == 422 and "至少选一个下级院" in empty.content.decode()
