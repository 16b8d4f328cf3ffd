"""Every meeting of every body: agenda, attendance, votes, minutes, decisions."""
