"""Tasks, their progress and resources."""

from gangmu.tasks.models.task import Progress, Resource, Task, TaskDepartment

__all__ = ["Progress", "Resource", "Task", "TaskDepartment"]
