"""Addresses of the home page."""

from django.urls import path

from gangmu.web.home import audit, views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("me/", views.me, name="me"),
    path("audit/", audit.audit, name="audit"),
]
