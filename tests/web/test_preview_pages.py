"""The preview in two panes: rows by themselves, two people at once, pages, what is remembered, a revised paper."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gangmu.flow import reading
from gangmu.jobs.models import Job
from gangmu.org.models import DepartmentAlias
from gangmu.plan import queries
from gangmu.plan.actions import items
from gangmu.plan.models import Plan, PlanItem, ReadingHint
from gangmu.web.plan import preview as panes
from gangmu.web.plan.preview import Window, marked, windows
from tests.cast import Cast, catch_up, event_ids
from tests.plan.papers import in_force, item_of, read_paper, titles

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return read_paper(cast)


@pytest.fixture
def office(sign_in):
    return sign_in("party_office")


def post(client, name: str, pk: int, data: dict | None = None, **more: object):
    return client.post(reverse(name, args=[pk]), data or {}, **more)


def text_of(answer) -> str:
    return answer.content.decode()


# ---- one row by itself ----


def test_a_row_opens_its_form_without_the_page(office, plan):
    item = item_of(plan, "办好公益诉讼案件")
    answer = office.get(reverse("paper_item", args=[item.pk]), {"edit": 1}, **HTMX)
    text = text_of(answer)
    assert f'id="item-{item.pk}"' in text and "<html" not in text and 'name="seen"' in text
    assert text.count("data-row") == 1


def test_without_script_the_page_opens_at_that_row(office, plan):
    item = item_of(plan, "办好公益诉讼案件")
    answer = office.get(reverse("paper_item", args=[item.pk]), {"split": 1})
    assert answer.url == reverse("paper", args=[plan.pk]) + f"?split={item.pk}#item-{item.pk}"
    assert "从哪一句起另成一项" in text_of(office.get(answer.url))


def test_a_step_on_a_row_is_answered_by_the_row_and_what_is_left(office, plan):
    item = item_of(plan, "办好公益诉讼案件")
    text = text_of(post(office, "paper_item_accept", item.pk, **HTMX))
    assert "照原文" in text and "还有 1 项要看" in text and "认可了。" in text and "<html" not in text


def test_one_of_several_guesses_is_accepted(office, plan):
    item = item_of(plan, "办好公益诉讼案件")
    more = {"field": "track", "why": "words", "text": "用词"}
    PlanItem.objects.filter(pk=item.pk).update(guesses=[*item.guesses, more])
    post(office, "paper_item_accept", item.pk, {"guess": "track.words"}, **HTMX)
    assert [g["field"] for g in item_of(plan, item.title).guesses] == ["lead"]


def test_a_step_that_moves_rows_is_answered_by_both_panes(office, plan):
    item = item_of(plan, "做实执行监督")
    answer = office.post(reverse("paper_item_merge", args=[item.pk]), follow=True, **HTMX)
    text = text_of(answer)
    assert 'id="pv"' in text and "<html" not in text and "并到上一项了。" in text


def test_the_filter_stays_in_force_after_a_step(office, plan):
    item = item_of(plan, "做实执行监督")
    answer = post(office, "paper_item_mark", item.pk, {"as": "heading", "only": "waiting", "page": "1"})
    assert answer.url.startswith(reverse("paper", args=[plan.pk]) + "?only=waiting&page=1#")
    answer = post(office, "paper_item_mark", item.pk, {"as": "task", "why": "x&next=//evil"})
    assert "evil" not in answer.url


# ---- two people at once ----


def form_data(cast: Cast, item: PlanItem, **more: object) -> dict:
    return {
        "title": item.title,
        "track": "mu",
        "lead_department": cast.d8.pk,
        "seen": queries.stamp(item),
    } | more


@pytest.mark.parametrize("htmx", [{}, HTMX], ids=["page", "row"])
def test_who_comes_second_is_told_and_loses_nothing_typed(cast: Cast, office, plan, htmx):
    item = item_of(plan, "做实执行监督")
    mine = form_data(cast, item, title="我写的新标题")
    items.edit(item=item, title="别人改的标题", lead_department=cast.d6, by=cast.committee)
    catch_up()
    before = event_ids()
    answer = post(office, "paper_item_edit", item.pk, mine, **htmx)
    text = text_of(answer)
    assert answer.status_code == 422 and event_ids() == before
    assert "方既白刚改过这一项" in text and "现在是“别人改的标题”" in text and "现在是“第六检察部”" in text
    assert 'value="我写的新标题"' in text, "what was typed is still there"
    fresh = re.search(r'name="seen" value="([^"]+)"', text)[1]
    post(office, "paper_item_edit", item.pk, mine | {"seen": fresh}, **htmx)
    assert PlanItem.objects.get(pk=item.pk).title == "我写的新标题"


def test_a_form_that_nobody_overtook_is_stored(cast: Cast, office, plan):
    item = item_of(plan, "做实执行监督")
    post(
        office, "paper_item_edit", item.pk, form_data(cast, item, title="新标题", co_departments=[cast.d6.pk])
    )
    item.refresh_from_db()
    assert item.title == "新标题" and [c.department for c in item.co_departments.all()] == [cast.d6]


@pytest.mark.parametrize("seen", ["", "x", "....", "\x00", "a" * 5000])
def test_a_made_up_stamp_does_no_harm(cast: Cast, office, plan, seen):
    item = item_of(plan, "做实执行监督")
    answer = post(office, "paper_item_edit", item.pk, form_data(cast, item, seen=seen))
    assert answer.status_code in (302, 422)


def test_an_item_that_is_gone_is_not_there(cast: Cast, office, plan):
    item = item_of(plan, "做实执行监督")
    post(office, "paper_item_merge", item.pk)
    for name in ("paper_item_edit", "paper_item_split", "paper_item_merge", "paper_item_accept"):
        assert post(office, name, item.pk, form_data(cast, item)).status_code == 404


def test_what_was_left_out_is_offered_and_taken_in_once(office, plan):
    note = plan.paragraphs.get(no=7)
    text = text_of(office.get(reverse("paper", args=[plan.pk])))
    assert reverse("paragraph_take_in", args=[note.pk]) in text
    for _press in range(2):
        post(office, "paragraph_take_in", note.pk)
    assert titles(plan).count("做好总结") == 1


@pytest.mark.parametrize("at", [["x"], ["-1"], ["9" * 30], [""], ["\x00"]])
def test_absurd_cuts_are_refused_in_words(office, plan, at):
    item = item_of(plan, "办好公益诉讼案件")
    answer = office.post(reverse("paper_item_split", args=[item.pk]), {"at": at}, follow=True)
    assert "先选从哪一句起" in text_of(answer) or "没有这一句" in text_of(answer)


# ---- the whole paper ----


def test_kinds_names_and_the_question_of_the_lead_are_offered(office, plan):
    text = text_of(office.get(reverse("paper", args=[plan.pk])))
    for words in ("按类认可", "检委办", "没写牵头的", "勾上的几项一起定", "去对上"):
        assert words in text, words


def test_only_one_kind_is_shown_when_asked_for(office, plan):
    text = text_of(office.get(reverse("paper", args=[plan.pk]), {"why": "lead.unknown"}))
    assert text.count("data-row") == 1 and "做实执行监督" in text


def test_a_name_is_explained_and_remembered_and_forgotten(cast: Cast, office, plan):
    data = {"name": "检委办", "department": cast.support.pk, "remember": "on"}
    answer = office.post(reverse("paper_name_unit", args=[plan.pk]), data, follow=True)
    assert "也记住了" in text_of(answer)
    page = text_of(office.get(reverse("paper_remembered")))
    assert "检委办" in page and "办公室" in page and plan.title in page
    post(office, "alias_forget", DepartmentAlias.objects.get(name="检委办").pk)
    assert "检委办" not in text_of(office.get(reverse("paper_remembered")))


def test_how_a_label_is_meant_is_remembered_and_forgotten(office, plan):
    post(office, "paper_read_responsible", plan.pk, {"means": "first_leads", "remember": "on"})
    assert "首位为牵头" in text_of(office.get(reverse("paper_remembered")))
    post(office, "hint_forget", ReadingHint.objects.get().pk)
    assert not ReadingHint.objects.exists()


def test_the_offer_to_remember_comes_where_an_unknown_lead_was_corrected(cast: Cast, office, plan):
    item = item_of(plan, "做实执行监督")
    text = text_of(post(office, "paper_item_edit", item.pk, form_data(cast, item), **HTMX))
    assert "“检委办”就是第八检察部吗" in text
    other = item_of(plan, "建强先锋岗")
    assert "就是" not in text_of(post(office, "paper_item_edit", other.pk, form_data(cast, other), **HTMX))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("paper_name_unit", {"name": "检委办"}, "选它是本院的哪个部门"),
        ("paper_name_unit", {"name": "没有这个", "department": "d8"}, "没有“没有这个”了"),
        ("paper_name_unit", {"name": "字" * 41, "department": "d8"}, "太长"),
        ("paper_read_responsible", {"means": "x"}, "选一种算法"),
        ("item_bulk_set", {"back": "paper", "items": ["1", "x", "9" * 40], "due_on": "2027-06-31"}, "没有这一天"),
        ("item_bulk_set", {"back": "paper", "items": ["x", "9" * 40], "due_on": "2027-06-30"}, "先勾选"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_tool_is_said(cast: Cast, office, plan, name, data, says):
    before = event_ids()
    if data.get("department"):
        data = data | {"department": cast.d8.pk}
    answer = office.post(reverse(name, args=[plan.pk]), data, follow=True)
    assert says in text_of(answer) and event_ids() == before


def test_who_only_reads_gets_no_tools(sign_in, plan):
    text = text_of(sign_in("head8").get(reverse("paper", args=[plan.pk]), {"edit": plan.items.last().pk}))
    assert not re.findall(r'(?:form)?action="/papers/[^"]*"', text) and "整份一起改" not in text


# ---- pages, queries, marks ----


def long_paper(cast: Cast, count: int, paragraphs: int = 0, year: int = 2030) -> Plan:
    lines = "".join(
        f"{n}.办好第{n}类案件。责任单位：第八检察部、市直{n}局。完成时限：{year}年6月底前。\n"
        for n in range(1, count + 1)
    )
    notes = "".join(f"说明第{n}段\n" for n in range(paragraphs))
    text = f"江州市人民检察院{year}年工作要点\n一、检察业务工作\n{lines}附件：1.说明\n\n{notes}"
    return reading.import_plan(
        data=text.encode(), name="要点.txt", unit=cast.unit, year=year, by=cast.party_office
    )


def cost(client, plan: Plan, **query: object) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse("paper", args=[plan.pk]), query).status_code == 200
    return len(seen)


def test_350_rows_are_shown_whole_at_the_cost_of_three(cast: Cast, office, plan):
    large = long_paper(cast, 350)
    text = text_of(office.get(reverse("paper", args=[large.pk])))
    assert text.count("data-row") == 350 and "下一页" not in text
    few = cost(office, plan)
    assert cost(office, large) <= few <= 14
    assert len(text) < 350 * 6000


def test_a_row_costs_little_in_a_large_paper(cast: Cast, office):
    large = long_paper(cast, 350)
    item = large.items.filter(is_task=True).first()
    with CaptureQueriesContext(connection) as seen:
        post(office, "paper_item_accept", item.pk, **HTMX)
    assert len([q for q in seen if q["sql"].startswith("SELECT")]) <= 24


def test_larger_papers_are_cut_into_pages(cast: Cast, office, monkeypatch):
    monkeypatch.setattr(panes, "ITEMS", 20)
    large = long_paper(cast, 50)
    seen: set[str] = set()
    for number in (1, 2, 3):
        text = text_of(office.get(reverse("paper", args=[large.pk]), {"page": number}))
        found = set(re.findall(r'id="item-(\d+)"', text))
        assert 0 < len(found) <= 20 and not found & seen
        seen |= found
        assert f"第 {number} 页，共 3 页" in text and "原文 " in text
    assert len(seen) == large.items.count()
    assert cost(office, large, page=2) <= 16


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "9" * 30, "\x00"])
def test_an_absurd_page_is_one_that_exists(office, plan, page):
    assert office.get(reverse("paper", args=[plan.pk]), {"page": page}).status_code == 200


numbers = st.lists(st.integers(1, 40), max_size=3)


@given(
    st.lists(st.integers(0, 60), max_size=60).map(sorted),
    st.integers(0, 80),
    st.integers(2, 9),
    st.integers(2, 20),
)
def test_every_item_and_every_paragraph_stands_on_exactly_one_page(
    starts, count, most_items, most_paragraphs
):
    kept = panes.ITEMS, panes.PARAGRAPHS
    panes.ITEMS, panes.PARAGRAPHS = most_items, most_paragraphs
    try:
        found = windows(
            [(n, [start] if start else []) for n, start in enumerate(starts)], list(range(1, count + 1))
        )
    finally:
        panes.ITEMS, panes.PARAGRAPHS = kept
    assert [i for w in found for i in range(w.first, w.last)] == list(range(len(starts)))
    assert [p for w in found for p in range(w.low, w.high)] == list(range(count))
    assert all(w.last - w.first <= most_items for w in found)


def test_a_short_paper_has_one_page():
    assert windows([(1, [2]), (2, [3])], [1, 2, 3]) == [Window(0, 2, 0, 3)]
    assert windows([], []) == [Window(0, 0, 0, 0)]


@given(
    st.text("一二部办、（）", max_size=40),
    st.dictionaries(
        st.text("一二部办、", min_size=1, max_size=4), st.sampled_from(["read", "guess"]), max_size=6
    ),
)
def test_marks_leave_the_text_as_it_is(text, phrases):
    pieces = marked(text, phrases)
    assert "".join(words for words, _mark in pieces) == text
    assert all(mark in ("", phrases.get(words)) for words, mark in pieces)


def test_what_was_guessed_is_dashed_in_the_source(office, plan):
    text = text_of(office.get(reverse("paper", args=[plan.pk])))
    assert '<mark class="gm-guess">检委办</mark>' in text


def test_markup_in_a_paper_is_text(cast: Cast, office):
    plan = read_paper(cast, source_digest="x")
    PlanItem.objects.filter(plan=plan, title="建强先锋岗").update(
        title="<script>alert(1)</script>", units_raw="<b>处</b>"
    )
    plan.paragraphs.filter(no=6).update(text="<img src=x onerror=alert(1)><b>处</b>")
    text = text_of(office.get(reverse("paper", args=[plan.pk])))
    assert "<script>alert" not in text and "<img" not in text and "<b>处" not in text


# ---- a revised paper ----


def upload(text: str, name: str = "定稿.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


REVISED = "江州市人民检察院2027年工作要点\n一、检察业务工作\n（一）办好公益诉讼案件。牵头部门：第六检察部。\n"


def test_a_chosen_original_leads_to_the_differences(office, plan):
    answer = office.post(
        reverse("paper_import"), {"file": upload(REVISED), "year": 2027, "revises": plan.pk}, follow=True
    )
    text = text_of(answer)
    assert "修订稿改了什么" in text and "去掉的" in text and "第六检察部" in text
    key = re.search(r'name="take" value="(c[^"]+)"', text)[1]
    revised = Plan.objects.exclude(pk=plan.pk).get()
    url = reverse("paper_take_over", args=[revised.pk, plan.pk])
    assert office.post(url, {"take": [key]}).url == reverse("plan", args=[plan.pk])
    assert item_of(plan, "办好公益诉讼案件").lead_department.name == "第六检察部"
    assert "做实执行监督" in titles(plan), "what was not ticked stays"
    again = office.post(url, {"take": [key]}, follow=True)
    assert again.status_code == 200 and len(titles(plan)) == 5
    twice = office.post(reverse("paper_import"), {"file": upload(REVISED), "year": 2027})
    assert twice.status_code == 422 and "已经对照进" in text_of(twice)


def test_a_paper_of_the_same_title_is_asked_about(cast: Cast, office, plan):
    revised = read_paper(cast, source_digest="b", title=plan.title + "（修订稿）")
    url = reverse("paper_compare", args=[revised.pk, plan.pk])
    assert url in text_of(office.get(reverse("paper", args=[revised.pk])))
    assert url in text_of(office.get(reverse("paper_which", args=[revised.pk])))
    assert "没有差别" in text_of(office.get(url))


def test_a_plan_in_force_gets_an_amendment_of_what_is_ticked(cast: Cast, office, plan):
    revised = read_paper(cast, source_digest="b")
    item_of(revised, "建强先锋岗").delete()
    in_force(plan)
    text = text_of(office.get(reverse("paper_compare", args=[revised.pk, plan.pk])))
    assert "写成一次年中调整" in text and 'name="take"' in text
    keys = re.findall(r'name="take" value="([^"]+)"', text)
    answer = office.post(reverse("paper_take_over", args=[revised.pk, plan.pk]), {"take": keys}, follow=True)
    assert "提请会议决定以后生效" in text_of(answer) and plan.amendments.get().lines.count() == len(keys) > 0


def test_papers_are_compared_within_one_year_of_one_unit(cast: Cast, office, plan):
    other = read_paper(cast, year=2028)
    assert office.get(reverse("paper_compare", args=[other.pk, plan.pk])).status_code == 404
    assert office.get(reverse("paper_compare", args=[plan.pk, plan.pk])).status_code == 404


# ---- an old format goes to a job ----


def test_an_old_word_file_is_read_by_a_job(office, monkeypatch):
    monkeypatch.setattr(reading, "slow", lambda data, name: True)
    data = {"file": upload(REVISED, "要点.doc"), "year": 2027}
    answer = office.post(reverse("paper_import"), data)
    assert answer.url == reverse("job", args=[Job.objects.get().pk]) and not Plan.objects.exists()


def test_where_libreoffice_is_missing_that_is_said_at_the_field(office, monkeypatch):
    monkeypatch.setattr(reading.office, "available", lambda: None)
    old = SimpleUploadedFile("要点.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    answer = office.post(reverse("paper_import"), {"file": old, "year": 2027})
    assert answer.status_code == 422 and "LibreOffice" in text_of(answer) and not Job.objects.exists()
