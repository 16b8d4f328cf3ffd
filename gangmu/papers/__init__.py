"""Document reading and plain writing: Word, HTML or text -> outline of a plan, and back to Word.

A pure library: it never imports Django, never opens the network and never writes outside a temporary folder.
"""
