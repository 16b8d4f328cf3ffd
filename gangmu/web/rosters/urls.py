"""Addresses of the people of a unit and of the lists that come in."""

from django.urls import path

from gangmu.web.rosters import ledger, views

urlpatterns = [
    path("people/", ledger.people, name="people"),
    path("people/<int:pk>/leave/", ledger.person_leave, name="person_leave"),
    path("memberships/<int:pk>/transfer-out/", ledger.member_transfer_out, name="member_transfer_out"),
    path("rosters/", views.rosters, name="rosters"),
    path("rosters/read/", views.roster_read, name="roster_read"),
    path("rosters/blank/<slug:kind>.xlsx", views.roster_blank, name="roster_blank"),
    path("rosters/<str:token>/", views.roster, name="roster"),
    path("rosters/<str:token>/take/", views.roster_take, name="roster_take"),
    path("rosters/<str:token>/drop/", views.roster_drop, name="roster_drop"),
    path("rosters/<str:token>/copy.xlsx", views.roster_copy, name="roster_copy"),
]
