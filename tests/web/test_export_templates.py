"""The page of templates, and that papers go out by them."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gangmu.org.actions import templates
from gangmu.org.models import PaperTemplate
from gangmu.papers.kinds import KINDS
from gangmu.papers.template import sample
from tests.cast import Cast, decided


def document(*texts: str) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for text in texts:
        made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def test_a_paper_goes_out_by_the_office_s_own_template(cast: Cast, sign_in):
    data = document(
        "本院纪要：{{ 会议 }}", "{%p for 题 in 议题 %}", "议题 {{ 题.议题 }}：{{ 题.决定 }}", "{%p endfor %}"
    )
    templates.upload(unit=cast.unit, kind="minutes", name="a.docx", data=data, by=cast.office)
    decision = decided(cast)
    response = sign_in("party_office").get(reverse("meeting_minutes", args=[decision.agenda_item.meeting_id]))
    texts = [p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs]
    assert texts[0].startswith("本院纪要：党组会") and decision.text in texts[1]


def test_a_template_is_taken_in_on_its_page_and_used(cast: Cast, sign_in):
    client = sign_in("office")
    file = SimpleUploadedFile("我院督办单.docx", sample("notice"))
    client.post(reverse("template_upload", args=["notice"]), {"file": file})
    html = client.get(reverse("template_list"), {"kind": "notice"}).content.decode()
    assert "我院督办单.docx" in html and "在用" in html and "第1版" in html
    made = PaperTemplate.objects.get()
    assert client.get(reverse("template_file", args=[made.pk])).content == bytes(made.data)
    client.post(reverse("template_retire", args=[made.pk]))
    assert "停用" in client.get(reverse("template_list"), {"kind": "notice"}).content.decode()


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "空的"), (b"x" * 99, "docx"), (document("{{ 没有这个 }}"), "“没有这个”不在占位符表里"), (document("{{ a.__class__ }}"), "不能用的写法")],
)  # fmt: skip
def test_what_is_not_fit_is_said_at_the_file_and_not_kept(cast: Cast, sign_in, data, says):
    response = sign_in("office").post(
        reverse("template_upload", args=["minutes"]), {"file": SimpleUploadedFile("a.docx", data)}
    )
    assert response.status_code == 422 and says in response.content.decode()
    assert not PaperTemplate.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_every_kind_lists_its_names(cast: Cast, sign_in, kind):
    html = sign_in("office").get(reverse("template_list"), {"kind": kind}).content.decode()
    for name in KINDS[kind].facts:
        assert name in html


def test_an_unknown_kind_is_not_there(cast: Cast, sign_in):
    client = sign_in("office")
    assert client.get(reverse("template_list"), {"kind": "x"}).status_code == 404
    assert client.get(reverse("template_sample", args=["x"])).status_code == 404
    assert client.post(reverse("template_upload", args=["x"])).status_code == 404


def test_the_list_never_reads_the_files(cast: Cast, sign_in, django_assert_max_num_queries):
    for _n in range(3):
        templates.upload(
            unit=cast.unit, kind="minutes", name="a.docx", data=sample("minutes"), by=cast.office
        )
    client = sign_in("office")
    with django_assert_max_num_queries(10):
        client.get(reverse("template_list"))
