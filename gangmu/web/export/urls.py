"""Addresses of downloads."""

from django.urls import path

from gangmu.web.export import office_templates, packs, views

urlpatterns = [
    path("items/<int:pk>/thread.docx", views.item_thread, name="item_thread"),
    path("meetings/<int:pk>/minutes.docx", views.meeting_minutes, name="meeting_minutes"),
    path("inspections/<int:pk>/order.docx", views.inspection_order, name="inspection_order"),
    path("inspections/<int:pk>/circular.docx", views.inspection_circular, name="inspection_circular"),
    path("tasks/circular.docx", views.task_circular, name="task_circular"),
    path("tasks/<int:pk>/notice.docx", views.task_notice, name="task_notice"),
    path("plans/<int:pk>/plan.docx", views.plan_paper, name="plan_paper"),
    path("plans/<int:pk>/tasks.docx", views.plan_tasks, name="plan_tasks"),
    path("review/<int:pk>/duty.docx", views.duty_ledger, name="duty_ledger"),
    path("review/<int:pk>/report.docx", views.duty_report, name="duty_report"),
    path("packs/", packs.pack, name="pack"),
    path("templates/", office_templates.template_list, name="template_list"),
    path("templates/<int:pk>/file.docx", office_templates.template_file, name="template_file"),
    path("templates/<int:pk>/retire/", office_templates.template_retire, name="template_retire"),
    path("templates/<str:kind>/sample.docx", office_templates.template_sample, name="template_sample"),
    path("templates/<str:kind>/upload/", office_templates.template_upload, name="template_upload"),
]
