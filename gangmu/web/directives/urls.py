"""Addresses of directives."""

from django.urls import path

from gangmu.web.directives import views

urlpatterns = [
    path("directives/", views.directive_list, name="directive_list"),
    path("directives/new/", views.directive_new, name="directive_new"),
    path("directives/read/", views.directive_read, name="directive_read"),
    path("directives/<int:pk>/", views.directive, name="directive"),
    path("directives/<int:pk>/send-down/", views.directive_send_down, name="directive_send_down"),
    path("directive-points/<int:pk>/answer/", views.directive_answer, name="directive_answer"),
    path("directive-points/<int:pk>/leave/", views.directive_leave, name="directive_leave"),
    path("directive-answers/<int:pk>/withdraw/", views.directive_withdraw, name="directive_withdraw"),
]
