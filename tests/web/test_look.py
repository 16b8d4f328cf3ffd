"""The look: contrast, functions an old browser does not know, policy of the pages, words for translation, macros."""

import importlib.util
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings

if not settings.configured:  # the look can be tested on its own, without a database
    settings.configure(USE_I18N=False, USE_TZ=True, TIME_ZONE="Asia/Shanghai", STATIC_URL="/static/")

from jinja2 import FileSystemLoader, UndefinedError

from gangmu.web import finders, format
from gangmu.web.context import room_of
from gangmu.web.jinja import environment
from gangmu.web.marks import SHAPES

WEB = Path(format.__file__).parent
CSS = {file.name: file.read_text(encoding="utf-8") for file in (WEB / "static" / "gm").glob("*.css")}
SHELL = ["base.html", "sign_in.html", "macros/*.html", "errors/*.html", "netmap/*.html"]
pytestmark = pytest.mark.pure
TEMPLATES = sorted(file for pattern in SHELL for file in (WEB / "templates").glob(pattern))
TOKENS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", CSS["gm.css"]))
CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _env():
    return environment(loader=FileSystemLoader(WEB / "templates"), autoescape=True)


def _render(imports: str, call: str, **context) -> str:
    return _env().from_string("{% from " + imports + " %}" + call).render(**context)


@pytest.mark.parametrize("name", ["gang", "mu", "ok", "warn", "bad", "na"])
def test_coloured_words_are_readable_on_sheet_paper_and_their_wash(name: str) -> None:
    for ground in ("sheet", "paper", f"{name}-wash"):
        assert _contrast(TOKENS[name], TOKENS[ground]) >= 4.5, ground


@pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3"])
@pytest.mark.parametrize("ground", ["sheet", "paper", "wash", "row-sel", "row-hover"])
def test_ink_is_readable_on_every_ground(ink: str, ground: str) -> None:
    assert _contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


def test_edges_of_fields_and_the_focus_ring_can_be_seen() -> None:
    assert _contrast(TOKENS["line-2"], TOKENS["sheet"]) >= 3
    assert _contrast(TOKENS["focus"], TOKENS["paper"]) >= 3


def test_what_recedes_stays_readable() -> None:
    [receding] = re.findall(r"li:not\(\.on\) > a.*?color: (#[0-9a-f]{6})", CSS["netmap.css"])
    assert _contrast(receding, TOKENS["paper"]) >= 4.5


@pytest.mark.parametrize("name", CSS)
def test_no_function_that_chromium_109_does_not_know(name: str) -> None:
    rules = re.sub(r"/\*.*?\*/", "", CSS[name], flags=re.S)
    for word in (
        "oklch(",
        "oklab(",
        "color-mix(",
        "light-dark(",
        ":has(",
        "@layer",
        "@container",
        "dvh",
        "&",
    ):
        assert word not in rules, word


@pytest.mark.parametrize("name", CSS)
def test_rules_are_nested_in_media_queries_only(name: str) -> None:
    rules = re.sub(r"/\*.*?\*/", "", CSS[name], flags=re.S)
    flat = re.sub(r"[^{}]*\{[^{}]*\}", "", rules)  # what is left once every innermost rule is gone
    assert re.fullmatch(r"(\s*@media [^{}]*\{\s*\})*\s*", re.sub(r"\{\s+\}", "{}", flat)), flat


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f.name)
def test_templates_keep_the_policy_of_the_pages(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.S)
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f.name)
def test_every_chinese_word_is_marked_for_translation(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.S)
    bare = re.sub(r'\bn?_\(\s*"[^"]*"', "", text)
    assert not CJK.search(bare), CJK.search(bare)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f.name)
