"""The demo city 云泽市: invented people and places, a year lived through by the same actions as the pages."""
