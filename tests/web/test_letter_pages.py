"""A letter from above fills the form of registering; nothing of it is kept before somebody registers."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gangmu.plan.models import Directive
from tests.cast import Cast, event_ids
from tests.papers.test_letters import LETTER


def send(client, text: str = LETTER, name: str = "来文.txt"):
    return client.post(reverse("directive_read"), {"file": SimpleUploadedFile(name, text.encode())})


def test_the_form_is_filled_beside_the_original_and_nothing_is_kept(cast: Cast, sign_in):
    before = event_ids()
    answer = send(sign_in("party_office"))
    text = answer.content.decode()
    assert answer.status_code == 200 and "读出 3 条要求" in text
    for value in ("望检发〔2026〕12号", "望江省人民检察院", "关于加强基层党建工作的通知", "2026-03-01"):
        assert f'value="{value}"' in text
    assert "各市级院：" in text and not Directive.objects.exists() and event_ids() == before


def test_what_was_filled_registers_by_the_one_way_there_is(cast: Cast, sign_in):
    client = sign_in("party_office")
    text = send(client).content.decode()
    points = re.search(r'<textarea name="points"[^>]*>(.*?)</textarea>', text, re.DOTALL)[1]
    data = {
        n: re.search(rf'name="{n}" value="([^"]*)"', text)[1]
        for n in ("title", "issuer", "doc_no", "issued_on")
    }
    client.post(reverse("directive_new"), data | {"points": points})
    assert Directive.objects.get().points.count() == 3


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("", "空.txt", "文件是空的"),
        ("秘密★一年\n通知\n", "来文.txt", "标有密级"),
        ("x", "来文.pdf", "不支持"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_place(cast: Cast, sign_in, text, name, says):
    answer = send(sign_in("party_office"), text, name)
    assert answer.status_code == 422 and says in answer.content.decode() and not Directive.objects.exists()


def test_no_file_is_said(cast: Cast, sign_in):
    answer = sign_in("party_office").post(reverse("directive_read"))
    assert answer.status_code == 422 and "先选一个文件" in answer.content.decode()


@pytest.mark.parametrize("who", ["head8", "leader", "office", "staff", "audit_admin"])
def test_others_read_nothing(cast: Cast, sign_in, who):
    assert send(sign_in(who)).status_code == 403
