"""Honours: the list by date, registering from where the work stands, the way back, the last knot of every thread."""

import io
import re
from datetime import timedelta
from urllib.parse import unquote

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.org.models import Department, Person
from gangmu.plan.actions import directives
from gangmu.review.actions import honours
from gangmu.review.actions.honours import Recipients
from gangmu.review.models import Honour
from gangmu.review.queries import honours as queries
from gangmu.tasks.actions import tasks
from gangmu.tasks.models import Task
from tests.cast import (
    DAY,
    Cast,
    catch_up,
    decided,
    directive_received,
    event_ids,
    honour_registered,
    plan_with_items,
    task_issued,
    task_signed,
)
from tests.web.test_export_pack import packed
from tests.web.test_export_pack import texts as texts_of

MOST = 12


def page(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def typed(**more) -> dict:
    return {
        "title": "全市先进集体", "issuer": "江州市委", "level": "city", "award": "other", "given_on": DAY.isoformat(),
        "holder": "collective", "whole": "on",
    } | more  # fmt: skip


# ---- the list ----


def test_the_newest_stands_first_with_to_whom_and_how_it_stands(cast: Cast, sign_in):
    honour_registered(cast)
    honour_registered(cast, title="文明单位", given_on=DAY, recipients=Recipients(unit=True))
    gone = honour_registered(cast, title="登重的", given_on=DAY - timedelta(days=30), until=DAY)
    over = honour_registered(
        cast, title="旧的", given_on=DAY - timedelta(days=60), until=DAY - timedelta(days=1)
    )
    honours.withdraw(honour=gone, reason="登重了", by=cast.office)
    text = page(sign_in("staff"), "honour_list")
    assert [text.index(t) for t in ("文明单位", "全市先进集体", "登重的", over.title)] == sorted(
        text.index(t) for t in ("文明单位", "全市先进集体", "登重的", over.title)
    )
    assert "本院" in text and "已撤销" in text and "有效期已过" in text and "登记荣誉" not in text


def test_it_is_narrowed_by_year_level_and_department(cast: Cast, sign_in):
    task = task_issued(cast, to="第六检察部")
    honour_registered(cast, title="凭六部得的", recipients=Recipients(unit=True), task=task)
    honour_registered(
        cast, title="给八部人的", recipients=Recipients(people=[cast.people["staff"]]), level="province"
    )
    honour_registered(cast, title="前年的", given_on=DAY.replace(year=2024))
    client = sign_in("head8")

    def shown(**query) -> set[str]:
        text = page(client, "honour_list", **query)
        return {t for t in ("凭六部得的", "给八部人的", "前年的") if t in text}

    assert shown(year=2024) == {"前年的"} and shown(level="province") == {"给八部人的"}
    assert shown(department=cast.d6.pk) == {"凭六部得的"} and shown(department=cast.d8.pk) == {
        "给八部人的",
        "前年的",
    }
    for nonsense in (
        {"year": "x"},
        {"level": "'; --"},
        {"department": "9" * 30},
        {"page": "-1"},
        {"of": "above"},
    ):
        assert len(shown(**nonsense)) == 3


def test_a_superior_reads_those_below_and_a_colleague_only_the_own(cast: Cast, sign_in):
    of_county = honours.register(
        unit=cast.county, title="县平安单位", issuer="临川县委", level="county", award="other", given_on=DAY,
        recipients=Recipients(unit=True), by=cast.county_office,
    )  # fmt: skip
    text = page(sign_in("party_office"), "honour_list", of="below")
    assert "县平安单位" in text and "临川县院" in text and "登记荣誉" not in text
    assert "临川县院 · 临川县委" in page(sign_in("party_office"), "honour", of_county.pk)
    assert "县平安单位" not in page(sign_in("head8"), "honour_list", of="below")
    assert sign_in("head8").get(reverse("honour", args=[of_county.pk])).status_code == 404


def test_nothing_is_counted_or_ranked(cast: Cast, sign_in):
    for n in range(3):
        honour_registered(cast, title=f"第{n}项")
    text = page(sign_in("party_office"), "honour_list") + page(sign_in("party_office"), "review")
    assert (
        not re.search(r"[3三]\s*[项次个]荣誉|荣誉\s*3|名次|第\d+名|积分", text) and "不计数，不排名" in text
    )


def test_the_ledger_says_what_the_list_says(cast: Cast, sign_in):
    honour_registered(cast, title="=1+1", doc_no="江委〔2026〕9号")
    answer = sign_in("head8").get(reverse("honour_list"), {"format": "xlsx", "level": "city"})
    assert answer.status_code == 200 and answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "荣誉台账" in unquote(answer["Content-Disposition"])


def test_a_long_list_costs_no_more(cast: Cast, sign_in):
    client = sign_in("party_office")
    honour_registered(cast)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, "honour_list")
        return len(seen)

    few = cost()
    for n in range(60):
        honour_registered(
            cast,
            title=f"第{n}项",
            recipients=Recipients(people=list(Person.objects.filter(unit=cast.unit)[:3])),
        )
    assert cost() == few <= MOST
    assert page(client, "honour_list", page=2).count("data-row") == 11


