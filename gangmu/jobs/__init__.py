"""Work that outlasts a request: a row that a page can watch, a queue that a worker empties, a file at the end."""
