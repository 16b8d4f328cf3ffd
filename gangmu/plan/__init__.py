"""What superiors ask, and the one plan of two tracks bound to each other."""
