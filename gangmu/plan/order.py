"""The order of a plan's rows, between the database and the pure tree."""

from collections.abc import Sequence

from gangmu.plan import tree
from gangmu.plan.models import Plan, PlanItem


def nodes_of(plan: Plan) -> list[tree.Node]:
    """The tree of the plan. One query."""
    rows = PlanItem.objects.filter(plan=plan).order_by("position", "id").values_list("pk", "level", "track")
    return [tree.Node(*row) for row in rows]


def store(plan: Plan, nodes: Sequence[tree.Node]) -> None:
    """Write position, level and parent of the rows that have another than before. Two statements."""
    parents = tree.parents(nodes)
    rows = {i.pk: i for i in PlanItem.objects.filter(plan=plan).only("position", "level", "parent_id")}
    other = []
    for position, node in enumerate(nodes, start=1):
        row = rows[node.id]
        wanted = (position, node.level, parents[node.id])
        if (row.position, row.level, row.parent_id) != wanted:
            row.position, row.level, row.parent_id = wanted
            other.append(row)
    PlanItem.objects.bulk_update(other, ["position", "level", "parent"], batch_size=200)
