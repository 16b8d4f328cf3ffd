"""待反馈: whom a line that did not come reaches, and when; the filter of the list and of the board."""

from datetime import date, timedelta

import pytest

from gangmu.common import clock
from gangmu.tasks.actions import tasks
from gangmu.tasks.actions.tasks import Terms
from gangmu.tasks.models import Task
from tests.cast import DAY, Cast, task_issued, task_signed


def test_a_missing_line_reaches_the_owner_first_and_those_above_some_working_days_later(cast: Cast, sign_in):
    """Friday, 26 June is the day asked for: the third working day after it is Wednesday, 1 July."""
    task_signed(cast, due_in=90, terms=Terms(report_day=26))

    def told(who: str, day: date) -> bool:
        with clock.at(day):
            text = sign_in(who).get("/").content.decode()
        return ("过了报进展的日子" if who != "head8" else "还没有进展") in text

    friday, tuesday, wednesday = date(2026, 6, 26), date(2026, 6, 30), date(2026, 7, 1)
    assert told("head8", friday) and told("head8", wednesday)
    for who in ("leader", "office", "party_office"):
        assert not told(who, friday) and not told(who, tuesday), who
        assert told(who, wednesday), who
    assert not told("head6", wednesday) and not told("staff", wednesday)
    with clock.at(wednesday):
        tasks.report(task=Task.objects.get(), text="查了一半", happened_on=date(2026, 6, 26), by=cast.head8)
    assert not told("office", wednesday), "by what is true now: said, so nobody is told"


@pytest.mark.parametrize("page", ["/tasks/", "/tasks/board/"])
def test_both_pages_say_how_many_and_lead_to_just_those(cast: Cast, sign_in, page):
    with clock.at(DAY - timedelta(days=40)):
        silent = task_signed(cast, due_in=90)
    spoken, unsigned = task_signed(cast, due_in=90), task_issued(cast, due_in=90)
    client = sign_in("office")
    text = client.get(page, {"track": "", "source": "plan"}).content.decode()
    assert "1 件待反馈</a>" in text and 'href="?source=plan&amp;line=due"' in text
    text = client.get(page, {"line": "due"}).content.decode()
    shown = {t.pk for t in (silent, spoken, unsigned) if f'href="/tasks/{t.pk}/"' in text}
    assert shown == {silent.pk}
    assert '<option value="due" selected>待反馈</option>' in text
    with clock.at(DAY):
        tasks.report(task=silent, text="报一句", by=cast.head8)
    assert "件待反馈" not in client.get(page).content.decode()


def test_what_no_column_has_room_for_is_in_the_list_under_the_same_filter(cast: Cast, sign_in):
    for _n in range(43):
        task_issued(cast)
    task_issued(cast, to="第六检察部")
    client = sign_in("office")
    text = client.get("/tasks/board/", {"department": cast.d8.pk}).content.decode()
    assert "其余 3 件，去清单看" in text
    address = f"?department={cast.d8.pk}&amp;state=issued"
    assert f'href="/tasks/{address}"' in text
    text = client.get(f"/tasks/?department={cast.d8.pk}&state=issued").content.decode()
    assert "共 43" in text or "43" in text
