"""Words for dates and numbers, as an office writes them. Pure: the caller says what day is today."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _


def as_date(value: date | datetime) -> date:
    """The local day of a date or a moment; an aware moment is brought to the office's time zone first."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def cn_date(value: date | datetime, today: date) -> str:
    """11月23日 within the year of ``today``, 2025年11月23日 outside it."""
    day = as_date(value)
    short = _("%(month)d月%(day)d日") % {"month": day.month, "day": day.day}
    return short if day.year == today.year else _("%(year)d年") % {"year": day.year} + short


def cn_weekday(value: date | datetime) -> str:
    """星期一 … 星期日."""
    names = [_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日")]
    return names[as_date(value).weekday()]


def relative_due(value: date | datetime, today: date) -> str:
    """还剩3天 · 今天到期 · 逾期23天: the words that stand beside a lamp."""
    days = (as_date(value) - today).days
    if days == 0:
        return _("今天到期")
    if days > 0:
        return _("还剩%(days)d天") % {"days": days}
    return _("逾期%(days)d天") % {"days": -days}


def cn_time(value: datetime) -> str:
    """9:30 on a 24-hour clock, without a leading zero."""
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{moment.hour}:{moment.minute:02d}"


def num(value: int | float | Decimal) -> str:
    """1,234 for whole numbers, at most two decimals otherwise, no trailing zeros: 8.6, 12.35."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0")
