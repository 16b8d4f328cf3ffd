"""The pages of the meetings room: what each verb does, refuses, whom it lets, and what it leaves behind."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.events.models import Event
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import Attendance, Decision, Meeting, Vote
from gangmu.plan.models import Plan
from gangmu.tasks.models import Task
from tests.cast import (
    DAY,
    Cast,
    decided,
    event_ids,
    kind,
    meeting_convened,
    meeting_final,
    meeting_recorded,
    plan_with_items,
    topic_on,
)


def new_verbs(before: set[int]) -> list[str]:
    return list(Event.objects.exclude(pk__in=before).order_by("pk").values_list("verb", flat=True))


def convene_data(**more):
    return {"kind": "leading_group", "held_on": DAY.isoformat(), "place": "三楼会议室"} | more


# ---- reading ----


@pytest.mark.parametrize("view", ["all", "todo", "draft", "mine", "nonsense"])
def test_the_list_has_segments(cast: Cast, sign_in, view):
    meeting_recorded(cast)
    answer = sign_in("party_office").get(reverse("meeting_list"), {"view": view, "kind": "leading_group"})
    assert answer.status_code == 200


def test_the_newest_meeting_stands_first(cast: Cast, sign_in):
    meeting_final(cast, on=DAY - timedelta(days=30))
    meeting_final(cast, on=DAY - timedelta(days=2))
    text = sign_in("party_office").get(reverse("meeting_list")).content.decode()
    assert text.index("6月8日") < text.index("5月11日")


def test_the_list_says_how_many_wait(cast: Cast, sign_in):
    meeting_convened(cast, on=DAY - timedelta(days=1))
    meeting_recorded(cast)
    text = sign_in("party_office").get(reverse("meeting_list")).content.decode()
    assert "1 次会开过还没记" in text and "1 份记录待定稿" in text


def test_the_list_costs_the_same_however_long(cast: Cast, sign_in):
    client = sign_in("party_office")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(reverse("meeting_list")).status_code == 200
        return len(seen)

    meeting_final(cast, "theme_day", party_org=cast.branch1, also=[kind("lecture")])
    few = cost()
    for n in range(12):
        meeting_final(
            cast, "theme_day", party_org=cast.branch1, on=DAY - timedelta(days=n), also=[kind("lecture")]
        )
    assert cost() == few <= 14


def test_one_meeting_costs_the_same_however_much_it_decided(cast: Cast, sign_in):
    client, meeting = sign_in("party_office"), meeting_recorded(cast)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("meeting", args=[meeting.pk])).status_code == 200
        return len(seen)

    for n in range(5):
        topic = topic_on(cast, meeting)
        decisions.decide(agenda_item=topic, text=f"决定{n}", department=cast.d8, by=cast.party_office)
        if n == 0:
            few = cost()
    assert cost() == few <= 16


def test_a_member_of_staff_does_not_see_the_party_group(cast: Cast, sign_in):
    meeting = meeting_final(cast)
    client = sign_in("staff")
    assert client.get(reverse("meeting", args=[meeting.pk])).status_code == 404
    assert str(meeting) not in client.get(reverse("meeting_list")).content.decode()


@pytest.mark.parametrize("who", ["outsider", "stranger", "system_admin"])
def test_nobody_from_outside_sees_a_meeting(cast: Cast, sign_in, who):
    meeting = meeting_final(cast)
    assert sign_in(who).get(reverse("meeting", args=[meeting.pk])).status_code == 404


def test_the_page_says_the_quorum_in_numbers(cast: Cast, sign_in):
    meeting = meeting_recorded(cast, absent=("leader", "leader2"))
    text = sign_in("party_office").get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "不足法定人数" in text and "即 2 人" in text


def test_final_minutes_offer_no_change(cast: Cast, sign_in):
    decision = decided(cast)
    meeting = decision.agenda_item.meeting
    text = sign_in("party_office").get(reverse("meeting", args=[meeting.pk])).content.decode()
    offered = set(re.findall(r'action="([^"]+)"', text))
    assert reverse("meeting_finalise", args=[meeting.pk]) not in offered
    assert reverse("meeting_decide", args=[decision.agenda_item_id]) not in offered
    assert reverse("decision_deploy", args=[decision.pk]) in offered


# ---- convene ----


def test_a_meeting_is_convened_with_everybody_due(cast: Cast, sign_in):
    before = event_ids()
    answer = sign_in("party_office").post(reverse("meeting_new"), convene_data())
    meeting = Meeting.objects.get()
    assert answer.url == reverse("meeting", args=[meeting.pk])
    assert meeting.attendances.count() == 5 and new_verbs(before) == ["meetings.convene"]


def test_a_branch_meeting_without_a_branch_is_refused_at_its_field(cast: Cast, sign_in):
    answer = sign_in("party_office").post(reverse("meeting_new"), convene_data(kind="committee"))
    assert answer.status_code == 422 and "要选党支部" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_meeting_that_also_counts_as_a_lecture(cast: Cast, sign_in):
    data = convene_data(kind="theme_day", party_org=cast.branch1.pk, also=["lecture"])
    sign_in("organiser").post(reverse("meeting_new"), data)
    assert set(Meeting.objects.get().tags.values_list("kind_id", flat=True)) == {"theme_day", "lecture"}


def test_an_organiser_may_not_convene_the_party_group(cast: Cast, sign_in):
    data = convene_data(recorder=cast.people["organiser"].pk, party_org=cast.branch1.pk)
    answer = sign_in("organiser").post(reverse("meeting_new"), data)
    assert answer.status_code == 422 and not Meeting.objects.exists()


@pytest.mark.parametrize("who", ["staff", "head8", "stranger", "audit_admin"])
def test_others_convene_nothing(cast: Cast, sign_in, who):
    client = sign_in(who)
    assert client.get(reverse("meeting_new")).status_code == 403
    assert client.post(reverse("meeting_new"), convene_data()).status_code == 403


def test_the_next_meeting_starts_from_the_last(cast: Cast, sign_in):
    last = meeting_final(cast, "theme_day", party_org=cast.branch1, place="党员活动室")
    text = sign_in("organiser").get(reverse("meeting_new"), {"from": last.pk}).content.decode()
    assert "党员活动室" in text


def test_a_date_that_is_none_says_so(cast: Cast, sign_in):
    answer = sign_in("party_office").post(reverse("meeting_new"), convene_data(held_on="2026-06-31"))
    assert answer.status_code == 422 and "没有这一天" in answer.content.decode()


# ---- topics ----


def test_a_topic_is_put_on_the_agenda(cast: Cast, sign_in):
    meeting, item = meeting_convened(cast), plan_with_items(cast).mu
    data = {"title": "公益诉讼难点", "topic": "business", "item": item.pk, "party_way": "支部联学"}
    client, before = sign_in("party_office"), event_ids()
    assert client.get(reverse("meeting_add_topic", args=[meeting.pk])).status_code == 200
    client.post(reverse("meeting_add_topic", args=[meeting.pk]), data)
    topic = meeting.agenda.get()
    assert (topic.item, topic.party_way) == (item, "支部联学")
    assert new_verbs(before) == ["meetings.add_topic"]


def test_final_minutes_take_no_topic(cast: Cast, sign_in):
    meeting = meeting_final(cast)
    url = reverse("meeting_add_topic", args=[meeting.pk])
    answer = sign_in("party_office").post(url, {"title": "又一题", "topic": "other"})
    assert answer.status_code == 422 and "已经定稿" in answer.content.decode()
    assert not meeting.agenda.exists()


def test_who_may_only_see_adds_no_topic(cast: Cast, sign_in):
    meeting, client = meeting_convened(cast), sign_in("leader")
    url = reverse("meeting_add_topic", args=[meeting.pk])
    assert client.get(url).status_code == 403
    assert client.post(url, {"title": "一题", "topic": "other"}).status_code == 403


# ---- attendance ----


def test_only_the_absent_are_touched(cast: Cast, sign_in):
    meeting, client = meeting_convened(cast), sign_in("party_office")
    url, before = reverse("meeting_record", args=[meeting.pk]), event_ids()
    assert client.get(url).status_code == 200
    gone, unsure = cast.people["leader"].pk, cast.people["committee"].pk
    client.post(url, {f"who_{gone}": "出差", f"who_{unsure}": "?", "gist": "听取汇报"})
    rows = {a.person_id: a for a in Attendance.objects.filter(meeting=meeting)}
    assert [rows[gone].reason, rows[unsure].reason, rows[unsure].present] == ["出差", "", False]
    assert sum(a.present for a in rows.values()) == 3
    assert new_verbs(before) == ["meetings.record_attendance"]


def test_a_meeting_to_come_is_not_recorded(cast: Cast, sign_in):
    meeting, client = meeting_convened(cast, on=DAY + timedelta(days=1)), sign_in("party_office")
    url = reverse("meeting_record", args=[meeting.pk])
    assert client.get(url).status_code == 403
    answer = client.post(url, {})
    assert answer.status_code == 422 and "会还没有开" in answer.content.decode()
    assert Meeting.objects.get(pk=meeting.pk).state == "planned"


def test_who_was_only_invited_records_nothing(cast: Cast, sign_in):
    meeting = meeting_convened(cast)
    assert sign_in("leader").post(reverse("meeting_record", args=[meeting.pk]), {}).status_code == 403


def test_the_recorder_records(cast: Cast, sign_in):
    meeting = meeting_convened(cast, recorder=cast.people["staff"])
    sign_in("staff").post(reverse("meeting_record", args=[meeting.pk]), {})
    assert Meeting.objects.get(pk=meeting.pk).state == "recorded"


def test_a_reason_is_given_afterwards(cast: Cast, sign_in):
    meeting = meeting_convened(cast)
    gone = cast.people["leader"].pk
    meetings.record_attendance(meeting=meeting, absent={gone: ""}, by=cast.party_office)
    row = Attendance.objects.get(meeting=meeting, person_id=gone)
    client, before = sign_in("party_office"), event_ids()
    url = reverse("attendance_reason", args=[row.pk])
    empty = client.post(url, {"reason": ""})
    assert empty.status_code == 422 and "请假事由" in empty.content.decode()
    client.post(url, {"reason": "办案出庭"})
    row.refresh_from_db()
    assert row.reason == "办案出庭" and new_verbs(before) == ["meetings.give_absence_reason"]


def test_a_reason_for_somebody_who_came_is_refused(cast: Cast, sign_in):
    row = meeting_recorded(cast).attendances.first()
    answer = sign_in("party_office").post(reverse("attendance_reason", args=[row.pk]), {"reason": "出差"})
    assert answer.status_code == 422 and "记录上这个人到了会" in answer.content.decode()


def test_a_reason_is_not_for_others_to_give(cast: Cast, sign_in):
    row = meeting_recorded(cast, absent=("leader",)).attendances.get(present=False)
    url = reverse("attendance_reason", args=[row.pk])
    assert sign_in("leader").post(url, {"reason": "出差"}).status_code == 403
    assert sign_in("staff").post(url, {"reason": "出差"}).status_code == 404


# ---- votes and decisions ----


def ballot(favour: int, **more):
    return {"favour": favour, "against": 0, "abstain": 0, "method": "hands"} | more


def test_a_vote_passes_over_half_of_those_due(cast: Cast, sign_in):
    topic, before = topic_on(cast, meeting_recorded(cast)), event_ids()
    sign_in("party_office").post(reverse("meeting_vote", args=[topic.pk]), ballot(2, against=1))
    assert Vote.objects.get().passed and new_verbs(before) == ["meetings.vote"]


def test_without_a_quorum_the_sentence_stands_at_the_field(cast: Cast, sign_in):
    topic = topic_on(cast, meeting_recorded(cast, absent=("leader", "leader2")))
    answer = sign_in("party_office").post(reverse("meeting_vote", args=[topic.pk]), ballot(1))
    assert answer.status_code == 422 and "不足法定人数" in answer.content.decode()
    assert not Vote.objects.exists()


def test_more_votes_than_people_are_refused(cast: Cast, sign_in):
    topic = topic_on(cast, meeting_recorded(cast))
    answer = sign_in("party_office").post(reverse("meeting_vote", args=[topic.pk]), ballot(9))
    assert answer.status_code == 422 and "票数比到会人数多" in answer.content.decode()


def test_final_minutes_take_no_vote(cast: Cast, sign_in):
    decision = decided(cast)
    answer = sign_in("party_office").post(reverse("meeting_vote", args=[decision.agenda_item_id]), ballot(2))
    assert answer.status_code == 422 and "定稿以后不能再改" in answer.content.decode()


def test_only_who_runs_the_meeting_writes_votes_and_decisions(cast: Cast, sign_in):
    topic, client = topic_on(cast, meeting_recorded(cast)), sign_in("leader")
    assert client.post(reverse("meeting_vote", args=[topic.pk]), ballot(3)).status_code == 403
    assert client.post(reverse("meeting_decide", args=[topic.pk]), {"text": "同意"}).status_code == 403
    assert not Decision.objects.exists()


def test_a_decision_is_written(cast: Cast, sign_in):
    topic, before = topic_on(cast, meeting_recorded(cast)), event_ids()
    data = {
        "text": "由第八检察部抓好",
        "department": cast.d8.pk,
        "due_on": "2026-06-30",
        "needs_action": "on",
    }
    sign_in("party_office").post(reverse("meeting_decide", args=[topic.pk]), data)
    assert Decision.objects.get().department == cast.d8 and new_verbs(before) == ["meetings.decide"]


def test_a_due_date_before_the_meeting_is_refused_at_its_field(cast: Cast, sign_in):
    topic = topic_on(cast, meeting_recorded(cast))
    answer = sign_in("party_office").post(
        reverse("meeting_decide", args=[topic.pk]), {"text": "抓好", "due_on": "2026-06-01"}
    )
    assert answer.status_code == 422 and "早于开会日" in answer.content.decode()
    assert not Decision.objects.exists()


# ---- the plan before the meeting ----


def test_a_plan_with_holes_needs_a_reason(cast: Cast, sign_in):
    plan, meeting = plan_with_items(cast, adopted=False).plan, meeting_convened(cast)
    client, url = sign_in("party_office"), reverse("meeting_put_plan", args=[meeting.pk])
    assert "1 项业务没有切入点" in client.get(url).content.decode()
    answer = client.post(url, {"plan": plan.pk})
    assert answer.status_code == 422 and "两张皮检查还有" in answer.content.decode()
    assert not meeting.agenda.exists()
    before = event_ids()
    client.post(url, {"plan": plan.pk, "waiver": "下月补结"})
    assert meeting.agenda.get().plan == plan
    assert new_verbs(before) == ["flow.waive", "meetings.add_topic"]


def test_the_body_adopts_the_plan(cast: Cast, sign_in):
    plan, meeting = plan_with_items(cast, adopted=False).plan, meeting_recorded(cast)
    topic = topic_on(cast, meeting, topic="plan", plan=plan)
    client, url = sign_in("party_office"), reverse("meeting_adopt_plan", args=[topic.pk])
    client.post(url)
    assert Plan.objects.get(pk=plan.pk).adopted_on == DAY
    before = event_ids()
    assert "已通过" in client.post(url, follow=True).content.decode()
    assert event_ids() == before and Decision.objects.count() == 1


def test_adopting_needs_a_plan_on_the_agenda_and_the_right(cast: Cast, sign_in):
    plan, meeting = plan_with_items(cast, adopted=False).plan, meeting_recorded(cast)
    bare, topic = topic_on(cast, meeting), topic_on(cast, meeting, topic="plan", plan=plan)
    assert sign_in("party_office").post(reverse("meeting_adopt_plan", args=[bare.pk])).status_code == 404
    assert sign_in("office").post(reverse("meeting_adopt_plan", args=[topic.pk])).status_code == 403
    assert Plan.objects.get(pk=plan.pk).state == "draft"


# ---- the end of a meeting ----


def test_minutes_become_final_once(cast: Cast, sign_in):
    meeting, client, before = meeting_recorded(cast), sign_in("party_office"), event_ids()
    url = reverse("meeting_finalise", args=[meeting.pk])
    client.post(url)
    assert Meeting.objects.get(pk=meeting.pk).state == "final" and new_verbs(before) == ["meetings.finalise"]
    assert "已经办过" in client.post(url, follow=True).content.decode()
    assert new_verbs(before) == ["meetings.finalise"]


def test_who_was_there_does_not_finalise(cast: Cast, sign_in):
    meeting = meeting_recorded(cast)
    assert sign_in("leader").post(reverse("meeting_finalise", args=[meeting.pk])).status_code == 403
    assert sign_in("staff").post(reverse("meeting_finalise", args=[meeting.pk])).status_code == 404


def test_a_meeting_is_called_off_with_a_reason(cast: Cast, sign_in):
    meeting, client, before = meeting_convened(cast), sign_in("party_office"), event_ids()
    url = reverse("meeting_call_off", args=[meeting.pk])
    assert "为什么没开" in client.post(url, {"reason": ""}).content.decode()
    client.post(url, {"reason": "主持人出差"})
    assert Meeting.objects.get(pk=meeting.pk).state == "called_off" and new_verbs(before) == [
        "meetings.call_off"
    ]
    assert "已经办过" in client.post(url, {"reason": "再来"}).content.decode()
    assert sign_in("leader").post(url, {"reason": "再来"}).status_code == 403


# ---- deploying a decision ----


def deploy(decision: Decision, **data):
    prefix = f"d{decision.pk}-"
    return reverse("decision_deploy", args=[decision.pk]), {prefix + k: v for k, v in data.items()}


def test_a_decision_becomes_a_task(cast: Cast, sign_in):
    decision, client, before = decided(cast), sign_in("office"), event_ids()
    url, data = deploy(decision, due_on="2026-06-20")
    client.post(url, data)
    task = Task.objects.get()
    assert (task.department, task.decision) == (cast.d8, decision) and new_verbs(before) == ["tasks.issue"]


def test_a_decision_becomes_one_task_only(cast: Cast, sign_in):
    decision, client = decided(cast), sign_in("office")
    client.post(*deploy(decision))
    answer = client.post(*deploy(decision))
    assert answer.status_code == 422 and "已经立项交办" in answer.content.decode()
    assert Task.objects.count() == 1


def test_a_draft_is_not_deployed(cast: Cast, sign_in):
    decision = decided(cast, final=False)
    answer = sign_in("office").post(*deploy(decision))
    assert answer.status_code == 422 and "先定稿" in answer.content.decode()
    assert not Task.objects.exists()


def test_a_decision_without_a_department_asks_for_one(cast: Cast, sign_in):
    meeting = meeting_recorded(cast)
    decision = decisions.decide(agenda_item=topic_on(cast, meeting), text="抓好", by=cast.party_office)
    meetings.finalise(meeting=meeting, by=cast.party_office)
    client = sign_in("office")
    answer = client.post(*deploy(decision))
    assert answer.status_code == 422 and "选一个牵头部门" in answer.content.decode()
    client.post(*deploy(decision, department=cast.d6.pk))
    assert Task.objects.get().department == cast.d6


def test_heads_do_not_deploy(cast: Cast, sign_in):
    decision = decided(cast)
    assert sign_in("head8").post(*deploy(decision)).status_code == 403
    assert sign_in("head6").post(*deploy(decision)).status_code == 404
