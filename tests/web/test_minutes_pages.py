"""Minutes come in: read, looked over beside the original, and taken once into a meeting."""

import io
import re
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.events.models import Event
from gangmu.flow import minutes_in
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import AgendaItem, Decision, Meeting, MinutesPaper, Vote
from gangmu.org.models import Person
from gangmu.papers.minutes import read_minutes
from gangmu.papers.official import write
from gangmu.papers.read import read
from gangmu.web.export import papers
from tests.cast import DAY, Cast, event_ids, meeting_convened, meeting_final, meeting_recorded, topic_on

TEXT = """中共江州市人民检察院党组会议纪要
（2026年第7次）
时间：2026年6月9日 地点：党组会议室
主持：党组书记、检察长秦望舒
出席：韩知远
请假：苏慎行（出差）
列席：机关党委方既白、办公室裴思齐
记录：温如玉
一、传达学习上级会议精神。会议强调，各部门要抓好落实。
二、研究公益诉讼专项工作
会议听取了第八检察部的汇报。会议表决：同意2票，不同意0票。会议同意专项方案。由第八检察部牵头，于6月底前印发。
三、关于数字检察
会议决定，责成技术处会后10日内提出方案。
四、研究干部任免事项
会议同意张三丰任办公室副主任。
"""
BRANCH = "第一党支部支委会会议记录\n时间：2026年6月8日 地点：活动室 主持：宁致和 记录：贺清秋\n参加人员：宁致和、贺清秋\n议题一：主题党日\n会议决定，由贺清秋负责，6月底前组织一次主题党日。\n"


def file(text: str = TEXT, name: str = "纪要.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def brought(cast: Cast, text: str = TEXT, who: str = "party_office") -> MinutesPaper:
    return minutes_in.bring(data=text.encode(), name="纪要.txt", unit=cast.unit, by=cast.acting(who))


def page(client, paper: MinutesPaper, **query: object) -> str:
    return client.get(reverse("minutes_paper", args=[paper.pk]), query).content.decode()


def filled(text: str) -> dict[str, object]:
    """What a browser would send of the page's form as it stands."""
    form = re.search(r'<form class="gm-form gm-stack".*?</form>', text, re.DOTALL)[0]
    data: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)[1]
        if name and (kind not in ("checkbox", "radio") or " checked" in tag):
            data[name[1]] = value[1] if value else "on" if kind == "checkbox" else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        data[name] = body.strip()
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', body)
        data[name] = chosen[1] if chosen else ""
    return data


def take(client, paper: MinutesPaper, **more: object):
    return client.post(reverse("minutes_take", args=[paper.pk]), filled(page(client, paper)) | more)


# ---- bring ----


def test_a_file_becomes_a_preview_beside_the_original(cast: Cast, sign_in):
    before = event_ids()
    answer = sign_in("party_office").post(reverse("minutes_bring"), {"file": file()}, follow=True)
    text = answer.content.decode()
    assert list(Event.objects.exclude(pk__in=before).values_list("verb", "source")) == [
        ("meetings.bring_minutes", "import")
    ]
    assert "读出 4 个议题，3 条决定" in text and "公益诉讼" in text and "苏慎行" in text
    assert "张三丰" not in text and "张三丰" not in str(MinutesPaper.objects.get().source)
    assert not Meeting.objects.exists(), "nothing is recorded before a person has looked"


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [("江州市工作要点\n一、党建\n（一）讲党课。\n", "要点.txt", "不像会议纪要"), ("", "空.txt", "文件是空的"),
     ("机密★一年\n会议纪要\n", "纪要.txt", "标有密级"), ("%PDF-1.7", "纪要.pdf", "不支持这种文件")],
)  # fmt: skip
def test_what_is_no_minutes_is_refused_and_not_kept(cast: Cast, sign_in, text, name, says):
    answer = sign_in("party_office").post(reverse("minutes_bring"), {"file": file(text, name)})
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not MinutesPaper.objects.exists()


def test_the_same_file_twice_is_said(cast: Cast, sign_in):
    brought(cast)
    answer = sign_in("party_office").post(reverse("minutes_bring"), {"file": file()})
    assert answer.status_code == 422 and "已经导入过" in answer.content.decode()


