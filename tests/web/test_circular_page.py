"""A supervision circular beside the open tasks: seen together, never joined by the machine."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.tasks.models import Progress, Task
from tests.cast import Cast, event_ids, task_issued, task_signed

TEXT = """江州检察督查
第5期
江州市人民检察院办公室      2026年6月8日
关于重点任务落实情况的通报
督查中发现，第八检察部进展缓慢。信息处未完成。
附件1：慢序时任务
1.整理排口清单（责任部门：第八检察部）
"""


def send(client, text: str = TEXT, name: str = "通报.txt"):
    return client.post(reverse("circular_read"), {"file": SimpleUploadedFile(name, text.encode())})


def test_who_is_named_stands_beside_the_tasks_of_that_department_only(cast: Cast, sign_in):
    task, other = task_issued(cast), task_issued(cast, to="第六检察部")
    text = send(sign_in("party_office")).content.decode()
    assert reverse("task", args=[task.pk]) in text and reverse("task", args=[other.pk]) not in text
    assert text.count("题目相近，请核对") == 1 and "本院没有这个部门：信息处" in text and "第5期" in text


def test_nothing_is_kept_or_changed(cast: Cast, sign_in):
    task, before = task_signed(cast), event_ids()
    assert send(sign_in("office")).status_code == 200
    assert event_ids() == before and not Progress.objects.exists()
    assert Task.objects.get(pk=task.pk).state == task.state


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [("", "空.txt", "文件是空的"), ("机密★\n通报\n", "通报.txt", "标有密级"), ("x", "a.pdf", "不支持")],
)
def test_what_cannot_be_read_is_said(cast: Cast, sign_in, text, name, says):
    answer = send(sign_in("office"), text, name)
    assert answer.status_code == 422 and says in answer.content.decode()


def test_a_paper_that_names_nobody(cast: Cast, sign_in):
    assert "没有读出点名的部门" in send(sign_in("office"), "通报\n总体平稳。\n").content.decode()


def test_the_way_there_is_shown_to_those_who_may(cast: Cast, sign_in):
    text = sign_in("office").get(reverse("task_list")).content.decode()
    assert "对照收到的通报" in text and "起草本院落实情况通报" in text, "one is read in, the other is written"
    assert reverse("circular_read") in sign_in("office").get(reverse("task_list")).content.decode()
    assert reverse("circular_read") not in sign_in("head8").get(reverse("task_list")).content.decode()


def test_it_costs_the_same_however_many_are_named(cast: Cast, sign_in):
    client = sign_in("party_office")

    def cost(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            send(client, text)
        return len(queries)

    task_issued(cast)
    cost(TEXT)
    few = cost(TEXT)
    for _ in range(8):
        task_issued(cast)
    assert (
        cost(TEXT + "".join(f"{n}.整理清单{n}（责任部门：第八检察部）\n" for n in range(2, 30))) == few <= 12
    )
