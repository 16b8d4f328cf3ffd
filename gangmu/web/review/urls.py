"""Addresses of the review room."""

from django.urls import path

from gangmu.web.review import honours, views

urlpatterns = [
    path("review/", views.review, name="review"),
    path("honours/", honours.honour_list, name="honour_list"),
    path("honours/register/", honours.honour_register, name="honour_register"),
    path("honours/options/", honours.honour_options, name="honour_options"),
    path("honours/<int:pk>/", honours.honour, name="honour"),
    path("honours/<int:pk>/edit/", honours.honour_edit, name="honour_edit"),
    path("honours/<int:pk>/link/", honours.honour_link, name="honour_link"),
    path("honours/<int:pk>/withdraw/", honours.honour_withdraw, name="honour_withdraw"),
    path("honour-bases/<int:pk>/unlink/", honours.honour_unlink, name="honour_unlink"),
]
