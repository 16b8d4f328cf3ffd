"""Addresses of downloads."""

from django.urls import path

from gangmu.web.export import views

urlpatterns = [
    path("items/<int:pk>/thread.docx", views.item_thread, name="item_thread"),
    path("meetings/<int:pk>/minutes.docx", views.meeting_minutes, name="meeting_minutes"),
    path("inspections/<int:pk>/order.docx", views.inspection_order, name="inspection_order"),
    path("plans/<int:pk>/plan.docx", views.plan_paper, name="plan_paper"),
]
