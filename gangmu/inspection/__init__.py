"""Joint inspection: both kinds of people go, both effects are looked at, findings are put right."""
