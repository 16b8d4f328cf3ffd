"""Follows the log and marks which rules have to be counted again where."""

from collections import defaultdict

from gangmu.events.models import Event
from gangmu.events.readers import Reader, register
from gangmu.rules import store
from gangmu.rules.models import Dirty
from gangmu.rules.registry import every


class DirtyMarks(Reader):
    name = "rules"

    def apply(self, events: list[Event]) -> None:
        touched: dict[str, set[int]] = defaultdict(set)
        for event in events:
            for rule in every():
                if event.verb in rule.verbs or (
                    event.verb == "rules.excuse" and event.after.get("rule") == rule.id
                ):
                    touched[rule.id].add(event.unit_id)
        for rule_id, units in touched.items():
            store.mark(rule_id, units)

    def reset(self) -> None:
        Dirty.objects.all().delete()

    def finish(self) -> None:
        store.refresh()


register(DirtyMarks())
