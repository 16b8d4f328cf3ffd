"""Papers out: what is recorded, set as an official Word file. Nothing is written that did not happen."""
