"""Who may confer what, paraphrased from the rules on rewards of civil servants: a hint beside an honour, never a bar.

A committee or government of a level confers as much as an organ of the level above. As the issuer is words, the hint
speaks only where both would be too low. The article is known in an older wording: its text is still to be checked.
"""

from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Unit
from gangmu.review.models import Honour

_A, _L = Honour.Award, Honour.Level
HEIGHT: dict[str, int] = {_L.COUNTY: 1, _L.CITY: 2, _L.PROVINCE: 3, _L.NATION: 4}
OF_UNIT: dict[str, str] = {
    Unit.Level.NATION: _L.NATION, Unit.Level.PROVINCE: _L.PROVINCE, Unit.Level.CITY: _L.CITY, Unit.Level.COUNTY: _L.COUNTY,
}  # fmt: skip
# award → (the lowest level of a committee or government, the lowest level of an organ, both in words)
LOWEST: dict[str, tuple[str, str, object]] = {
    _A.COMMENDATION: (_L.COUNTY, _L.CITY, _("县级以上党委、政府或市级以上机关")),
    _A.THIRD: (_L.COUNTY, _L.CITY, _("县级以上党委、政府或市级以上机关")),
    _A.SECOND: (_L.CITY, _L.PROVINCE, _("市级以上党委、政府或省级以上机关")),
    _A.FIRST: (_L.PROVINCE, _L.PROVINCE, _("省级以上党委、政府或中央机关")),
    _A.TITLE: (_L.PROVINCE, _L.PROVINCE, _("省级以上党委、政府或中央机关")),
}


def doubt(award: str, level: str, unit_level: str) -> str:
    """A sentence when ``level`` is below what the rules name for ``award``; '' otherwise, and where they name nothing.

    本院 confers as an organ of its unit's level; of any other level the issuer may be a committee or a government.
    """
    if award not in LOWEST or level not in (*HEIGHT, _L.OWN):
        return ""
    body, organ, who = LOWEST[award]
    given, lowest = (OF_UNIT[unit_level], organ) if level == _L.OWN else (level, body)
    if HEIGHT[given] >= HEIGHT[lowest]:
        return ""
    words = {"award": _A(award).label, "who": who, "level": _L(level).label}
    return (
        str(
            _(
                "%(award)s一般由%(who)s批准，这里登记的级别是%(level)s。请对一下颁授机关和文号；只是提醒，照登不误。"
            )
        )
        % words
    )
