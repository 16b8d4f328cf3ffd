"""Addresses of the inspection room."""

urlpatterns: list = []
