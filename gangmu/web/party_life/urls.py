"""Addresses of party life."""

from django.urls import path

from gangmu.web.party_life import views

urlpatterns = [
    path("party-life/", views.party_life, name="party_life"),
    path("party-life/<int:pk>/", views.branch, name="branch"),
]
