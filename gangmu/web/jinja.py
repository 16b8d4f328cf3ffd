"""The Jinja2 environment: one place that says what every template may call."""

from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from gangmu.common import clock
from gangmu.papers import office
from gangmu.web import format as words
from gangmu.web import marks, wording
from gangmu.web.finders import HTMX_FILE


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a view. An unknown name raises: a dead link is a mistake of ours."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_if(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a view, or "" while that room has no such page."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


def _cn_date(value: date | datetime | None, today: date | None = None) -> str:
    return words.cn_date(value, today or clock.today()) if value else ""


def _relative_due(value: date | datetime | None, today: date | None = None) -> str:
    return words.relative_due(value, today or clock.today()) if value else ""


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend; ``auto_reload`` and the loader come from there."""
    options |= {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "cache_size": 800,
        "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
    }
    options.pop("autoescape", None)  # not up for negotiation
    env = Environment(autoescape=True, **options)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals |= {"static": static, "url": url, "url_if": url_if, "htmx_file": HTMX_FILE}
    env.globals |= {"office_ready": lambda: office.available() is not None}
    env.globals |= {
        "due_of": wording.task_due,
        "rows_of": wording.timeline_rows,
        "item_link": wording.task_source,
    }
    env.globals |= {
        "guess_word": wording.guess_word,
        "why_word": wording.why_word,
        "quad_mark": marks.quad,
        "shape_mark": marks.shape,
        "lamp_mark": marks.lamp,
        "worst_mark": marks.worst,
        "track_mark": marks.track,
    }
    env.filters |= {
        "cn_date": _cn_date,
        "cn_weekday": lambda value: words.cn_weekday(value) if value else "",
        "cn_time": lambda value: words.cn_time(value) if value else "",
        "relative_due": _relative_due,
        "num": words.num,
    }
    return env
