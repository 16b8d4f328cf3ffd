"""Addresses of the tasks room."""

from django.urls import path

from gangmu.web.tasks import circular, views

urlpatterns = [
    path("tasks/", views.task_list, name="task_list"),
    path("tasks/circular/", circular.circular_read, name="circular_read"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/sign/", views.task_sign, name="task_sign"),
    path("tasks/<int:pk>/report/", views.task_report, name="task_report"),
    path("tasks/<int:pk>/submit/", views.task_submit, name="task_submit"),
    path("tasks/<int:pk>/verify/", views.task_verify, name="task_verify"),
    path("tasks/<int:pk>/send-back/", views.task_send_back, name="task_send_back"),
    path("tasks/<int:pk>/close/", views.task_close, name="task_close"),
    path("tasks/<int:pk>/cancel/", views.task_cancel, name="task_cancel"),
]
