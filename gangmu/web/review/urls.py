"""Addresses of the review room."""

from django.urls import path

from gangmu.web.review import views

urlpatterns = [path("review/", views.review, name="review")]
