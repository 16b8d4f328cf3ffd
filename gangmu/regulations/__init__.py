"""The regulations themselves: declarations over the rooms' queries, one module a theme."""
