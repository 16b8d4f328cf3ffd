"""Bad input of every kind: never a crash, a sentence in Chinese at its place, and nothing of it half-stored."""

import random
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.events.models import Event
from gangmu.flow import reading
from gangmu.meetings.models import Decision, Vote
from gangmu.papers.errors import MESSAGES
from gangmu.plan.models import Plan, PlanItem, SourceParagraph
from tests.cast import DAY, Cast, meeting_recorded, plan_with_items, topic_on
from tests.papers.helpers import package, raw_docx, word
from tests.web.test_matrix import DONE, MATRIX, NO_GET, World

TEXT = """江州市人民检察院2027年工作要点
一、检察业务工作
（一）办好公益诉讼案件。围绕长江保护办理一批案件。牵头部门：第八检察部。完成时限：2027年6月31日前。
"""
LINES = TEXT.splitlines()
BILLION_LAUGHS = """<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r>
</w:p></w:body></w:document>"""


def stored() -> dict[str, int]:
    """How many rows every table of ours has, and how many files lie in the data folder."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("gangmu.")]
    files = [p for p in Path(settings.DATA).rglob("*") if p.is_file() and "sqlite3" not in p.name]
    return {m._meta.label: m._default_manager.count() for m in ours} | {"files": len(files)}


def noise(size: int = 3000) -> bytes:
    """Bytes in which no encoding finds Chinese."""
    return bytes(random.Random(7).randrange(128, 256) for _n in range(size))


# ---- files that are refused ----

REFUSED = {
    "a spreadsheet": ("任务.xlsx", package({"xl/workbook.xml": "<workbook/>"}), "wrong_type"),
    "a table of values": ("任务.csv", b"a,b\n1,2\n", "wrong_type"),
    "a program called a Word file": ("要点.docx", b"MZ\x90\x00" + bytes(500), "wrong_type"),
    "a PDF": ("要点.pdf", b"%PDF-1.7\n", "wrong_type"),
    "a Word file cut off": ("要点.docx", word(*LINES)[:900], "corrupt"),
    "a Word file of noise": ("要点.docx", b"\x00\x01\x02" * 300, "corrupt"),
    "a Word file with broken XML": ("要点.docx", raw_docx("<w:p><w:r>"), "corrupt"),
    "a zip bomb": ("要点.docx", package({"word/document.xml": b"0" * 30_000_000}), "bomb"),
    "an entity bomb": ("要点.docx", package({"word/document.xml": BILLION_LAUGHS}), "entity"),
    "an empty file": ("要点.docx", b"", "empty"),
    "a file of blanks": ("要点.txt", b" \r\n\t\n", "empty"),
    "text in no encoding": ("要点.txt", noise(), "encoding"),
    "UTF-16 cut in half": ("要点.txt", b"\xff\xfe" + b"\x00\xd8" * 40, "encoding"),
    "秘密 in text": ("要点.txt", ("秘密★1年\n" + TEXT).encode(), "secret"),
    "机密 in text": ("要点.txt", ("机密★5年\n" + TEXT).encode(), "secret"),
    "绝密 in text": ("要点.txt", ("绝密\n" + TEXT).encode(), "secret"),
    "密级 in a label": ("要点.txt", ("密级：机密\n" + TEXT).encode(), "secret"),
    "秘密 in Word": ("要点.docx", word("秘密 ★ 一年", *LINES), "secret"),
    "绝密 in a page": ("要点.html", f"<html><body><p>绝密★</p><p>{TEXT}</p></body></html>".encode(), "secret"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(cast: Cast, sign_in, case):
    name, data, code = REFUSED[case]
    client, before = sign_in("party_office"), stored()
    answer = client.post(reverse("paper_import"), {"file": SimpleUploadedFile(name, data), "year": 2027})
    text = answer.content.decode()
    at_field = text[text.index('name="file"') :].split('<div class="gm-field">')[0]
    assert answer.status_code == 422 and MESSAGES[code] in at_field
    assert stored() == before


@pytest.mark.parametrize("case", REFUSED)
def test_the_flow_refuses_it_too(cast: Cast, case):
    name, data, code = REFUSED[case]
    before = stored()
    with pytest.raises(Invalid) as problem:
        reading.import_plan(data=data, name=name, unit=cast.unit, year=2027, by=cast.party_office)
    assert problem.value.field == "file" and str(problem.value) == MESSAGES[code]
    assert stored() == before


def kept(settings) -> set[str]:
    return {str(path) for root in (settings.MEDIA_ROOT, settings.EXPORT_ROOT) for path in root.rglob("*")}


def test_a_marked_paper_leaves_no_word_anywhere(cast: Cast, sign_in, settings):
    """Not in a table, not in the log, not in a file, not on the page that refuses it."""
    words = "代号鲲鹏行动"
    data = f"机密★5年\n{TEXT}（二）{words}。牵头部门：第八检察部。\n".encode()
    client, before = sign_in("party_office"), kept(settings)
    answer = client.post(
        reverse("paper_import"), {"file": SimpleUploadedFile("要点.txt", data), "year": 2027}
    )
    assert words not in answer.content.decode()
    assert not Plan.objects.exists() and not SourceParagraph.objects.exists() and not Event.objects.exists()
    assert kept(settings) == before


def test_a_text_without_a_single_task_is_no_plan(cast: Cast, sign_in):
    client, before = sign_in("party_office"), stored()
    data = {"file": SimpleUploadedFile("信.txt", "您好，明天见。\n".encode()), "year": 2027}
    answer = client.post(reverse("paper_import"), data)
    assert answer.status_code == 422 and "没有在文件里读出可以入计划的事项" in answer.content.decode()
    assert stored() == before


# ---- files that are read ----


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_in_the_encodings_of_offices_is_read(cast: Cast, sign_in, encoding):
    data = {"file": SimpleUploadedFile("要点.txt", TEXT.encode(encoding)), "year": 2027}
    sign_in("party_office").post(reverse("paper_import"), data)
    assert Plan.objects.get().title == LINES[0]
    assert PlanItem.objects.get(is_task=True).lead_department == cast.d8


def test_the_same_file_twice_names_the_first(cast: Cast, sign_in):
    client = sign_in("party_office")
    answers = []
    for name in ("要点.txt", "改了名.txt"):
        data = {"file": SimpleUploadedFile(name, TEXT.encode()), "year": 2027}
        answers.append(client.post(reverse("paper_import"), data))
    assert answers[1].status_code == 422 and Plan.objects.count() == 1
    assert f"已经导入过：《{LINES[0]}》（待核对）" in answers[1].content.decode()


def test_the_thirty_first_of_june_is_kept_as_written(cast: Cast):
    reading.import_plan(data=TEXT.encode(), name="要点.txt", unit=cast.unit, year=2027, by=cast.party_office)
    item = PlanItem.objects.get(is_task=True)
    assert (item.due_kind, item.due_on) == ("invalid", None) and "6月31日" in item.due_raw


LONG = "办" * 500


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("要点.txt", TEXT.replace("江州市", LONG)),
        ("要点.txt", TEXT.replace("办好公益诉讼案件", LONG)),
        ("要点.txt", TEXT.replace("第八检察部", LONG)),
        ("要点.txt", TEXT.replace("2027年6月31日前", LONG + "前")),
        ("要" * 80 + ".txt", TEXT),
        ("要点.txt", TEXT.replace("江州市", "〔" * 60)),
        ("要点.txt", TEXT.replace("围绕", "围\x0b绕\x1f")),
        ("要点.txt", TEXT.replace("围绕", "围\x00绕")),
        ("要点.html", f"<html><body><p>{'</p><p>'.join(LINES)}&#0;&#xD800;&#x1F600;</p></body></html>"),
    ],
)
def test_what_is_too_long_or_odd_in_a_paper_is_read_or_refused(cast: Cast, sign_in, name, text):
    client, before = sign_in("party_office"), stored()
    data = {"file": SimpleUploadedFile(name, text.encode()), "year": 2027}
    answer = client.post(reverse("paper_import"), data)
    if answer.status_code == 422:
        assert "gm-err" in answer.content.decode() and stored() == before
    else:
        assert client.get(answer.url).status_code == 200
        assert SourceParagraph.objects.count() >= 3


# ---- the upload form ----


@pytest.mark.parametrize(
    ("data", "field", "says"),
    [
        ({"year": 2027}, "file", "先选一个文件"),
        ({"year": 2027, "file": "要点.txt"}, "file", "先选一个文件"),
        ({"year": 1999, "file": True}, "year", "年度要写成四位数"),
        ({"year": 2101, "file": True}, "year", "年度要写成四位数"),
        ({"year": 10**30, "file": True}, "year", "年度要写成四位数"),
        ({"year": "明年", "file": True}, "year", "年度要写成四位数"),
        ({"year": "", "file": True}, "year", "写上年度"),
    ],
)
def test_the_upload_form_says_what_is_missing(cast: Cast, sign_in, data, field, says):
    if data.get("file") is True:
        data = data | {"file": SimpleUploadedFile("要点.txt", TEXT.encode())}
    client, before = sign_in("party_office"), stored()
    answer = client.post(reverse("paper_import"), data)
    text = answer.content.decode()
    at_field = text[text.index(f'name="{field}"') :].split('<div class="gm-field">')[0]
    assert answer.status_code == 422 and says in at_field and stored() == before


# ---- meetings ----


def test_a_vote_without_a_quorum_is_refused(cast: Cast, sign_in):
    meeting = meeting_recorded(cast, absent=("leader", "leader2"))
    topic = topic_on(cast, meeting)
    client, before = sign_in("party_office"), stored()
    data = {"favour": 3, "against": 0, "abstain": 0, "method": "hands"}
    answer = client.post(reverse("meeting_vote", args=[topic.pk]), data)
    assert answer.status_code == 422 and "到会不足法定人数" in answer.content.decode()
    assert not Vote.objects.exists() and stored() == before
    answer = client.post(reverse("meeting_decide", args=[topic.pk]), {"text": "同意"})
    assert answer.status_code == 422 and "到会不足法定人数" in answer.content.decode()
    assert not Decision.objects.exists() and stored() == before


def test_a_decision_due_before_its_meeting_is_refused(cast: Cast, sign_in):
    topic = topic_on(cast, meeting_recorded(cast))
    client, before = sign_in("party_office"), stored()
    data = {"text": "由第八检察部办", "due_on": "2026-06-09"}
    answer = client.post(reverse("meeting_decide", args=[topic.pk]), data)
    text = answer.content.decode()
    at_field = text[text.index('name="due_on"') :].split('<div class="gm-field">')[0]
    assert answer.status_code == 422 and "早于开会日" in at_field and stored() == before


# ---- words ----

MARKUP = "<script>alert(1)</script>&\"'"


def test_a_title_with_markup_goes_in_and_comes_out_as_it_is(cast: Cast, sign_in):
    client = sign_in("party_office")
    answer = client.post(reverse("plan_draft"), {"title": MARKUP, "year": 2027}, follow=True)
    assert Plan.objects.get().title == MARKUP
    assert "&lt;script&gt;" in answer.content.decode() and "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(("title", "kept"), [("字" * 120, True), ("字" * 121, False)])
def test_a_title_has_a_length(cast: Cast, sign_in, title, kept):
    answer = sign_in("party_office").post(reverse("plan_draft"), {"title": title, "year": 2027})
    assert Plan.objects.exists() == kept and answer.status_code == (302 if kept else 422)


def test_a_form_without_its_token_keeps_nothing(cast: Cast):
    planned = plan_with_items(cast)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.users["party_office"], backend="gangmu.org.backend.Backend")
    before = stored()
    answer = client.post(reverse("entry_untie", args=[planned.knot.pk]), {"reason": "错"})
    assert answer.status_code == 403 and stored() == before


# ---- addresses ----

SHOWN = [name for name, (get, _post) in MATRIX.items() if get != NO_GET]


def _stands_alone(name: str) -> bool:
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


ABOUT_NONE = {name for name in MATRIX if _stands_alone(name)}
ODD = ("²", "-1", "9" * 40, "1' OR 1=1 --", "\x00", "字" * 3000)
PARAMETERS = (
    "page", "view", "department", "plan", "sel", "only", "edit", "q", "kind", "topic", "line", "do", "point", "year",
    "who", "from", "month", "planned", "problem", "find", "h", "gp", "mp", "next", "nobody-knows-this",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), clock.at(DAY), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def tried(client: Client, method: str, address: str, data: dict | None = None):
    """The answer, of which nothing stays, and how many events it wrote."""
    last = Event.objects.count()
    with transaction.atomic():
        answer = getattr(client, method)(address, data or {})
        answer.written = Event.objects.count() - last
        transaction.set_rollback(True)
    read_out(answer)
    return answer


def read_out(answer) -> None:
    """A download from disk is open until it was read to its end."""
    if answer.streaming:
        b"".join(answer.streaming_content)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SHOWN)
def test_no_parameter_of_an_address_breaks_a_page(world: World, name):
    client, address = world.clients["party_office"], reverse(name, args=world.arguments(name))
    for odd in ODD:
        answer = tried(client, "get", address, dict.fromkeys(PARAMETERS, odd))
        assert answer.status_code in (200, 302, 400, 403, 404), odd


@pytest.mark.django_db
def test_a_page_too_far_is_the_last_page(world: World):
    for name in ("plan_list", "task_list", "meeting_list", "inspection_list", "directive_list"):
        first = tried(world.clients["party_office"], "get", reverse(name)).content.decode()
        far = tried(world.clients["party_office"], "get", reverse(name), {"page": 99999}).content.decode()
        assert re.findall(r"<tr data-row.*?</tr>", far, re.S) == re.findall(
            r"<tr data-row.*?</tr>", first, re.S
        )


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in MATRIX if name not in ABOUT_NONE])
def test_a_number_that_names_nothing_is_not_found(world: World, name):
    arguments = world.arguments(name)
    assert arguments, "what the address is about is missing in World.arguments"
    method = "post" if name in DONE and MATRIX[name][0] == NO_GET else "get"
    place = 1 if len(arguments) > 1 else 0
    for number in (999_999_999, 2**63):
        other = [*arguments[:place], number, *arguments[place + 1 :]]
        answer = tried(world.clients["party_office"], method, reverse(name, args=other))
        assert (answer.status_code, answer.written) == (404, 0), number


@pytest.mark.django_db
def test_words_where_a_number_should_stand_are_not_found(world: World):
    for address in (
        "/items/abc/",
        "/items/-1/",
        "/items/1.5/",
        "/tasks/²/",
        "/meetings/%00/",
        "/checkup/X/x/y/",
        "/checkup/%00/1/2026-05/",
        "/checkup/X/1/%00/",
        "/nowhere/",
    ):
        answer = tried(world.clients["party_office"], "get", address)
        assert answer.status_code == 404 and "没有这一页，或它不在您的范围内" in answer.content.decode()


# ---- forms ----

GARBAGE = ("²", "9" * 40, "\x00", "字" * 2000)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in DONE if name not in ("sign_in", "sign_out")])
def test_no_field_of_a_form_breaks_a_step(world: World, name):
    """One field after the other: done, or refused with nothing written. A step that only reads a file shows its page."""
    client = world.clients["party_office"]
    for field in [f for f in world.data(name) if f != "file"] or ["reason"]:
        for garbage in GARBAGE:
            address = reverse(name, args=world.arguments(name))  # an uploaded list is gone once it was taken
            answer = tried(client, "post", address, world.data(name) | {field: garbage})
            shows = (200,) if "." in MATRIX[name][1] else ()
            assert answer.status_code in (302, 400, 403, 422, *shows), (field, garbage[:10])
            assert answer.status_code == 302 or not answer.written, (field, garbage[:10])


# ---- markup in words ----

NAMED = {
    "org.Person": "name", "org.Department": "name", "org.PartyOrg": "name", "org.Unit": "name", "plan.Plan": "title",
    "plan.PlanItem": "title", "plan.EntryPoint": "expected", "plan.UnboundReason": "reason", "plan.Directive": "title",
    "plan.DirectivePoint": "text", "plan.SourceParagraph": "text", "tasks.Task": "title", "meetings.Meeting": "title",
    "meetings.AgendaItem": "title", "meetings.Decision": "text", "inspection.Inspection": "title",
    "inspection.Finding": "text", "inspection.Line": "party_effect", "inspection.ProposedEntryPoint": "expected",
    "inspection.SheetLine": "party_effect", "inspection.Campaign": "title", "inspection.Problem": "text",
    "inspection.Measure": "text",
}  # fmt: skip


@pytest.mark.django_db
def test_markup_in_words_is_shown_as_words_on_every_page(world: World):
    with transaction.atomic():
        for label, field in NAMED.items():
            rows = list(apps.get_model(label).objects.all())
            for row in rows:
                setattr(row, field, f"{MARKUP}{row.pk}")
            apps.get_model(label).objects.bulk_update(rows, [field])
        Plan.objects.exclude(source_name="").update(source_name=MARKUP)
        escaped = 0
        for who in ("party_office", "head8"):
            for name in SHOWN:
                for more in (
                    {},
                    {"q": MARKUP, "sel": world.planned.mu.pk, "view": "list", "edit": world.read.pk},
                ):
                    answer = world.clients[who].get(reverse(name, args=world.arguments(name)), more)
                    read_out(answer)
                    text = answer.content.decode() if "html" in answer["Content-Type"] else ""
                    assert "<script>alert" not in text, (who, name)
                    escaped += "&lt;script&gt;alert(1)" in text
        transaction.set_rollback(True)
    assert escaped > 40, "otherwise nothing was shown at all"