def test_the_list_of_meetings_leads_there_for_those_who_may(cast: Cast, sign_in):
    assert reverse("minutes_bring") in sign_in("office").get(reverse("meeting_list")).content.decode()
    assert reverse("minutes_bring") not in sign_in("staff").get(reverse("meeting_list")).content.decode()


# ---- look over ----


def test_people_are_matched_and_who_is_not_named_is_marked(cast: Cast, sign_in):
    text = page(sign_in("party_office"), brought(cast))
    data = filled(text)
    who = {
        key: data[f"who_{cast.people[key].pk}"]
        for key in ("first", "leader", "leader2", "committee", "party_office")
    }
    assert who == {"first": "", "leader": "", "leader2": "出差", "committee": "", "party_office": "?"}
    assert text.count("纪要里没写到") == 1 and "裴思齐、温如玉" in str(data["gist"])
    assert data["chair"] == str(cast.people["first"].pk) and data["number"] == "7"


def test_a_department_that_is_not_ours_is_said_and_left_open(cast: Cast, sign_in):
    text = page(sign_in("party_office"), brought(cast))
    assert "原文写的是“技术处”，本院没有这个部门" in text
    data = filled(text)
    assert data["t1d1-department"] == str(cast.d8.pk) and data["t1d1-due_on"] == "2026-06-30"
    assert data["t2d0-department"] == "" and data["t2d0-due_on"] == "2026-06-19"


def test_only_firm_sentences_are_ticked_and_no_sensitive_topic(cast: Cast, sign_in):
    data = filled(page(sign_in("party_office"), brought(cast)))
    assert {k for k, v in data.items() if v == "on" and "d" in k} == {"t1d0", "t1d1", "t2d0"}
    assert {k for k, v in data.items() if v == "on" and "d" not in k} == {"t0", "t1", "t2"}


def test_where_the_day_was_not_read_it_is_asked_first(cast: Cast, sign_in):
    paper = brought(cast, TEXT.replace("时间：2026年6月9日 ", ""))
    client = sign_in("party_office")
    assert "先认定是哪次会" in page(client, paper) and reverse("minutes_take", args=[paper.pk]) not in page(
        client, paper
    )
    text = page(client, paper, kind="leading_group", held_on="2026-06-09")
    assert reverse("minutes_take", args=[paper.pk]) in text


def test_a_branch_record_finds_its_branch(cast: Cast, sign_in):
    paper = brought(cast, BRANCH, "branch")
    client = sign_in("branch")
    assert take(client, paper).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.party_org, meeting.kind_id, meeting.chair) == (
        cast.branch1,
        "committee",
        cast.people["branch"],
    )
    assert Decision.objects.get().due_on == date(2026, 6, 30)


# ---- take ----


def test_one_adoption_makes_the_meeting_with_all_that_was_ticked(cast: Cast, sign_in):
    client, before = sign_in("party_office"), event_ids()
    paper = brought(cast)
    answer = take(client, paper)
    meeting = Meeting.objects.get()
    assert answer.url == reverse("meeting", args=[meeting.pk])
    assert (meeting.kind_id, meeting.number, meeting.held_on, meeting.place, meeting.state) == (
        "leading_group",
        7,
        date(2026, 6, 9),
        "党组会议室",
        "recorded",
    )
    away = {a.person.name: a.reason for a in meeting.attendances.filter(present=False)}
    assert away == {"苏慎行": "出差", "沈若水": ""}
    assert [t.title for t in meeting.agenda.all()] == [
        "传达学习上级会议精神",
        "研究公益诉讼专项工作",
        "关于数字检察",
    ]
    assert list(Decision.objects.values_list("department__name", "due_on")) == [
        (None, None), ("第八检察部", date(2026, 6, 30)), (None, date(2026, 6, 19))]  # fmt: skip
    vote = Vote.objects.get()
    assert (vote.favour, vote.present, vote.passed) == (2, 2, True)
    paper.refresh_from_db()
    assert (paper.state, paper.meeting) == ("taken", meeting) and "任免" not in str(paper.source)
    verbs = list(Event.objects.exclude(pk__in=before).order_by("pk").values_list("verb", flat=True))
    assert (
        verbs[0] == "meetings.bring_minutes"
        and verbs[-1] == "meetings.take_minutes"
        and verbs.count("meetings.decide") == 3
    )


