"""Pages of a long list with one query: each row brings the length of the list along."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce


class _Counted(Paginator):
    """A paginator that was told the length."""

    count = 0

    def __init__(self, rows: list[Any], per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count


def page_of(rows: QuerySet[Any], number: str | None, per_page: int, *, by: str) -> Page:
    """The page asked for (the first for nonsense, the last for too large a number).

    ``by``: a field that is the same in all rows, over which they are counted. A second query only behind the end.
    """
    asked = max(int(number), 1) if number and number.isdecimal() and len(number) < 9 else 1
    total = rows.order_by().values(by).annotate(_n=Count("pk")).values("_n")
    counted = rows.annotate(length=Coalesce(Subquery(total, output_field=IntegerField()), Value(0)))
    found = list(counted[(asked - 1) * per_page : asked * per_page])
    if not found and asked > 1:
        count = rows.count()
        last = max(-(-count // per_page), 1)
        return Page(list(rows[(last - 1) * per_page : last * per_page]), last, _Counted([], per_page, count))
    return Page(found, asked, _Counted([], per_page, found[0].length if found else 0))
