"""The append-only log of what happened, and the readers that follow it."""