def test_the_original_stays_to_be_read_and_is_taken_only_once(cast: Cast, sign_in):
    client, paper = sign_in("party_office"), brought(cast)
    take(client, paper)
    text = page(client, paper)
    assert "纪要原件" in text and "会议听取了第八检察部的汇报" in text
    assert reverse("meeting", args=[Meeting.objects.get().pk]) in text
    assert (
        reverse("minutes_take", args=[paper.pk]) not in text
        and reverse("minutes_drop", args=[paper.pk]) not in text
    )


def test_a_person_corrects_owner_day_and_words(cast: Cast, sign_in):
    take(
        sign_in("party_office"),
        brought(cast),
        **{"t2d0-text": "提出数字检察方案", "t2d0-department": cast.d6.pk, "t2d0-due_on": "2026-07-01"},
    )
    last = Decision.objects.order_by("-pk").first()
    assert (last.text, last.department, last.due_on) == ("提出数字检察方案", cast.d6, date(2026, 7, 1))


def test_what_is_not_ticked_is_not_recorded(cast: Cast, sign_in):
    client, paper = sign_in("party_office"), brought(cast)
    data = filled(page(client, paper))
    for name in ("t0", "t1d0", "t2"):
        del data[name]
    client.post(reverse("minutes_take", args=[paper.pk]), data)
    assert [t.title for t in AgendaItem.objects.all()] == [
        "研究公益诉讼专项工作"
    ] and Decision.objects.count() == 1


def test_of_a_sensitive_topic_only_the_title_comes_and_only_when_ticked(cast: Cast, sign_in):
    paper = brought(cast)
    take(sign_in("party_office"), paper, t3="on")
    topic = AgendaItem.objects.order_by("-position").first()
    assert (topic.title, topic.topic) == ("研究干部任免事项", "cadre") and not topic.decisions.exists()
    paper.refresh_from_db()
    assert "任免" in str(paper.source) and "张三丰" not in str(paper.source)


def test_a_meeting_of_that_day_is_filled_and_not_doubled(cast: Cast, sign_in):
    meeting = meeting_convened(cast, on=date(2026, 6, 9))
    topic_on(cast, meeting)
    client, paper = (
        sign_in("party_office"),
        brought(cast, TEXT.replace("研究公益诉讼专项工作", "研究公益诉讼")),
    )
    assert "记进已有的" in page(client, paper)
    take(client, paper)
    meeting.refresh_from_db()
    assert Meeting.objects.count() == 1 and meeting.state == "recorded"
    assert [t.title for t in meeting.agenda.all()] == ["研究公益诉讼", "传达学习上级会议精神", "关于数字检察"]
    assert meeting.agenda.first().decisions.count() == 2


def test_a_second_meeting_of_that_day_only_by_choice(cast: Cast, sign_in):
    meeting_convened(cast, on=date(2026, 6, 9))
    take(sign_in("party_office"), brought(cast), into="new")
    assert Meeting.objects.count() == 2


def test_final_minutes_are_not_written_into(cast: Cast, sign_in):
    meeting = meeting_final(cast, on=date(2026, 6, 9))
    answer = take(sign_in("party_office"), brought(cast))
    assert answer.status_code == 422 and "已经定稿" in answer.content.decode()
    assert not meeting.agenda.exists()


