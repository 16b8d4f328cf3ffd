"""Addresses of the check-up."""

from django.urls import path

from gangmu.web.rules import views

urlpatterns = [
    path("checkup/", views.checkup, name="checkup"),
    path("checkup/<str:rule>/<int:subject>/<str:period>/", views.lamp, name="lamp"),
    path("checkup/<str:rule>/<int:subject>/<str:period>/excuse/", views.lamp_excuse, name="lamp_excuse"),
]
