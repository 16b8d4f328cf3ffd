"""The rule engine: shapes, registry, stored verdicts, excuses. It knows no regulation."""
