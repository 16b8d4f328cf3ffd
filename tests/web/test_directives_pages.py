"""Pages for what superiors ask: registered by points, each point answered by items."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.events.models import Event
from gangmu.plan.actions import directives
from gangmu.plan.models import Directive, PointAnswer
from tests.cast import DAY, Cast, directive_received, event_ids, plan_with_items


def new_verbs(before: set[int]) -> list[str]:
    return list(Event.objects.exclude(pk__in=before).order_by("pk").values_list("verb", flat=True))


def data(**more):
    return {"issuer": "江州市委", "doc_no": "江委发〔2026〕2号", "title": "重点工作的意见", "issued_on": "2026-03-01",
            "points": "守住一江清水\n\n  抓好支部建设  "} | more  # fmt: skip


def test_a_directive_is_registered_a_point_a_line(cast: Cast, sign_in):
    before = event_ids()
    answer = sign_in("party_office").post(reverse("directive_new"), data())
    directive = Directive.objects.get()
    assert answer.url == reverse("directive", args=[directive.pk])
    assert [p.text for p in directive.points.all()] == ["守住一江清水", "抓好支部建设"]
    assert new_verbs(before) == ["plan.register_directive"]


def test_the_same_number_twice_is_refused(cast: Cast, sign_in):
    client = sign_in("party_office")
    client.post(reverse("directive_new"), data())
    answer = client.post(reverse("directive_new"), data())
    assert answer.status_code == 422 and "已经登记过" in answer.content.decode()
    assert Directive.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("points", " \n ", "至少写一条"), ("issuer", "", "哪个机关"), ("points", "字" * 301, "最多 300 个字"),
     ("title", "机密★一年", "不处理国家秘密")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_kept(cast: Cast, sign_in, field, value, says):
    answer = sign_in("party_office").post(reverse("directive_new"), data(**{field: value}))
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Directive.objects.exists()


@pytest.mark.parametrize("who", ["head8", "leader", "office", "staff", "audit_admin"])
def test_others_register_nothing(cast: Cast, sign_in, who):
    assert sign_in(who).post(reverse("directive_new"), data()).status_code == 403
    assert sign_in(who).get(reverse("directive_new")).status_code == 403


def test_the_list_counts_what_is_answered(cast: Cast, sign_in):
    directive, item = directive_received(cast), plan_with_items(cast).mu
    directives.answer(point=directive.points.get(no=1), item=item, by=cast.party_office)
    client = sign_in("head8")
    text = client.get(reverse("directive_list")).content.decode()
    assert "1 条要求还没有对上" in text and "1 / 2 条" in text
    assert directive.title in client.get(reverse("directive_list"), {"view": "open"}).content.decode()


def test_points_without_an_answer_stand_first(cast: Cast, sign_in):
    directive, item = directive_received(cast), plan_with_items(cast).mu
    directives.answer(point=directive.points.get(no=1), item=item, by=cast.party_office)
    text = sign_in("party_office").get(reverse("directive", args=[directive.pk])).content.decode()
    assert text.index("抓好支部建设") < text.index("抓好公益诉讼")


def test_a_point_is_answered_by_an_item_once(cast: Cast, sign_in):
    directive, item = directive_received(cast), plan_with_items(cast).mu
    point = directive.points.get(no=1)
    client, before = sign_in("party_office"), event_ids()
    page = client.get(reverse("directive", args=[directive.pk]), {"point": point.pk})
    url = reverse("directive_answer", args=[point.pk])
    assert url in page.content.decode()
    client.post(url, {"item": item.pk})
    assert new_verbs(before) == ["plan.answer_point"]
    again = client.post(url, {"item": item.pk})
    assert again.status_code == 422 and "已经答复" in again.content.decode()
    assert PointAnswer.objects.count() == 1


def test_an_answer_needs_an_item(cast: Cast, sign_in):
    point = directive_received(cast).points.first()
    answer = sign_in("party_office").post(reverse("directive_answer", args=[point.pk]), {})
    assert answer.status_code == 422 and "选一项计划事项" in answer.content.decode()


def test_who_only_sees_answers_nothing(cast: Cast, sign_in):
    directive, item = directive_received(cast), plan_with_items(cast).mu
    point = directive.points.first()
    url = reverse("directive_answer", args=[point.pk])
    client = sign_in("head8")
    page = client.get(reverse("directive", args=[directive.pk]), {"point": point.pk})
    assert url not in page.content.decode()
    assert client.post(url, {"item": item.pk}).status_code == 403
    assert sign_in("outsider").post(url, {"item": item.pk}).status_code == 404
    assert not PointAnswer.objects.exists()


def test_pages_cost_the_same_however_many_points(cast: Cast, sign_in):
    client, planned = sign_in("party_office"), plan_with_items(cast)

    def cost(name: str, *args: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name, args=args)).status_code == 200
        return len(seen)

    def register(no: int, count: int) -> Directive:
        found = directives.register(
            unit=cast.unit, issuer="省院党组", title="意见", doc_no=f"{no}号", issued_on=DAY,
            points=[f"第{n}条" for n in range(count)], by=cast.party_office,
        )  # fmt: skip
        for point in found.points.all():
            directives.answer(point=point, item=planned.mu, by=cast.party_office)
        return found

    few = register(1, 1)
    listed, shown = cost("directive_list"), cost("directive", few.pk)
    for no in range(2, 8):
        many = register(no, 8)
    assert cost("directive_list") == listed <= 12 and cost("directive", many.pk) == shown <= 12
