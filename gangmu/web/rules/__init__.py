"""体检: every rule as a lamp, every lamp opens."""
