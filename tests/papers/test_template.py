"""The office's own templates: what is taken, what is filled, and that a template reaches nothing but its data."""

import io
import zipfile
from collections.abc import Iterable

import docx
import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from gangmu.papers import template
from gangmu.papers.kinds import KINDS
from gangmu.papers.sandbox import environment
from gangmu.papers.template import Unfit, check, fill, sample

pytestmark = pytest.mark.pure
FACTS = KINDS["minutes"].facts


def made(*paragraphs: str, rows: Iterable[tuple[str, str]] = ()) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change) -> bytes:
    """The same file with one part put in or changed: ``change`` is its bytes, or what makes them from the old ones."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        old = source.read(name) if name in source.namelist() else b""
        target.writestr(name, change(old) if callable(change) else change)
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return [p.text for p in document.paragraphs if p.text] + cells


@pytest.mark.parametrize("kind", KINDS)
def test_the_sample_of_every_kind_is_taken_and_says_every_name(kind):
    data = sample(kind)
    check(data, kind)
    said = "".join(texts(fill(data, KINDS[kind].facts, strict=True)))
    for value in KINDS[kind].facts.values():
        for text in [value] if isinstance(value, str) else [t for row in value for t in row.values()]:
            assert text in said


def test_names_conditions_loops_and_rows_of_a_table_are_filled():
    data = made(
        "{{标题}}", "{% if 请假 %}请假：{{ 请假 }}{% else %}都到了{% endif %}", "{%p for 题 in 议题 %}", "{{ loop.index }}.{{ 题.议题 }}",
        "{%p endfor %}", rows=[("{%tr for 题 in 议题 %}", ""), ("{{ 题.序号 }}", "{{ 题.议题 }}"), ("{%tr endfor %}", "")],
    )  # fmt: skip
    check(data, "minutes")
    facts = {
        **FACTS,
        "标题": "甲",
        "请假": "",
        "议题": [{"序号": "一", "议题": "乙"}, {"序号": "二", "议题": "丙"}],
    }
    assert texts(fill(data, facts)) == ["甲", "都到了", "1.乙", "2.丙", "一", "乙", "二", "丙"]


def test_what_looks_like_markup_or_a_mark_in_a_record_stays_text():
    nasty = '</w:t></w:r><w:p/>&"<x> {{ 7*7 }} {% for a in b %}'
    assert texts(fill(made("{{ 标题 }}"), {**FACTS, "标题": nasty})) == [nasty]


@pytest.mark.parametrize(
    "nasty",
    [
        "{{ ''.__class__.__mro__ }}", "{{ 标题.__class__ }}", "{{ cycler.__init__.__globals__ }}", "{{ 标题.format(1) }}",
        "{{ lipsum() }}", "{{ 标题|attr('x') }}", "{{ 标题|upper }}", "{{ 标题[0] }}", "{{ 9**9**9 }}", "{{ 'a' * 999999999 }}",
        "{{ 标题 ~ 标题 }}", "{{ self._TemplateReference__context }}", "{{ namespace }}", "{{ range }}", "{{ dict }}",
        "{% for i in range(10**9) %}x{% endfor %}", "{% for i in '很长' %}x{% endfor %}", "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}", "{% from 'x' import y %}", "{% extends 'x' %}", "{% set 标题 = 1 %}",
        "{% macro m() %}{% endmacro %}", "{% block b %}{% endblock %}", "{% with a = 1 %}{% endwith %}", "{% cellbg 标题 %}",
        "{% colspan 标题 %}", "{% for 标题 in 议题 %}{% endfor %}", "{% for a, b in 议题 %}{% endfor %}",
        "{% for a in 议题 %}{% for b in 议题 %}{% for c in 议题 %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in 议题 recursive %}{{ loop(a) }}{% endfor %}", "{% filter upper %}x{% endfilter %}", "{% raw %}{% endraw %}x{{ 1+1 }}",
    ],
)  # fmt: skip
def test_anything_but_names_conditions_and_loops_is_refused(nasty):
    with pytest.raises(Unfit):
        check(made("开头", nasty), "minutes")


@pytest.mark.parametrize(
    "nasty", ["{{ a() }}", "{{ a.__class__ }}", "{{ a|upper }}", "{{ a + 1 }}", "{{ a[0] }}"]
)
def test_the_environment_itself_refuses_even_unchecked_text(nasty):
    with pytest.raises(SecurityError):
        environment().from_string(nasty)


def test_a_method_of_a_value_is_no_name():
    for text in ("{{ a.format }}", "{{ a.items }}", "{{ b.keys }}"):
        with pytest.raises(UndefinedError):
            environment(strict=True).from_string(text).render(a="x", b={"k": "v"})


def test_a_mark_hidden_where_no_paragraph_shows_it_is_refused():
    hidden = b'<w:body><w:p w:rsidR="{{ a() }}"/>'
    data = with_part(made("正文"), "word/document.xml", lambda xml: xml.replace(b"<w:body>", hidden))
    with pytest.raises(Unfit, match="藏着"):
        check(data, "minutes")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ 不在表里 }}", "“不在表里”不在占位符表里"), ("{{ 标题 ", "括号不成对"), ("{% if 标题 %}没有结尾", "写得不对"),
        ("{% for 题 in 议题 %}{{ 题.没有 }}{% endfor %}", "没有"), ("{{ 题.议题 }}", "“题”不在占位符表里"), ("{{ }}", "写得不对"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(text, says):
    with pytest.raises(Unfit, match=says):
        check(made("第一段", text), "minutes")


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("word/vbaProject.bin", b"x", "宏"),
        ("[Content_Types].xml", lambda x: x.replace(b"document.main+xml", b"macroEnabled.main+xml"), "宏"),
        ("word/embeddings/oleObject1.bin", b"x", "嵌"),
        ("word/activeX/activeX1.xml", b"<a/>", "嵌"),
        ("word/document.xml", lambda x: x.replace(b"<w:body>", b"<w:body><w:altChunk/>"), "嵌"),
        ("word/document.xml", lambda x: x.replace(b"<w:body>", b"<w:body><w:p><w:r><w:instrText> INCLUDETEXT x </w:instrText></w:r></w:p>"), "域"),
        ("word/document.xml", lambda x: x.replace(b"<w:body>", b'<w:body><w:p><w:fldSimple w:instr="DDEAUTO c"/></w:p>'), "域"),
        ("word/_rels/settings.xml.rels", b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/attachedTemplate" Target="http://a/b.dotm" TargetMode="External"/></Relationships>', "外面"),
        ("word/_rels/footer9.xml.rels", b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/hyperlink" Target="file://host/share" TargetMode="External"/></Relationships>', "外面"),
        ("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "实体"),
        ("word/styles.xml", b"<a", "损坏"),
        ("word/document.xml", lambda x: x.replace("开头".encode(), "机密★1年".encode()), "密级"),
    ],
)  # fmt: skip
def test_a_file_with_more_than_text_is_refused(name, change, says):
    with pytest.raises(Unfit, match=says):
        check(with_part(made("开头"), name, change), "minutes")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", b"\0" * 100, zipfile.ZipFile])
def test_what_is_no_docx_is_refused(data):
    if data is zipfile.ZipFile:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "x")
        data = out.getvalue()
    with pytest.raises(Unfit):
        check(data, "minutes")


def test_a_link_to_click_is_taken():
    link = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/hyperlink" Target="https://example.org" TargetMode="External"/></Relationships>'
    check(with_part(made("{{ 标题 }}"), "word/_rels/footer9.xml.rels", link), "minutes")


def test_a_template_too_large_or_with_too_many_marks_is_refused():
    with pytest.raises(Unfit, match="太大"):
        check(b"0" * (template.SIZE + 1), "minutes")
    with pytest.raises(Unfit, match="太多"):
        check(made(*["{{ 标题 }}"] * (template.MARKS + 1)), "minutes")


def test_a_filling_that_grows_beyond_its_bounds_is_stopped():
    rows = [{"议题": "长" * 2000} for _ in range(300)]
    data = made("{% for a in 议题 %}{% for b in 议题 %}{{ b.议题 }}{% endfor %}{% endfor %}")
    with pytest.raises(Unfit, match="太多|没有成功|过长"):
        fill(data, {**FACTS, "议题": rows})