def test_it_is_found_by_its_title_by_those_who_may_see_it(cast: Cast, sign_in):
    row = honour_registered(cast)
    assert reverse("honour", args=[row.pk]) in page(sign_in("staff"), "search", q="先进")
    for who in ("county_office", "outsider", "stranger", "audit_admin"):
        assert row.title not in page(sign_in(who), "search", q="先进"), who


# ---- registering ----


def test_from_the_task_the_work_is_chosen_and_who_did_it_proposed(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    task = task_issued(cast, item=planned.mu, co_departments=[cast.d6], person=cast.people["staff"])
    client = sign_in("party_office")
    link = re.search(r'href="([^"]*honours/register[^"]*)"', page(client, "task", task.pk))
    text = client.get(link[1]).content.decode()
    assert "任务：整理排口清单（第八检察部）" in text and 'value="温如玉"' in text
    ticked = set(re.findall(r'name="departments" value="(\d+)"[^>]*checked', text))
    assert ticked == {str(cast.d8.pk), str(cast.d6.pk)}
    answer = client.post(
        link[1],
        typed(basis=f"t{task.pk}", reason="清单最全", whole="", departments=[cast.d8.pk]),
        follow=True,
    )
    row = Honour.objects.get()
    assert (row.bases.get().task, row.bases.get().reason) == (
        task,
        "清单最全",
    ) and "登记好了" in answer.content.decode()


def test_from_the_item_too(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    text = page(sign_in("office"), "item", planned.mu.pk)
    assert f"{reverse('honour_register')}?basis=i{planned.mu.pk}" in text
    assert "登记荣誉" not in page(sign_in("head8"), "item", planned.mu.pk)
    draft = plan_with_items(cast, adopted=False, year=2027)
    assert "登记荣誉" not in page(sign_in("office"), "item", draft.mu.pk)


def test_a_search_without_script_offers_tasks_and_items(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    task = task_issued(cast, item=planned.mu)
    client = sign_in("party_office")
    text = page(client, "honour_register", q="排口")
    assert f'<option value="t{task.pk}">任务：整理排口清单（第八检察部）' in text
    text = page(client, "honour_options", q="公益诉讼")
    assert f'<option value="i{planned.mu.pk}">事项：公益诉讼专项（2026年，第八检察部）' in text
    assert "没有含这几个字" in page(client, "honour_options", q="没有这样的")
    assert "<option" in page(client, "honour_options", q="\0%_")


def test_of_people_by_name(cast: Cast, sign_in):
    client = sign_in("committee")
    client.post(
        reverse("honour_register"), typed(holder="person", names="江照野、 温如玉", departments=[cast.d8.pk])
    )
    row = Honour.objects.get()
    assert (row.holder, [str(r) for r in row.recipients.all()]) == ("person", ["江照野", "温如玉"])


def test_of_the_same_name_the_number_tells(cast: Cast, sign_in):
    twin = Person.objects.create(unit=cast.unit, name="温如玉", number="1032")
    client = sign_in("committee")
    url = reverse("honour_register")
    answer = client.post(url, typed(holder="person", names="温如玉"))
    assert answer.status_code == 422 and "的有几位，请在后面写上工号" in answer.content.decode()
    client.post(url, typed(holder="person", names="温如玉（1032）"))
    assert Honour.objects.get().recipients.get().person == twin
    text = page(client, "honour_edit", Honour.objects.get().pk)
    assert 'value="温如玉（1032）"' in text


@pytest.mark.parametrize(
    "names", ["江照野 温如玉", "江照野\n温　如 玉", " 江照野，，温如玉、", "江照野;温如玉"]
)
def test_names_are_read_as_offices_write_them(cast: Cast, sign_in, names):
    sign_in("office").post(reverse("honour_register"), typed(holder="person", names=names))
    assert [str(r) for r in Honour.objects.get().recipients.all()] == ["江照野", "温如玉"]


def test_who_left_and_what_was_closed_stays_a_recipient_when_it_is_corrected(cast: Cast, sign_in):
    gone = cast.people["staff"]
    Person.objects.filter(pk=gone.pk).update(left_on=DAY)
    Person.objects.create(unit=cast.unit, name=gone.name)
    personal = honour_registered(cast, recipients=Recipients(people=[gone]))
    collective = honour_registered(cast)
    Department.objects.filter(pk=cast.d8.pk).update(valid_to=DAY)
    client = sign_in("office")
    for row in (personal, collective):
        text = page(client, "honour_edit", row.pk)
        sent = dict(re.findall(r'name="(title|names|issuer)" value="([^"]*)"', text))
        ticked = re.findall(r'name="departments" value="(\d+)"[^>]*checked', text)
        sent |= {
            "holder": row.holder,
            "level": "city",
            "award": "other",
            "departments": ticked,
            "given_on": row.given_on,
        }
        assert client.post(reverse("honour_edit", args=[row.pk]), sent | {"note": "补正"}).status_code == 302
    assert personal.recipients.get().person == gone and collective.recipients.get().department == cast.d8


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"title": ""}, "写上荣誉叫什么"), ({"issuer": " "}, "写上是哪个机关"), ({"given_on": "2026-02-30"}, "没有这一天"),
        ({"given_on": "2027-01-01"}, "颁授日期还没有到"), ({"until": "2020-01-01"}, "有效期早于颁授日期"), ({"whole": ""}, "写上授给谁"),
        ({"holder": "person"}, "写上授给谁"), ({"holder": "person", "names": "查无此人"}, "名册里没有“查无此人”"),
        ({"holder": "person", "names": "、".join(["温如玉"] * 61)}, "最多写60个人"), ({"holder": "all"}, "gm-err"),
        ({"departments": ["x"]}, "要选本院的"), ({"departments": ["999999"]}, "要选本院的"), ({"title": "长" * 121}, "gm-err"),
        ({"title": "甲\0乙"}, "gm-err"), ({"reason": "甲\0乙", "basis": ""}, "gm-err"), ({"basis": "t999999"}, "选的依据找不到了"),
        ({"basis": "t" + "9" * 23}, "选的依据找不到了"), ({"basis": "<script>"}, "选的依据找不到了"), ({"note": "机密★长期"}, "密级标志"),
        ({"level": "own", "award": "score"}, "gm-err"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast: Cast, sign_in, more, says):
    before = event_ids()
    answer = sign_in("party_office").post(reverse("honour_register"), typed(doc_no="江委〔2026〕9号", **more))
    text = answer.content.decode()
    assert answer.status_code == 422 and says in text and "gm-err" in text and "江委〔2026〕9号" in text
    assert event_ids() == before and not Honour.objects.exists()


def test_markup_is_text(cast: Cast, sign_in):
    row = honour_registered(cast, title="<script>alert(1)</script>", note="{{ 7*7 }}")
    text = page(sign_in("party_office"), "honour", row.pk)
    assert "<script>alert" not in text and "&lt;script&gt;" in text and "{{ 7*7 }}" in text


def test_pressed_twice_one_is_told(cast: Cast, sign_in):
    client = sign_in("party_office")
    client.post(reverse("honour_register"), typed())
    answer = client.post(reverse("honour_register"), typed())
    assert (
        answer.status_code == 422
        and "已经登记过了" in answer.content.decode()
        and Honour.objects.count() == 1
    )


# ---- one honour ----


def test_one_walks_back_from_the_honour_to_the_demand(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    point = directive_received(cast).points.first()
    directives.answer(point=point, item=planned.mu, by=cast.party_office)
    task = task_issued(cast, item=planned.mu)
    row = honour_registered(cast, task=task)
    text = page(sign_in("head8"), "honour", row.pk)
    for name, pk in (
        ("task", task.pk), ("item", planned.mu.pk), ("item", planned.gang.pk), ("directive", point.directive_id),
    ):  # fmt: skip
        assert f'href="{reverse(name, args=[pk])}"' in text, name
    assert (
        text.index(point.text)
        < text.index(planned.gang.title)
        < text.rindex("整理排口清单")
        < text.rindex(row.title)
    )


def test_a_task_of_others_is_not_named(cast: Cast, sign_in):
    task = task_issued(cast, item=plan_with_items(cast).mu)
    row = honour_registered(cast, task=task)
    text = page(sign_in("head6"), "honour", row.pk)
    assert task.title not in text and "承办部门的一项任务" in text and "公益诉讼专项" in text
    assert reverse("task", args=[task.pk]) not in text


def test_a_task_of_a_decision_walks_back_to_the_meeting(cast: Cast, sign_in):
    decision = decided(cast)
    row = honour_registered(cast, task=task_issued(cast, decision=decision))
    text = page(sign_in("party_office"), "honour", row.pk)
    assert reverse("meeting", args=[decision.agenda_item.meeting_id]) in text and decision.text not in text


def test_the_hint_stands_beside_the_level_and_bars_nothing(cast: Cast, sign_in):
    text = page(sign_in("staff"), "honour", honour_registered(cast, award="first", level="own").pk)
    assert "一等功一般由省级以上党委、政府或中央机关批准" in text and "条文待核" in text
    assert "条文待核" not in page(sign_in("staff"), "honour", honour_registered(cast, title="另一项").pk)


def test_only_keepers_are_offered_steps(cast: Cast, sign_in):
    row = honour_registered(cast, task=task_issued(cast))

    def offered(who: str) -> set[str]:
        text = page(sign_in(who), "honour", row.pk)
        return set(re.findall(r'action="/(?:honours|honour-bases)/\d+/([a-z]+)/"', text))

    assert (
        offered("office") == {"link", "unlink", "withdraw"} and offered("head8") == offered("first") == set()
    )
    honours.withdraw(honour=row, reason="登重了", by=cast.office)
    assert offered("office") == set() and "登重了" in page(sign_in("staff"), "honour", row.pk)


def test_of_two_who_correct_it_the_second_is_told_and_loses_nothing(cast: Cast, sign_in):
    row = honour_registered(cast)
    client, url = sign_in("office"), reverse("honour_edit", args=[row.pk])
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(url).content.decode())[1]
    honours.edit(honour=row, issuer="江州市委、市政府", by=cast.committee)
    mine = typed(title="全市模范集体", whole="", departments=[cast.d8.pk])
    answer = client.post(url, mine | {"seen": seen})
    text = answer.content.decode()
    assert answer.status_code == 422 and "方既白刚改过这一条" in text and "现在是“江州市委、市政府”" in text
    assert 'value="全市模范集体"' in text and Honour.objects.get().title == "全市先进集体"
    wrong = client.post(url, mine | {"seen": seen, "title": ""}).content.decode()
    assert f'name="seen" value="{seen}"' in wrong, "who was told nothing yet is told the next time"
    again = re.search(r'name="seen" value="([^"]+)"', text)[1]
    assert client.post(url, mine | {"seen": again}).status_code == 302
    assert Honour.objects.get().title == "全市模范集体"


def test_links_and_reasons_are_asked_at_their_place(cast: Cast, sign_in):
    row, client = honour_registered(cast), sign_in("office")
    for name, data, says in (
        ("honour_link", {"basis": ""}, "找到任务或事项，选一项"), ("honour_link", {"basis": "t0"}, "不能作依据"),
        ("honour_link", {"basis": "x\0"}, "gm-err"), ("honour_withdraw", {"reason": ""}, "写一句为什么撤销"),
    ):  # fmt: skip
        answer = client.post(reverse(name, args=[row.pk]), data)
        assert answer.status_code == 422 and says in answer.content.decode(), name
    draft = plan_with_items(cast, adopted=False, year=2027)
    assert client.post(reverse("honour_link", args=[row.pk]), {"basis": f"i{draft.mu.pk}"}).status_code == 422


@pytest.mark.parametrize("who", ["party_office", "head8", "superior"])
def test_the_page_costs_twelve_queries_however_much_stands_behind_it(cast: Cast, sign_in, who):
    planned, client = plan_with_items(cast), sign_in(who)
    row = honour_registered(cast, task=task_issued(cast, item=planned.mu))

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, "honour", row.pk)
        return len(seen)

    few = cost()
    for n in range(20):
        honours.link(honour=row, task=task_issued(cast, item=planned.mu), reason=f"第{n}条", by=cast.office)
    assert cost() == few <= MOST
    assert "只走前12条" in page(client, "honour", row.pk)