def test_twice_at_once_makes_one_meeting(cast: Cast, sign_in):
    client, paper = sign_in("party_office"), brought(cast)
    data = filled(page(client, paper))
    url = reverse("minutes_take", args=[paper.pk])
    client.post(url, data)
    answer = client.post(url, data, follow=True)
    assert "已经记入会议" in answer.content.decode() and Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [({"t1d1-due_on": "2026-01-01"}, "早于开会日"), ({"t1d1-due_on": "6月31日"}, "没有这一天"), ({"t1d0-text": " "}, "勾上了就要写一句"),
     ({"t1-title": ""}, "勾上了就要写一句"), ({"held_on": "2026-06-31"}, "没有这一天"), ({"kind": "assembly"}, "支部的会选支部"),
     ({"t1d1-department": "999999"}, "有效"), ({"number": "0"}, "1"), ({"t1d0-text": "字" * 301}, "300")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_of_it_stored(cast: Cast, sign_in, more, says):
    answer = take(sign_in("party_office"), brought(cast), **more)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Meeting.objects.exists() and MinutesPaper.objects.get().state == "preview"


def test_without_quorum_no_decision_and_no_meeting(cast: Cast, sign_in):
    gone = {f"who_{cast.people[k].pk}": "出差" for k in ("first", "leader")}
    answer = take(sign_in("party_office"), brought(cast), **gone)
    assert answer.status_code == 422 and "法定人数" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_meeting_that_is_still_to_come_is_refused(cast: Cast, sign_in):
    answer = take(sign_in("party_office"), brought(cast, TEXT.replace("6月9日", "6月20日")))
    assert (
        answer.status_code == 422 and "还没有开" in answer.content.decode() and not Meeting.objects.exists()
    )


def test_a_branch_secretary_takes_no_minutes_of_the_party_group(cast: Cast, sign_in):
    paper = brought(cast, who="branch")
    text = page(sign_in("branch"), paper)
    assert "先认定是哪次会" in text and reverse("minutes_take", args=[paper.pk]) not in text


def test_it_is_dropped_and_the_text_with_it(cast: Cast, sign_in):
    paper = brought(cast)
    answer = sign_in("office").post(reverse("minutes_drop", args=[paper.pk]), follow=True)
    assert "没有保留" in answer.content.decode() and MinutesPaper.objects.get().source == {}
    assert sign_in("office").get(reverse("minutes_paper", args=[paper.pk])).status_code == 302


def test_the_page_costs_the_same_however_much_was_decided(cast: Cast, sign_in):
    client, paper = sign_in("party_office"), brought(cast)

    def cost(row: MinutesPaper) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, row)
        return len(queries)

    page(client, paper)
    few = cost(paper)
    Person.objects.bulk_create(Person(unit=cast.unit, name=f"新人{n}") for n in range(30))
    many = TEXT + "".join(
        f"{n}、关于第{n}件事\n会议决定，由第八检察部牵头，6月底前办好第{n}件。\n"
        for n in ("五", "六", "七", "八", "九", "十")
    )
    assert cost(brought(cast, many)) == few <= 30


# ---- the way back ----


def test_what_is_exported_reads_back_with_the_same_decisions(cast: Cast):
    meeting = meeting_recorded(cast, absent=("leader2",))
    topic = topic_on(cast, meeting, party_way="先锋岗设到办案组")
    decisions.vote(agenda_item=topic, favour=2, by=cast.party_office)
    for text, department, due in (
        ("修订值班制度", cast.support, DAY.replace(day=30)),
        ("同意专项方案", None, None),
        ("整理清单", cast.d8, None),
    ):
        decisions.decide(
            agenda_item=topic, text=text, department=department, due_on=due, by=cast.party_office
        )
    meetings.finalise(meeting=meeting, by=cast.party_office)
    meeting = Meeting.objects.select_related("unit", "kind", "party_org", "chair").get(pk=meeting.pk)
    data = write(papers.minutes(meeting))
    assert docx.Document(io.BytesIO(data)).paragraphs
    source = read(data, "纪要.docx")
    made = read_minutes(source, people=["秦望舒", "韩知远", "苏慎行"], units=["第八检察部", "办公室"])
    assert made.lost(source) == []
    (only,) = made.topics
    assert (only.title, only.party_way, only.vote) == (topic.title, "先锋岗设到办案组", (2, 0, 0))
    assert [(d.text, d.lead, d.due.date if d.due else None) for d in only.decisions] == [
        ("修订值班制度", ["办公室"], DAY.replace(day=30)), ("同意专项方案", [], None), ("整理清单", ["第八检察部"], None)]  # fmt: skip
    assert (made.head.kind, made.head.number, made.head.held_on) == (
        "leading_group",
        meeting.number,
        meeting.held_on,
    )
    assert {n.name for n in made.head.present} == {"秦望舒", "韩知远"} and [
        n.name for n in made.head.absent
    ] == ["苏慎行"]
