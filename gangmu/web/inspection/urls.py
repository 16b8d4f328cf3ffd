"""Addresses of the inspection room."""

from django.urls import path

from gangmu.web.inspection import verbs, views

urlpatterns = [
    path("inspections/", views.inspection_list, name="inspection_list"),
    path("inspections/new/", views.inspection_new, name="inspection_new"),
    path("inspections/<int:pk>/", views.inspection, name="inspection"),
    path("inspections/<int:pk>/close/", verbs.inspection_close, name="inspection_close"),
    path("inspection-lines/<int:pk>/look/", verbs.inspection_look, name="inspection_look"),
    path("inspection-lines/<int:pk>/raise/", verbs.finding_raise, name="finding_raise"),
    path("findings/<int:pk>/rectify/", verbs.finding_rectify, name="finding_rectify"),
    path("findings/<int:pk>/recheck/", verbs.finding_recheck, name="finding_recheck"),
]
