"""分解: as many lines as wanted, added or pasted, without script; what was typed is never lost."""

import re

import pytest
from django.urls import reverse

from gangmu.org.models import Person
from gangmu.tasks.actions.tasks import Terms
from gangmu.tasks.models import Task
from gangmu.web.tasks.break_down import LINES, MOST
from tests.cast import Cast, task_issued, task_signed


@pytest.fixture
def page(cast: Cast, sign_in):
    """Posts to the breakdown of one task of 第八检察部, with a target of 30 and 第六检察部 beside it."""
    task = task_signed(cast, co_departments=[cast.d6], terms=Terms(target=30, target_unit="件"), due_in=60)
    client, url = sign_in("head8"), reverse("task_break_down", args=[task.pk])
    return lambda data: client.post(url, data)


def typed(text: str) -> list[tuple[str, str]]:
    """(title, department) of the lines as they stand on the page."""
    titles = re.findall(r'name="p(\d+)-title"(?: value="([^"]*)")?', text)
    chosen = {
        n: re.search(rf'name="p{n}-department".*?</select>', text, re.S).group() for n, _title in titles
    }
    picked = {n: re.search(r'value="(\d*)" selected', html) for n, html in chosen.items()}
    return [(title, picked[n].group(1) if picked[n] else "") for n, title in titles if title]


def test_some_more_lines_keep_what_was_typed(page, cast: Cast):
    data = {
        "lines": str(LINES),
        "more": "1",
        "p0-title": "清北岸",
        "p0-department": cast.d8.pk,
        "p7-title": "清南岸",
    }
    text = page(data).content.decode()
    assert typed(text) == [("清北岸", str(cast.d8.pk)), ("清南岸", "")]
    assert f'name="lines" value="{2 * LINES}"' in text and f'name="p{2 * LINES - 1}-title"' in text
    assert "必填" not in text and Task.objects.count() == 1, "nothing is judged before it is given out"


def test_thirty_lines_are_given_out_at_once(page, cast: Cast):
    data = {"lines": "30"}
    for n in range(30):
        data |= {f"p{n}-title": f"第{n}段", f"p{n}-department": cast.d6.pk, f"p{n}-target": "1"}
    assert page(data).status_code == 302
    assert Task.objects.filter(parent__isnull=False).count() == 30


def test_lines_from_a_sheet_are_read_and_looked_over_before_they_are_given_out(page, cast: Cast):
    text = "排查北岸\t第八检察部\t7月20日\t20\r\n排查南岸\t第六检察部\t下旬前后\t10\r\n\r\n汇总\t没有这个部门\r\n"
    found = page({"lines": "8", "read": "1", "text": text, "p3-title": "先写的"}).content.decode()
    d8, d6 = str(cast.d8.pk), str(cast.d6.pk)
    assert typed(found) == [("先写的", ""), ("排查北岸", d8), ("排查南岸", d6), ("汇总", "")]
    assert "读出 3 行" in found and "有 1 行没有认出牵头部门" in found
    assert (
        'value="2026-07-20"' in found
        and 'value="下旬前后"' in found
        and 'name="p1-target" value="20"' in found
    )
    assert Task.objects.count() == 1


def test_a_department_that_does_not_join_is_not_filled_in(page):
    assert typed(page({"read": "1", "text": "写材料\t办公室"}).content.decode()) == [("写材料", "")]


def test_what_goes_beyond_stays_in_the_box_and_is_said(page):
    text = page({"read": "1", "text": "\n".join(f"第{n}段" for n in range(MOST + 5))}).content.decode()
    assert len(typed(text)) == MOST and f"一次最多分 {MOST} 项" in text
    box = re.search(r'<textarea[^>]*name="text"[^>]*>(.*?)</textarea>', text, re.S).group(1)
    assert box.split() == [f"第{n}段" for n in range(MOST, MOST + 5)]
    assert 'name="more"' not in text


@pytest.mark.parametrize("lines", ["", "-1", "9999999", "两", "\0"])
def test_any_number_of_lines_is_survived(page, lines):
    assert page({"lines": lines, "more": "1", "p0-title": "<b>\0"}).status_code == 200


def test_a_person_is_named_and_two_of_one_name_are_told_apart(page, cast: Cast):
    Person.objects.create(unit=cast.unit, name=cast.people["staff"].name, department=cast.d6)
    whole = {"p0-title": "全部", "p0-department": cast.d8.pk, "p0-target": "30"}
    for name in ("查无此人", cast.people["staff"].name, cast.people["county_head"].name):
        answer = page(whole | {"p0-person": name})
        assert answer.status_code == 422 and "从名单里选" in answer.content.decode()
    assert page(whole | {"p0-person": f"{cast.people['staff'].name}（第八检察部）"}).status_code == 302
    assert Task.objects.get(parent__isnull=False).person == cast.people["staff"]


def test_enter_in_a_line_gives_the_parts_out(page, cast: Cast):
    """The first button of a form is the one that Enter presses."""
    form = page({"more": "1"}).content.decode().split('action="/tasks/')[1].split("</form>")[0]
    assert re.findall(r'<button[^>]*type="submit"([^>]*)>', form)[0].strip() == ""


def test_it_is_refused_to_others_before_anything_is_read(cast: Cast, sign_in):
    url = reverse("task_break_down", args=[task_issued(cast).pk])
    assert sign_in("staff").post(url, {"read": "1", "text": "一"}).status_code == 403
    assert sign_in("outsider").post(url, {"read": "1", "text": "一"}).status_code == 404
