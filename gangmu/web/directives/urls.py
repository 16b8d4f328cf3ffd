"""Addresses of the directives room."""

urlpatterns: list = []
