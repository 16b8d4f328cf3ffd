"""The page of an amendment: where what comes in is put, chosen in the form and said in words."""

import pytest
from django.urls import reverse

from gangmu.plan import queries
from gangmu.plan.actions import amendments
from gangmu.plan.models import Amendment
from tests.cast import DAY, Cast, Planned, meeting_convened, plan_with_items


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


@pytest.fixture
def amendment(cast: Cast, planned) -> Amendment:
    return amendments.begin(plan=planned.plan, reason="有新部署", by=cast.party_office)


def post(client, amendment: Amendment, **values: object):
    return client.post(reverse("amendment_add_line", args=[amendment.pk]), values)


def page(client, amendment: Amendment) -> str:
    return client.get(reverse("amendment", args=[amendment.pk])).content.decode()


@pytest.mark.parametrize(
    ("place", "says"), [("after", "放在“党员先锋岗”之后"), ("under", "作为“党员先锋岗”的下级")]
)
def test_the_place_is_chosen_said_and_taken(cast: Cast, sign_in, planned, amendment, place, says):
    office = sign_in("party_office")
    post(office, amendment, kind="add", title="新的一项", track="mu", place=place, anchor=planned.gang.pk)
    assert says in page(office, amendment)
    amendments.propose(amendment=amendment, by=cast.party_office)
    amendments.adopt(amendment=amendment, on=DAY, by=cast.party_office)
    assert [i.title for i in queries.items(planned.plan.pk)][1] == "新的一项"
    assert says in office.get(reverse("plan_versions", args=[planned.plan.pk])).content.decode()


def test_without_a_place_it_comes_to_the_end(cast: Cast, sign_in, planned, amendment):
    post(
        sign_in("party_office"), amendment, kind="add", title="新的一项", track="mu", place="after", anchor=""
    )
    assert amendment.lines.get().after == {"title": "新的一项", "track": "mu"}


def test_a_place_that_goes_out_is_said_before_and_after(cast: Cast, sign_in, planned, amendment):
    office = sign_in("party_office")
    post(office, amendment, kind="add", title="新的一项", track="mu", place="under", anchor=planned.loose.pk)
    post(office, amendment, kind="drop", item=planned.loose.pk)
    says = "作为“民事执行监督”的下级；那一项调出了，放在最后"
    assert says in page(office, amendment)
    amendments.propose(amendment=amendment, by=cast.party_office)
    amendments.adopt(amendment=amendment, on=DAY, by=cast.party_office)
    assert says in page(office, amendment)


def test_an_item_of_another_plan_is_no_place(cast: Cast, sign_in, amendment):
    other = plan_with_items(cast, year=2027)
    answer = post(
        sign_in("party_office"),
        amendment,
        kind="add",
        title="新",
        track="mu",
        place="after",
        anchor=other.mu.pk,
    )
    assert answer.status_code == 422 and "不在这份计划里" in answer.content.decode()
    assert not amendment.lines.exists()


def test_a_place_is_no_matter_of_a_change(cast: Cast, sign_in, planned, amendment):
    post(
        sign_in("party_office"), amendment, kind="change", item=planned.mu.pk, title="改了", place="under",
        anchor=planned.gang.pk,
    )  # fmt: skip
    assert amendment.lines.get().after == {"title": "改了"}


def test_without_a_meeting_to_come_it_says_so(cast: Cast, sign_in, planned, amendment):
    office = sign_in("party_office")
    post(office, amendment, kind="drop", item=planned.loose.pk)
    text = page(office, amendment)
    assert "先召集一次" in text and "提上会" not in text
    meeting_convened(cast)
    assert "提上会" in page(office, amendment)
