"""体检: every lamp opens: the figure, what counted, what did not and why, the article, the ways; and the excuse."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from gangmu.common import clock
from gangmu.events.models import Event
from gangmu.org.models import PartyOrg
from gangmu.rules import store
from gangmu.rules.models import Excuse, Verdict
from gangmu.rules.registry import every, get
from tests.cast import (
    DAY,
    Cast,
    catch_up,
    decided,
    event_ids,
    kind,
    meeting_final,
    meeting_recorded,
    plan_with_items,
)

RULE, MAY = "BRANCH-THEME-DAY", "2026-05"


def new_verbs(before: set[int]) -> list[str]:
    return list(Event.objects.exclude(pk__in=before).order_by("pk").values_list("verb", flat=True))


def url(cast: Cast, name: str = "lamp", period: str = MAY) -> str:
    return reverse(name, args=[RULE, cast.branch1.pk, period])


def held(cast: Cast, day: date = date(2026, 5, 20), *, final: bool = True, **more: object):
    made = meeting_final if final else meeting_recorded
    return made(cast, "theme_day", party_org=cast.branch1, on=day, **more)


def lamp_of(cast: Cast) -> str:
    return Verdict.objects.get(rule=RULE, subject_id=cast.branch1.pk, period=MAY).lamp


# ---- all lamps ----


def test_every_lamp_that_is_not_green_opens(cast: Cast, sign_in):
    client = sign_in("party_office")
    text = client.get(reverse("checkup")).content.decode()
    links = set(re.findall(r'href="(/checkup/[^"]+/)"', text))
    assert url(cast) in links and len(links) > 5
    for link in links:
        assert client.get(link).status_code == 200, link


def test_lamps_are_counted_on_the_first_look_of_a_day(cast: Cast, sign_in):
    assert not Verdict.objects.exists()
    text = sign_in("party_office").get(reverse("checkup")).content.decode()
    assert Verdict.objects.exists() and re.search(r"<h1>\d+ 盏红灯，\d+ 盏黄灯</h1>", text)


def test_time_turns_lamps(cast: Cast, sign_in):
    held(cast)
    held(cast, DAY)
    client = sign_in("branch")
    client.get(reverse("checkup"))
    july = url(cast, period="2026-07")
    assert july not in client.get(reverse("checkup")).content.decode()
    with clock.at(date(2026, 8, 3)):
        assert july in client.get(reverse("checkup")).content.decode()


@pytest.mark.parametrize(
    ("who", "own", "others"), [("branch", True, False), ("head6", False, True), ("first", True, True)]
)
def test_one_sees_the_lamps_that_are_ones_own(cast: Cast, sign_in, who, own, others):
    text = sign_in(who).get(reverse("checkup")).content.decode()
    assert (url(cast) in text) == own
    assert (reverse("lamp", args=[RULE, cast.branch2.pk, MAY]) in text) == others


@pytest.mark.parametrize("who", ["outsider", "superior", "stranger", "audit_admin"])
def test_nobody_else_sees_the_citys_lamps(cast: Cast, sign_in, who):
    store.recheck()
    assert sign_in(who).get(url(cast)).status_code == 404
    text = sign_in(who).get(reverse("checkup")).content.decode()
    assert "第一党支部" not in text and "第八检察部" not in text


def test_no_ranking_and_no_points(cast: Cast, sign_in):
    text = sign_in("party_office").get(reverse("checkup")).content.decode()
    assert "不排名" in text and "名次" not in text and "积分" not in text and "得分" not in text


def cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_check_up_costs_the_same_however_many_branches(cast: Cast, sign_in):
    client = sign_in("party_office")
    client.get(reverse("checkup"))
    few = cost(client, reverse("checkup"))
    for n in range(9):
        PartyOrg.objects.create(unit=cast.unit, kind="branch", name=f"新支部{n}", founded_on=date(2025, 1, 1))
    store.recheck()
    assert cost(client, reverse("checkup")) == few <= 11


def test_a_lamp_costs_the_same_however_many_records_it_rests_on(cast: Cast, sign_in):
    client = sign_in("party_office")
    held(cast, final=False)
    held(cast)
    store.recheck()
    few = cost(client, url(cast))
    for n in range(8):
        held(cast, date(2026, 5, 2) + timedelta(days=n), final=n % 2 == 0)
    store.recheck()
    assert cost(client, url(cast)) == few <= 12


# ---- one lamp ----


def test_a_red_lamp_says_the_figure_the_day_the_article_and_the_ways(cast: Cast, sign_in):
    store.recheck()
    text, rule = sign_in("branch").get(url(cast)).content.decode(), get(RULE)
    assert "5月应有 1 次，记到 0 次" in text and "5月31日转红，到今天 10 天" in text
    assert "这一期没有一条记录能算" in text and "没有漏算的" in text
    assert f"{rule.citation.regulation}{rule.citation.article}" in text
    assert escape(str(rule.citation.text)) in text and "条文为转述" in text
    ways = [text.index(str(way)) for way in rule.ways]
    assert ways == sorted(ways) and len(ways) == 3


def test_what_counted_stands_with_its_record(cast: Cast, sign_in):
    meeting = held(cast)
    store.recheck()
    text = sign_in("branch").get(url(cast)).content.decode()
    counted = text[text.index("算进去的记录") : text.index("没算进去的记录")]
    assert "合规" in text and reverse("meeting", args=[meeting.pk]) in counted


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda cast: held(cast, final=False), "还没有定稿"),
        (lambda cast: meeting_final(cast, "committee", party_org=cast.branch1, on=date(2026, 5, 8)), "没有标明同时算这一种"),
    ],
)  # fmt: skip
def test_what_did_not_count_stands_with_the_reason(cast: Cast, sign_in, make, why):
    meeting = make(cast)
    store.recheck()
    text = sign_in("branch").get(url(cast)).content.decode()
    left = text[text.index("没算进去的记录") :]
    assert why in left and reverse("meeting", args=[meeting.pk]) in left and lamp_of(cast) == "bad"


def test_one_meeting_counts_for_all_it_serves(cast: Cast, sign_in):
    meeting_final(cast, "committee", party_org=cast.branch1, on=date(2026, 5, 8), also=[kind("theme_day")])
    store.recheck()
    assert lamp_of(cast) == "ok"


def test_the_year_stands_in_a_strip_of_links(cast: Cast, sign_in):
    store.recheck()
    text = sign_in("branch").get(url(cast)).content.decode()
    months = Verdict.objects.filter(rule=RULE, subject_id=cast.branch1.pk).values_list("period", flat=True)
    assert len(months) >= 12 and all(url(cast, period=month) in text for month in months)


@pytest.mark.parametrize("rule", [rule.id for rule in every()])
def test_a_lamp_of_every_rule_opens(cast: Cast, sign_in, rule):
    """Whatever kind of record it rests on, counted or not."""
    plan_with_items(cast)
    decided(cast, due_in=1)
    meeting_recorded(cast, absent=("committee",))
    held(cast)
    with clock.at(DAY + timedelta(days=30)):
        store.recheck()
        verdict = (
            Verdict.objects.filter(rule=rule, unit_id=cast.unit.pk)
            .order_by("-breaches", "-value", "-end")
            .first()
        )
        assert verdict is not None
        answer = sign_in("party_office").get(reverse("lamp", args=[rule, verdict.subject_id, verdict.period]))
    assert answer.status_code == 200 and str(get(rule).title) in answer.content.decode()


@pytest.mark.parametrize(
    "args", [("NO-SUCH-RULE", 1, MAY), (RULE, 999999, MAY), (RULE, None, "1999-01"), (RULE, None, "x"), (RULE, 10**30, MAY)]
)  # fmt: skip
def test_a_lamp_that_does_not_exist_is_not_found(cast: Cast, sign_in, args):
    store.recheck()
    rule, subject, period = args
    address = reverse("lamp", args=[rule, subject or cast.branch1.pk, period])
    assert sign_in("party_office").get(address).status_code == 404


def test_a_lamp_of_a_rule_no_longer_declared_is_not_found(cast: Cast, sign_in):
    Verdict.objects.create(
        rule="GONE", subject_kind="org.partyorg", subject_id=cast.branch1.pk, unit_id=cast.unit.pk, period=MAY,
        start=date(2026, 5, 1), end=date(2026, 5, 31), lamp="bad", value=0, expected=1, breaches=1,
    )  # fmt: skip
    assert (
        sign_in("party_office").get(reverse("lamp", args=["GONE", cast.branch1.pk, MAY])).status_code == 404
    )


# ---- the excuse ----


@pytest.fixture
def red(cast: Cast) -> None:
    store.recheck()
    assert lamp_of(cast) == "bad"


@pytest.mark.parametrize("who", ["first", "committee"])
def test_an_excuse_turns_the_lamp_grey_and_stays_on_the_page(cast: Cast, sign_in, red, who):
    before, client = event_ids(), sign_in(who)
    assert url(cast, "lamp_excuse") in client.get(url(cast)).content.decode()
    assert client.post(url(cast, "lamp_excuse"), {"reason": "全员抗洪"}).url == url(cast)
    assert new_verbs(before) == ["rules.excuse"]
    catch_up()
    text = client.get(url(cast)).content.decode()
    assert lamp_of(cast) == "na" and "已免" in text and "全员抗洪" in text and cast.acting(who).name in text
    assert url(cast, "lamp_excuse") not in text


@pytest.mark.parametrize("reason", ["", "  ", "字" * 201])
def test_an_excuse_is_a_sentence(cast: Cast, sign_in, red, reason):
    before = event_ids()
    answer = sign_in("first").post(url(cast, "lamp_excuse"), {"reason": reason})
    assert answer.status_code == 422 and "gm-err" in answer.content.decode()
    assert not Excuse.objects.exists() and event_ids() == before


def test_a_green_lamp_needs_no_excuse(cast: Cast, sign_in):
    held(cast)
    store.recheck()
    client, before = sign_in("first"), event_ids()
    assert url(cast, "lamp_excuse") not in client.get(url(cast)).content.decode()
    answer = client.post(url(cast, "lamp_excuse"), {"reason": "全员抗洪"}, follow=True)
    assert "这盏灯是绿的，不用免除" in answer.content.decode() and event_ids() == before


def test_a_lamp_is_excused_once(cast: Cast, sign_in, red):
    client = sign_in("first")
    client.post(url(cast, "lamp_excuse"), {"reason": "全员抗洪"})
    before = event_ids()
    answer = client.post(url(cast, "lamp_excuse"), {"reason": "全员抗洪"})
    assert "已经准予免除" in answer.content.decode()
    assert Excuse.objects.count() == 1 and event_ids() == before


@pytest.mark.parametrize(
    ("who", "code"), [("party_office", 403), ("branch", 403), ("head6", 404), ("outsider", 404), ("superior", 404)]
)  # fmt: skip
def test_others_excuse_nothing(cast: Cast, sign_in, red, who, code):
    assert sign_in(who).post(url(cast, "lamp_excuse"), {"reason": "全员抗洪"}).status_code == code
    assert not Excuse.objects.exists()
