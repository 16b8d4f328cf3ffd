"""Units, departments, party organisations, people, posts, users and what roles may do."""