def test_every_template_compiles_and_every_icon_exists(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    _env().parse(text)
    sprite = (WEB / "templates" / "macros" / "_sprite.html").read_text(encoding="utf-8")
    for name in re.findall(r'(?<!\{\{ )icon\("([a-z]+)"\)', text):
        assert f'id="gm-i-{name}"' in sprite


def test_the_macro_list_names_every_macro() -> None:
    listed = (WEB / "templates" / "macros" / "README.md").read_text(encoding="utf-8")
    for file in (WEB / "templates" / "macros").glob("*.html"):
        for name in re.findall(r"\{% macro ([a-z][a-z_]*)\(", file.read_text(encoding="utf-8")):
            assert f"`{name}(" in listed, f"{file.name}: {name}"


def test_a_lamp_is_shape_and_word() -> None:
    html = _render('"macros/lamp.html" import lamp', '{{ lamp("bad", "逾期23天") }}')
    assert SHAPES["bad"] in html and "逾期23天" in html


def test_the_quad_says_its_four_lamps_in_words() -> None:
    four = [("研究", "ok", "已办"), ("督查", "warn", "临期")]
    html = _render('"macros/lamp.html" import quad, worst', "{{ quad(f) }}{{ worst(f) }}", f=four)
    assert 'aria-label="四灯：研究 已办，督查 临期"' in html and "督查临期" in html


def test_a_row_escapes_what_people_typed() -> None:
    rows = [{"level": "ok", "word": "按期", "title": "<b>x</b>"}]
    html = _render('"macros/rows.html" import todo', "{{ todo(rows) }}", rows=rows)
    assert "&lt;b&gt;" in html and "<b>x" not in html


def test_a_missing_key_that_a_row_must_have_is_noticed() -> None:
    with pytest.raises(UndefinedError):
        _render('"macros/rows.html" import todo', "{{ todo([{}]) }}")


@pytest.mark.parametrize("state", ["effective", "open", "half", "overdue", "unbound"])
def test_a_thread_says_its_state_in_words(state: str) -> None:
    row = {"party": {"title": "先锋岗"}, "kind": "推动", "state": state, "level": "ok", "word": "按期"}
    html = _render('"macros/entry.html" import entry_row, state_word', "{{ entry_row(r) }}", r=row)
    assert re.search("已见效|在推进|半边闭合|到期未见效|没结上", html)


def test_dates_are_written_as_the_office_writes_them() -> None:
    today = date(2026, 11, 23)
    assert format.cn_date(today, today) == "11月23日"
    assert format.cn_date(date(2025, 1, 9), today) == "2025年1月9日"
    assert format.cn_weekday(today) == "星期一"
    assert format.cn_time(datetime(2026, 11, 23, 1, 5, tzinfo=UTC)) == "9:05"


@pytest.mark.parametrize(("day", "words"), [(20, "逾期3天"), (23, "今天到期"), (26, "还剩3天")])
def test_a_due_date_is_told_from_today(day: int, words: str) -> None:
    assert format.relative_due(date(2026, 11, day), date(2026, 11, 23)) == words


@pytest.mark.parametrize(("value", "text"), [(1234, "1,234"), (8.6, "8.6"), (12.345, "12.35"), (3.0, "3")])
def test_numbers(value: float, text: str) -> None:
    assert format.num(value) == text


@pytest.mark.parametrize(
    ("view", "room"),
    [
        ("home", "home"),
        ("plan_item", "plan_list"),
        ("meetings:x", ""),
        ("meeting:agenda", "meeting_list"),
        ("", ""),
    ],
)
def test_a_view_belongs_to_its_room(view: str, room: str) -> None:
    assert room_of(view) == room


@pytest.mark.parametrize(
    "path", ["../settings.py", "gm/../../jinja.py", "gm/.hidden.css", "gm/nothing.css", "gm"]
)
def test_only_listed_files_are_served(path: str) -> None:
    assert finders.Whitelist().find(path) == []


def test_our_files_and_htmx_are_served() -> None:
    finder = finders.Whitelist()
    listed = {path for path, _storage in finder.list(None)}
    assert {"gm/gm.css", "gm/gm.js", "gm/netmap.css", finders.HTMX_FILE} <= listed
    assert all(Path(str(finder.find(path))).is_file() for path in listed)


def test_of_tabler_only_reset_and_grid_in_plain_css_are_kept() -> None:
    place = WEB.parents[1] / "tools" / "assets.py"
    spec = importlib.util.spec_from_file_location("assets", place)
    assert spec and spec.loader
    assets = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(assets)
    css = ":root{--tblr-x:1}*{box-sizing:border-box;color:oklch(1 0 0)}.card{margin:0}.row{display:flex}"
    css += "@media (min-width:576px){.col-sm-6{flex:0 0 auto;border-color:color-mix(in srgb,red,blue)}}"
    kept = [
        "*{box-sizing:border-box}",
        ".row{display:flex}",
        "@media (min-width:576px){",
        ".col-sm-6{flex:0 0 auto}",
        "}",
    ]
    assert assets.strip(css).splitlines() == kept


def test_what_a_page_loads_stays_small() -> None:
    """The sheet of every page, and that of each room."""
    assert len(CSS["gm.css"]) < 36_000
    assert not {name: len(text) for name, text in CSS.items() if name != "gm.css" and len(text) > 16_000}
    loads = {
        file.name: len(CSS["gm.css"])
        + sum(
            len(CSS[name])
            for name in set(re.findall(r'static\("gm/(\w+\.css)"\)', file.read_text(encoding="utf-8")))
            - {"gm.css"}
        )
        for file in (WEB / "templates").rglob("*.html")
    }
    assert len(set(loads.values())) > 4 and max(loads.values()) < 52_000, loads


def test_the_tokens_are_those_of_the_visual_direction() -> None:
    wanted = {"paper": "#f6f5f1", "ink": "#1f2327", "gang": "#ae3a1c", "mu": "#17606b", "bad": "#9d1535"}
    assert wanted.items() <= TOKENS.items()
