"""Addresses of the review room."""

urlpatterns: list = []
