"""Pages of the plan room: plans, items, entry points, the net map, papers read into plans."""
