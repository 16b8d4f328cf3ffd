"""Tasks, their progress, resources and changes; difficult issues; mobilisation orders."""

from gangmu.tasks.models.change import Change
from gangmu.tasks.models.instruction import Instruction
from gangmu.tasks.models.issue import Issue
from gangmu.tasks.models.milestone import Milestone
from gangmu.tasks.models.mobilisation import Contribution, Mobilisation
from gangmu.tasks.models.task import Progress, Resource, Task, TaskDepartment
from gangmu.tasks.models.urge import Urge

__all__ = [
    "Change",
    "Contribution",
    "Instruction",
    "Issue",
    "Milestone",
    "Mobilisation",
    "Progress",
    "Resource",
    "Task",
    "TaskDepartment",
    "Urge",
]
