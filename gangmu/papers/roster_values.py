"""The cells of a roster as offices fill them -> days, months, money, names. Raises ``BadValue`` with a stable code."""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from gangmu.papers.words import chinese_number

EMPTY = frozenset(
    {
        "",
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "－",
        "无",
        "暂无",
        "空",
        "#N/A",
        "#REF!",
        "#VALUE!",
        "null",
        "None",
    }
)
EPOCH = datetime.date(1899, 12, 30)
FIRST, LAST = 1900, 2100
MOST_MONEY = Decimal("1000000")
_YEARS = "〇○零OＯ一二三四五六七八九"
_BLANK = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_DAY = re.compile(
    rf"^(?P<y>(?:19|20)\d\d|[一二][{_YEARS}]{{3}})(?:年|[.\-/,、。·])(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})"
    r"(?:(?:月|[.\-/,、。·])(?:(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?)?)?"
    r"$"
)
_CLOCK = re.compile(r"(?:\s+|T)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_RUN = re.compile(r"^(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)?$")
_MONTH = re.compile(r"^(?:(?P<y>(?:19|20)\d\d)(?:年|[.\-/]))?(?P<m>1[0-2]|0?[1-9])月?份?$")
_MONEY = re.compile(r"^-?\d{1,12}(?:\.\d{1,6})?$")
_NAME = re.compile(r"^[^\W\d_](?:[\w·•‧．. ]{0,28}[\w·])?$")


class BadValue(Exception):
    """A cell that cannot be what its column says. ``code`` is one of the messages of the check."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def text(value: object) -> str:
    """Any cell as clean text: width folded, control characters dropped, a whole number without its ``.0``."""
    if type(value) is str:
        flat = value if value.isascii() else unicodedata.normalize("NFKC", value)
        flat = _BLANK.sub(" ", _CONTROL.sub("", flat)).strip()
        return "" if flat in EMPTY else flat
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    return str(value)


def name(value: object) -> str:
    """A person's name: no blanks between Chinese characters. Raises for markup, formulas and digits."""
    flat = text(value)
    if not flat:
        return ""
    if not flat.isascii():
        flat = flat.replace(" ", "")
    if not _NAME.match(flat):
        raise BadValue("name_odd" if len(flat) <= 30 else "name_long")
    return flat


def number(value: object) -> str:
    """工号: up to 20 letters and digits."""
    flat = text(value).replace(" ", "")
    if len(flat) > 20 or not re.match(r"^[\w.\-/]*$", flat):
        raise BadValue("number_odd")
    return flat


def day(value: object) -> datetime.date | None:
    """A day; of a month alone its first. Serial numbers, 199807, 1998.7, 1998年7月 and text with blanks are read."""
    if isinstance(value, datetime.datetime):
        return _sane(value.date())
    if isinstance(value, datetime.date):
        return _sane(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _day_of_number(float(value))
    return _day_of_text(_BLANK.sub("", _CLOCK.sub("", text(value))))


def _sane(found: datetime.date) -> datetime.date:
    if not FIRST <= found.year <= LAST:
        raise BadValue("day_far")
    return found


def _day_of_number(value: float) -> datetime.date:
    if value != value or abs(value) > 1e9:
        raise BadValue("day_odd")
    if not value.is_integer() and FIRST <= value < LAST + 1:  # 1998.7 typed into a cell of numbers
        digits = f"{value:.4f}".rstrip("0").split(".")[1]
        if digits == "1":  # Excel drops the zero of 1998.10
            raise BadValue("day_january")
        return _made(int(value), int(digits), 1) if len(digits) <= 2 else _fail("day_odd")
    whole = int(value)
    if 10_000 <= whole <= 80_000:
        return _sane(EPOCH + datetime.timedelta(days=whole))
    return _day_of_text(str(whole)) or _fail("day_odd")


def _fail(code: str) -> datetime.date:
    raise BadValue(code)


def _made(year: int, month: int, of_month: int) -> datetime.date:
    try:
        return _sane(datetime.date(year, month, of_month))
    except ValueError:
        raise BadValue("day_none") from None


@lru_cache(maxsize=4096)
def _day_of_text(flat: str) -> datetime.date | None:
    flat = flat.removesuffix("起").removesuffix("至今")
    if not flat:
        return None
    found = _RUN.match(flat) or _DAY.match(flat)
    if found is None:
        if flat.isdigit() and len(flat) == 5:
            return _sane(EPOCH + datetime.timedelta(days=int(flat)))
        raise BadValue("day_odd")
    year, month, of_month = (chinese_number(p) if p else None for p in found.group("y", "m", "d"))
    if not year or not month:
        raise BadValue("day_none")
    return _made(year, month, 1 if of_month is None else of_month)


def month(value: object, year: int | None) -> datetime.date | None:
    """The first day of a month; one without a year lies in ``year``."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (str, int)) and (found := _MONTH.match(_BLANK.sub("", text(value)))):
        of = int(found["y"]) if found["y"] else year
        if of is None:
            raise BadValue("month_year")
        return _made(of, int(found["m"]), 1)
    whole = day(value)
    return whole.replace(day=1) if whole else None


def money(value: object) -> Decimal | None:
    """An amount with two places. Raises for what is negative, not a number, or finer than a cent."""
    if isinstance(value, bool):
        raise BadValue("money_odd")
    if isinstance(value, (int, float)):
        flat = repr(round(value, 6)) if abs(value) < 1e12 else "x"
    else:
        flat = (
            _BLANK.sub("", text(value))
            .replace(",", "")
            .removeprefix("¥")
            .removeprefix("￥")
            .removesuffix("元")
        )
        if flat in ("免", "免缴", "免交"):
            flat = "0"
    if not flat:
        return None
    try:
        amount = Decimal(flat) if _MONEY.match(flat) else None
    except InvalidOperation:
        amount = None
    if amount is None or abs(amount) >= MOST_MONEY:
        raise BadValue("money_odd")
    if amount < 0:
        raise BadValue("money_negative")
    if amount != round(amount, 2):
        raise BadValue("money_fine")
    return amount.quantize(Decimal("0.01"))
