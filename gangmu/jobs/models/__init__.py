from gangmu.jobs.models.job import Job
from gangmu.jobs.models.slot import Slot

__all__ = ["Job", "Slot"]
