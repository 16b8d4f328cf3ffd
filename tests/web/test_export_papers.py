"""Each paper says what is recorded and nothing else; what is missing is said or left blank."""

import io
import re
from datetime import timedelta

import docx
import pytest
from django.urls import reverse

from gangmu.cli import main
from gangmu.common import clock
from gangmu.flow import lamps
from gangmu.inspection.actions import inspections
from gangmu.meetings.actions import meetings
from gangmu.papers.kinds import KINDS, facts_of
from gangmu.papers.office import available
from gangmu.plan import queries as plans
from gangmu.review import queries as review
from gangmu.tasks import queries
from gangmu.tasks.actions import mobilisations, tasks
from gangmu.tasks.models import Task
from gangmu.web.export import papers
from tests.cast import (
    DAY,
    Cast,
    catch_up,
    decided,
    finding_raised,
    inspection_ordered,
    inspection_visited,
    meeting_convened,
    meeting_final,
    plan_with_items,
    task_issued,
    task_signed,
    task_verified,
    topic_on,
)


def texts(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def got(client, name: str, *args, **query) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response
    return texts(response.content)


@pytest.fixture
def office(sign_in):
    return sign_in("party_office")


def test_the_notice_of_a_task_has_its_progress_and_room_for_the_pen(cast: Cast, office):
    task = task_signed(cast)
    tasks.report(task=task, text="列出清单", happened_on=DAY, status="on_track", by=cast.head8)
    text = got(office, "task_notice", task.pk)
    assert "列出清单" in text and "领导批示" in text and "〔" in text
    assert "还没有核查" in text and "责任人\n未记" in text


def test_a_verified_task_says_who_looked_when(cast: Cast, office):
    assert f"{DAY.month}月{DAY.day}日核查，{cast.people['party_office'].name}" in got(
        office, "task_notice", task_verified(cast).pk
    )


def test_the_circular_of_tasks_goes_by_date_and_ranks_nobody(cast: Cast, office):
    for days, to in ((30, "第八检察部"), (3, "第六检察部"), (12, "办公室")):
        task_issued(cast, to=to, due_in=days)
    with clock.at(DAY + timedelta(days=5)):
        text = got(office, "task_circular")
    assert "在办任务3件，其中逾期1件、一周内到期1件" in text and "不分名次" in text
    places = [text.index(word) for word in ("第六检察部", "办公室", "第八检察部")]
    assert places == sorted(places)
    assert not re.search("排名|名列|第[一二三]名|倒数|末位", text.replace("不分名次", ""))
    assert "第　　期" in text, "the issue is left for the pen"


def test_the_circular_of_a_visit_has_both_effects_and_every_finding(cast: Cast, office):
    planned = plan_with_items(cast)
    visit = inspection_visited(cast, planned)
    finding_raised(cast, visit, planned)
    text = got(office, "inspection_circular", visit.pk)
    assert "案件按期办结" in text and "先锋岗在办案组" in text and "取样记录不全" in text and "待整改" in text


def test_a_visit_half_written_down_says_so(cast: Cast, office):
    planned = plan_with_items(cast)
    visit = inspection_ordered(cast, planned)
    line = visit.lines.get(item=planned.mu)
    inspections.look(
        line=line, business_effect="案件办结", party_effect="在岗", grade="partly", by=cast.party_office
    )
    text = got(office, "inspection_circular", visit.pk)
    assert "案件办结" in text and text.count("未记") == 3 and "没有发现问题的记录" in text


@pytest.mark.parametrize("name", ["inspection_circular", "meeting_minutes"])
def test_what_has_not_happened_gets_no_paper(cast: Cast, office, name):
    found = meeting_convened(cast) if "meeting" in name else inspection_ordered(cast, plan_with_items(cast))
    response = office.get(reverse(name, args=[found.pk]), follow=True)
    assert response["Content-Type"].startswith("text/html")
    assert "还没有" in response.content.decode()


def test_minutes_that_are_no_final_say_so_and_have_no_date_of_issue(cast: Cast, office):
    draft, final = decided(cast, final=False).agenda_item.meeting, meeting_final(cast)
    assert "草稿，还没有定稿" in got(office, "meeting_minutes", draft.pk)
    assert "草稿" not in got(office, "meeting_minutes", final.pk)


def test_minutes_say_what_is_not_recorded(cast: Cast, office):
    meeting = meeting_final(cast)
    text = got(office, "meeting_minutes", meeting.pk)
    assert "地点：未记" in text and "主持：未记" in text and "记录：未记" in text


def test_a_topic_without_a_decision_gets_none(cast: Cast, office):
    meeting = meeting_convened(cast)
    topic_on(cast, meeting)
    meetings.record_attendance(meeting=meeting, absent={}, by=cast.party_office)
    text = got(office, "meeting_minutes", meeting.pk)
    assert "没有议定事项的记录" in text and "会议决定" not in text and "表决" not in text


def test_a_plan_in_force_has_its_head_and_a_draft_says_that_it_is_one(cast: Cast, office):
    force, draft = plan_with_items(cast).plan, plan_with_items(cast, adopted=False, year=DAY.year + 1).plan
    text = got(office, "plan_paper", force.pk)
    assert text.startswith(force.unit.name) and "〔" in text
    assert "草稿，还没有通过" in got(office, "plan_paper", draft.pk)


def test_the_table_of_tasks_has_every_item_that_carries_an_action(cast: Cast, office):
    planned = plan_with_items(cast)
    text = got(office, "plan_tasks", planned.plan.pk)
    for item in planned.plan.items.filter(is_task=True):
        assert item.title in text


def test_the_date_of_an_order_is_the_day_it_was_given(cast: Cast, office):
    visit = inspection_ordered(cast, plan_with_items(cast), on=DAY + timedelta(days=20))
    catch_up()
    text = got(office, "inspection_order", visit.pk)
    assert f"{DAY.year}年{DAY.month}月{DAY.day}日" in text


def report_of(cast: Cast, who: str):
    holder = review.holders(cast.unit.pk, DAY)[cast.people[who].pk]
    plan = plans.newest_plan(cast.unit.pk)
    return papers.report(holder, review.ledger(holder, plan.pk if plan else None, DAY), DAY)


def test_every_sentence_of_a_report_rests_on_a_record(cast: Cast):
    planned = plan_with_items(cast)
    task_verified(cast)
    task_issued(cast, item=planned.mu)
    meeting_final(cast)
    finding_raised(cast, inspection_visited(cast, planned), planned)
    paper = report_of(cast, "head8")
    said, grounds = paper.facts["句子"], paper.facts["依据"]
    numbers = [int(n) for row in said for n in re.findall(r"〔(\d+)〕", row["文字"])]
    assert set(numbers) == set(range(1, len(grounds) + 1)), "each mark has its record, each record its mark"
    unmarked = [row["文字"] for row in said if "〔" not in row["文字"]]
    assert all("没有" in text for text in unmarked), "only that there is nothing rests on no record"
    titles = {row["名称"] for row in grounds}
    known = {t.title for t in Task.objects.all()} | {i.title for i in planned.plan.items.all()}
    assert titles & known


def test_a_report_of_nothing_claims_nothing(cast: Cast):
    paper = report_of(cast, "head6")
    said = "".join(row["文字"] for row in paper.facts["句子"])
    assert paper.facts["依据"] == [] and not re.search(r"\d", said)
    assert "本年度计划中没有牵头的事项" in said and "核查通过" not in said


def test_a_visit_still_to_come_is_no_visit_taken_part_in(cast: Cast):
    inspection_ordered(cast, plan_with_items(cast), on=DAY + timedelta(days=9))
    assert "参加联合督查" not in "".join(r["文字"] for r in report_of(cast, "head6").facts["句子"])


def test_what_only_the_person_can_say_is_left_to_the_person(cast: Cast, office):
    text = got(office, "duty_report", cast.people["head8"].pk)
    assert "（由本人填写）" in text and "努力" not in text and "认真" not in text


def test_the_double_duty_ledger_has_no_figure_of_merit(cast: Cast, office):
    plan_with_items(cast)
    text = got(office, "duty_ledger", cast.people["head8"].pk)
    assert "抓党建" in text and "抓业务" in text and "不打分，不排名" in text
    assert not re.search(r"\d分|得分|第\d+名", text)


def test_one_without_a_double_duty_has_no_such_paper(cast: Cast, office):
    assert office.get(reverse("duty_ledger", args=[cast.people["staff"].pk])).status_code == 404


def every_paper(cast: Cast):
    planned = plan_with_items(cast)
    task = task_verified(cast)
    visit = inspection_visited(cast, planned)
    finding = finding_raised(cast, visit, planned)
    holder = review.holders(cast.unit.pk, DAY)[cast.people["head8"].pk]
    ledger = review.ledger(holder, planned.plan.pk, DAY)
    four = lamps.of_items([planned.mu], planned.plan)[planned.mu.pk]
    yield "plan", papers.plan(planned.plan)
    yield "task_list", papers.task_list(planned.plan)
    yield "minutes", papers.minutes(decided(cast).agenda_item.meeting)
    yield "order", papers.order(visit)
    yield "circular", papers.inspection_circular(visit)
    yield (
        "progress",
        papers.progress_circular(cast.unit, queries.with_progress(Task.objects.all()), [finding], 1, DAY),
    )
    yield "notice", papers.notice(task)
    yield "duty", papers.duty(holder, ledger, lamps.of_items(ledger.items, planned.plan), cast.unit.name, DAY)
    yield "report", papers.report(holder, ledger, DAY)
    order = mobilisations.draft(
        unit=cast.unit, title="排口专案", kind="case", purpose="查清排口", coordinator=cast.people["leader"],
        item=planned.mu, entry_point=planned.knot, starts_on=DAY, ends_on=DAY, by=cast.office,
    )  # fmt: skip
    mobilisations.ask_for(
        order=order, kind="people", department=cast.d8, text="人员", asked=3, by=cast.office
    )
    yield "mobilisation", papers.mobilisation(order)
    yield "thread", papers.thread(planned.mu, four, plans.knots_of(planned.mu), [task], DAY)


def shape(facts) -> dict:
    return {k: set(v[0]) if isinstance(v, list) and v else type(v).__name__ for k, v in facts.items()}


def test_every_paper_gives_a_template_exactly_the_names_that_are_promised(cast: Cast):
    found = dict(every_paper(cast))
    assert set(found) == set(KINDS)
    for kind, paper in found.items():
        given, promised = shape(facts_of(paper)), shape(KINDS[kind].facts)
        assert set(given) == set(promised), kind
        for name, want in promised.items():
            assert given[name] == want or given[name] == "list", (kind, name)


@pytest.mark.skipif(available() is None, reason="needs LibreOffice")
def test_a_paper_and_a_ledger_come_as_pdf(cast: Cast, office):
    task = task_issued(cast)
    for url in (reverse("task_notice", args=[task.pk]) + "?format=pdf", reverse("task_list") + "?format=pdf"):
        response = office.get(url)
        assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF")


def test_without_libreoffice_the_page_says_why(cast: Cast, office, monkeypatch):
    task = task_issued(cast)
    monkeypatch.setattr("gangmu.papers.office.available", lambda: None)
    for url, back in (
        (reverse("task_notice", args=[task.pk]), reverse("task", args=[task.pk])), (reverse("task_list"), reverse("task_list")),
    ):  # fmt: skip
        response = office.get(url, {"format": "pdf"})
        assert response.status_code == 302 and response.url.split("?")[0] == back
        assert "LibreOffice" in office.get(back).content.decode()
    assert "PDF 未装转换程序" in office.get(reverse("task_list")).content.decode()


@pytest.mark.parametrize(
    ("page", "links"),
    [
        ("task", ["task_notice"]), ("plan", ["plan_paper", "plan_tasks"]), ("inspection", ["inspection_order", "inspection_circular"]),
        ("meeting", ["meeting_minutes"]), ("item", ["item_thread"]),
    ],
)  # fmt: skip
def test_each_paper_is_reached_from_the_page_where_it_belongs(cast: Cast, office, page, links):
    planned = plan_with_items(cast)
    about = {
        "task": lambda: task_issued(cast), "plan": lambda: planned.plan, "inspection": lambda: inspection_visited(cast, planned),
        "meeting": lambda: meeting_final(cast), "item": lambda: planned.mu,
    }[page]()  # fmt: skip
    html = office.get(reverse(page, args=[about.pk])).content.decode()
    for name in links:
        assert f'href="{reverse(name, args=[about.pk])}"' in html


def test_the_command_writes_one_of_every_paper_there_is(cast: Cast, tmp_path, capsys):
    planned = plan_with_items(cast)
    task_verified(cast)
    decided(cast)
    inspection_visited(cast, planned)
    assert main(["papers", "samples", str(tmp_path / "out")]) == 0
    made = {f.stem for f in (tmp_path / "out").iterdir()}
    assert made >= {"plan", "tasks", "minutes", "notice-1", "order", "circular", "progress", "duty", "report"}
    assert "督办单" in capsys.readouterr().out


def test_the_command_says_when_there_is_nothing_to_write(cast: Cast, tmp_path, capsys):
    assert main(["papers", "samples", str(tmp_path)]) == 1
    assert "还没有可以写的内容" in capsys.readouterr().err
