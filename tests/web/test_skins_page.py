"""The limit of the 两张皮 check, shown and changed where the check is read."""

import pytest
from django.urls import reverse

from tests.cast import Cast, Planned, plan_with_items


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


def test_the_limit_is_changed_where_the_check_is_read(cast: Cast, sign_in, planned):
    office, url = sign_in("party_office"), reverse("plan_skins", args=[planned.plan.pk])
    assert 'name="most_led" value="25"' in office.get(url).content.decode()
    assert office.post(reverse("plan_limit", args=[planned.plan.pk]), {"most_led": "30"}).status_code == 302
    assert "超过 30 项就列出来" in office.get(url).content.decode()


@pytest.mark.parametrize("typed", ["", "0", "1000", "许多", "9" * 40])
def test_what_is_no_number_is_said_at_its_field(sign_in, planned, typed):
    answer = sign_in("party_office").post(reverse("plan_limit", args=[planned.plan.pk]), {"most_led": typed})
    assert answer.status_code == 422 and "写1到999之间的数" in answer.content.decode()


def test_who_does_not_draft_sees_the_limit_only(sign_in, planned):
    page = sign_in("head8").get(reverse("plan_skins", args=[planned.plan.pk])).content.decode()
    assert "超过 25 项就列出来" in page and "most_led" not in page
