"""Addresses of the tasks room."""

from django.urls import path

from gangmu.web.tasks import board, deploy, feedback, issues, mobilisations, parts, views

urlpatterns = [
    path("tasks/", views.task_list, name="task_list"),
    path("tasks/board/", board.task_board, name="task_board"),
    path("tasks/feedback/", feedback.task_feedback, name="task_feedback"),
    path("tasks/new/", deploy.task_new, name="task_new"),
    path("tasks/deploy/<int:pk>/", deploy.task_deploy_plan, name="task_deploy_plan"),
    path("tasks/sign/", board.task_sign_many, name="task_sign_many"),
    path("tasks/verify/", board.task_verify_many, name="task_verify_many"),
    path("tasks/close/", board.task_close_many, name="task_close_many"),
    path("tasks/urge/", board.task_urge_many, name="task_urge_many"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/sign/", views.task_sign, name="task_sign"),
    path("tasks/<int:pk>/report/", views.task_report, name="task_report"),
    path("tasks/<int:pk>/submit/", views.task_submit, name="task_submit"),
    path("tasks/<int:pk>/verify/", views.task_verify, name="task_verify"),
    path("tasks/<int:pk>/send-back/", views.task_send_back, name="task_send_back"),
    path("tasks/<int:pk>/close/", views.task_close, name="task_close"),
    path("tasks/<int:pk>/cancel/", views.task_cancel, name="task_cancel"),
    path("tasks/<int:pk>/break-down/", parts.task_break_down, name="task_break_down"),
    path("tasks/<int:pk>/confirm-due/", parts.task_confirm_due, name="task_confirm_due"),
    path("tasks/<int:pk>/review/", parts.task_review, name="task_review"),
    path("tasks/<int:pk>/urge/", parts.task_urge, name="task_urge"),
    path("tasks/<int:pk>/ask/", parts.task_ask, name="task_ask"),
    path("tasks/<int:pk>/add-milestone/", parts.task_add_milestone, name="task_add_milestone"),
    path("tasks/milestones/<int:pk>/reach/", parts.task_reach_milestone, name="task_reach_milestone"),
    path("tasks/changes/<int:pk>/approve/", parts.task_approve, name="task_approve"),
    path("tasks/changes/<int:pk>/refuse/", parts.task_refuse, name="task_refuse"),
    path("tasks/changes/<int:pk>/withdraw/", parts.task_withdraw, name="task_withdraw"),
    path("issues/", issues.issue_list, name="issue_list"),
    path("issues/new/", issues.issue_raise, name="issue_raise"),
    path("issues/<int:pk>/", issues.issue, name="issue"),
    path("issues/<int:pk>/write-up/", issues.issue_write_up, name="issue_write_up"),
    path("issues/<int:pk>/put-forward/", issues.issue_put_forward, name="issue_put_forward"),
    path("issues/<int:pk>/study/", issues.issue_study, name="issue_study"),
    path("issues/<int:pk>/resolve/", issues.issue_resolve, name="issue_resolve"),
    path("issues/<int:pk>/drop/", issues.issue_drop, name="issue_drop"),
    path("mobilisations/", mobilisations.mobilisation_list, name="mobilisation_list"),
    path("mobilisations/new/", mobilisations.mobilisation_draft, name="mobilisation_draft"),
    path("mobilisations/<int:pk>/", mobilisations.mobilisation, name="mobilisation"),
    path("mobilisations/<int:pk>/ask-for/", mobilisations.mobilisation_ask_for, name="mobilisation_ask_for"),
    path("mobilisations/<int:pk>/order/", mobilisations.mobilisation_order, name="mobilisation_order"),
    path("mobilisations/<int:pk>/settle/", mobilisations.mobilisation_settle, name="mobilisation_settle"),
    path(
        "mobilisations/<int:pk>/call-off/", mobilisations.mobilisation_call_off, name="mobilisation_call_off"
    ),
    path("mobilisations/<int:pk>/order.docx", mobilisations.mobilisation_paper, name="mobilisation_paper"),
    path(
        "mobilisations/lines/<int:pk>/leave-out/",
        mobilisations.mobilisation_leave_out,
        name="mobilisation_leave_out",
    ),
    path("mobilisations/lines/<int:pk>/give/", mobilisations.mobilisation_give, name="mobilisation_give"),
]
