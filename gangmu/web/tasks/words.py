"""Sentences of the tasks room that are made from facts."""

from datetime import date

from django.utils.translation import gettext as _

from gangmu.tasks.models import Task
from gangmu.web.format import cn_date


def urge_words(task: Task, today: date) -> str:
    """What a call says by itself: which state, how late, when it was last heard of. Of a row ``with_progress``."""
    days = (today - task.due_on).days
    if task.state == Task.State.ISSUED:
        said = _("%(day)s交办，还没有签收。请先签收。") % {"day": cn_date(task.issued_on, today)}
    elif days > 0 and not task.long_term:
        said = _("%(day)s到期，已经过了%(n)s天。请报办到哪一步了，需要延期就提出来。") % {
            "day": cn_date(task.due_on, today),
            "n": days,
        }
    else:
        said = _("%(day)s到期。请报一句办到哪一步了。") % {"day": cn_date(task.due_on, today)}
    heard = task.progress_on  # type: ignore[attr-defined]
    last = _("上次进展是%(day)s。") % {"day": cn_date(heard, today)} if heard else _("还没有报过进展。")
    return said if task.state == Task.State.ISSUED else said + last
