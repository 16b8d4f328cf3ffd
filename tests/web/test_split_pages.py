"""拆开 on the pages of both visits."""

from django.urls import reverse

from gangmu.inspection.actions import inspections
from tests.cast import Cast, visit_planned


def test_both_pages_offer_to_split_while_neither_is_ordered(cast: Cast, sign_in):
    into, gone = visit_planned(cast), visit_planned(cast)
    client, action = sign_in("party_office"), reverse("inspection_split", args=[gone.pk])
    assert action not in client.get(reverse("inspection", args=[gone.pk])).content.decode()
    inspections.merge(inspection=into, other=gone, by=cast.party_office)
    pages = [reverse("inspection", args=[row.pk]) for row in (into, gone)]
    assert [action in client.get(page).content.decode() for page in pages] == [True, True]
    first = sign_in("first")
    assert [action in first.get(page).content.decode() for page in pages] == [False, False]
    client = sign_in("party_office")
    answer = client.post(action, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("inspection", args=[gone.pk])
    assert "拆开了，两次各去各的" in answer.content.decode()
    assert "这一步已经办过或还不能办" in client.post(action, follow=True).content.decode()
