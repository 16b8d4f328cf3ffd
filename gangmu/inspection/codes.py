"""The code of a line on an offline sheet: which visit, which line, how it stood, and a seal nobody outside can make.

``12-345-9f3a1c-0b7e55d2``. The seal makes a code that was changed, or copied from nowhere, be told apart from one of another visit.
"""

import hmac
import re
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from gangmu.inspection.models import Line

_CODE = re.compile(r"(\d{1,18})-(\d{1,18})-([0-9a-f]{6})-([0-9a-f]{8})")


@dataclass(frozen=True)
class Code:
    inspection_id: int
    line_id: int
    stamp: str


def _seal(body: str) -> str:
    return salted_hmac("gangmu.inspection.sheet", body, algorithm="sha256").hexdigest()[:8]


def code_of(line: Line) -> str:
    body = f"{line.inspection_id}-{line.pk}-{line.stamp}"
    return f"{body}-{_seal(body)}"


def read_code(text: str) -> Code | None:
    """None when it is no code of ours."""
    found = _CODE.fullmatch(text.strip().lower())
    if not found or not hmac.compare_digest(_seal(text.strip().lower().rpartition("-")[0]), found[4]):
        return None
    return Code(int(found[1]), int(found[2]), found[3])
