"""Each paper as plain blocks, from records only: what is not recorded is said to be so, or left blank for the pen."""

from gangmu.web.export.papers.circulars import inspection_circular, progress_circular
from gangmu.web.export.papers.duty import duty
from gangmu.web.export.papers.minutes import minutes
from gangmu.web.export.papers.mobilisation import mobilisation
from gangmu.web.export.papers.notice import notice
from gangmu.web.export.papers.orders import order
from gangmu.web.export.papers.plans import outline, plan, task_list
from gangmu.web.export.papers.report import report
from gangmu.web.export.papers.thread import thread

__all__ = [
    "duty", "inspection_circular", "minutes", "mobilisation", "notice", "order", "outline", "plan", "progress_circular", "report",
    "task_list", "thread",
]  # fmt: skip