# ---- the last knot elsewhere ----


def test_the_item_and_its_other_side_show_it_as_the_last_knot(cast: Cast, sign_in):
    planned, client = plan_with_items(cast), sign_in("staff")
    task = task_signed(cast, item=planned.mu)
    row = honour_registered(cast, task=task, reason="清单最全", given_on=DAY)
    honours.link(honour=row, item=planned.mu, by=cast.office)
    catch_up()
    text = page(client, "item", planned.mu.pk)
    assert text.count(f'href="{reverse("honour", args=[row.pk])}"') == 1
    assert text.index("签收") < text.index(row.title) < text.index("gm-tl-now") and "清单最全" in text
    assert "切入点另一头：公益诉讼专项" in page(client, "item", planned.gang.pk)
    assert row.title not in page(client, "item", planned.loose.pk)


def test_what_was_won_long_ago_stands_at_its_day(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    row = honour_registered(cast, item=planned.mu, given_on=DAY - timedelta(days=5))
    task_signed(cast, item=planned.mu)
    catch_up()
    text = page(sign_in("party_office"), "item", planned.mu.pk)
    assert text.index(row.title) < text.index("签收</span>")


def test_a_withdrawn_one_is_shown_as_such_everywhere(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    task = task_issued(cast, item=planned.mu)
    row = honour_registered(cast, task=task)
    honours.withdraw(honour=row, reason="颁授机关收回", by=cast.office)
    client = sign_in("party_office")
    for name, about in (("item", planned.mu), ("task", task)):
        assert "已撤销：颁授机关收回" in page(client, name, about.pk)
    assert queries.of_departments(cast.unit.pk, [cast.d8.pk], DAY.year) == []


def test_the_task_the_directive_and_the_ledger_show_it(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    point = directive_received(cast).points.first()
    directives.answer(point=point, item=planned.mu, by=cast.party_office)
    task = task_issued(cast, item=planned.mu)
    row = honour_registered(cast, task=task)
    client, href = sign_in("head8"), f'href="{reverse("honour", args=[row.pk])}"'
    assert href in page(client, "task", task.pk) and href in page(client, "directive", point.directive_id)
    assert href in page(client, "review") and href not in page(sign_in("head6"), "review")


def test_pages_that_show_it_cost_the_same_however_many_there_are(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    point = directive_received(cast).points.first()
    directives.answer(point=point, item=planned.mu, by=cast.party_office)
    task, client = task_issued(cast, item=planned.mu), sign_in("party_office")
    about = {"item": planned.mu.pk, "task": task.pk, "directive": point.directive_id}
    honour_registered(cast, task=task)

    def cost() -> dict[str, int]:
        found = {}
        for name, pk in about.items():
            with CaptureQueriesContext(connection) as seen:
                page(client, name, pk)
            found[name] = len(seen)
        return found

    few = cost()
    for n in range(25):
        honour_registered(cast, title=f"第{n}项", task=task)
    assert cost() == few
    assert page(client, "directive", point.directive_id).count("data-row") <= 30


def test_the_thread_as_word_ends_with_it(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    row = honour_registered(cast, item=planned.mu, reason="案件办得好")
    answer = sign_in("head8").get(reverse("item_thread", args=[planned.mu.pk]))
    document = docx.Document(io.BytesIO(answer.content))
    heads = [p.text for p in document.paragraphs if "荣誉" in p.text]
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    assert (
        heads and row.title in cells and "案件办得好" in cells and any("江委〔2026〕9号" in c for c in cells)
    )
    other = sign_in("head8").get(reverse("item_thread", args=[planned.gang.pk]))
    cells = [c.text for t in docx.Document(io.BytesIO(other.content)).tables for r in t.rows for c in r.cells]
    assert "案件办得好（切入点另一头：公益诉讼专项）" in cells
    bare = sign_in("head8").get(reverse("item_thread", args=[planned.loose.pk]))
    assert "还没有登记荣誉" in "".join(p.text for p in docx.Document(io.BytesIO(bare.content)).paragraphs)


def test_the_pack_of_an_item_and_of_a_time_has_its_ledger(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    honour_registered(cast, item=planned.mu)
    for asked in ({"scope": "item", "key": str(planned.mu.pk)}, {}):
        _job, archive = packed(sign_in("party_office"), **asked)
        assert any("荣誉台账" in name for name in archive.namelist())
        if asked:
            [thread] = [n for n in archive.namelist() if n.startswith("2事项")]
            assert "全市先进集体" in texts_of(archive, thread)


def test_the_duty_ledger_as_word_lists_it(cast: Cast, sign_in):
    honour_registered(cast, task=task_issued(cast))
    answer = sign_in("head8").get(reverse("duty_ledger", args=[cast.people["head8"].pk]))
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "全市先进集体（2026年5月31日，江州市委）" in text


def test_a_cancelled_task_offers_no_honour(cast: Cast, sign_in):
    task = tasks.cancel(task=task_issued(cast), reason="重复", by=cast.party_office)
    assert Task.objects.get(pk=task.pk).state == "cancelled"
    assert "登记荣誉" not in page(sign_in("party_office"), "task", task.pk)
