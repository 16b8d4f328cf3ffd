"""Addresses of the party_life room."""

urlpatterns: list = []
