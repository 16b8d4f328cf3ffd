"""Addresses of the meetings room."""

from django.urls import path

from gangmu.web.meetings import minutes, verbs, views

urlpatterns = [
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/new/", views.meeting_new, name="meeting_new"),
    path("meetings/minutes/new/", minutes.minutes_bring, name="minutes_bring"),
    path("meetings/minutes/<int:pk>/", minutes.minutes_paper, name="minutes_paper"),
    path("meetings/minutes/<int:pk>/take/", minutes.minutes_take, name="minutes_take"),
    path("meetings/minutes/<int:pk>/drop/", minutes.minutes_drop, name="minutes_drop"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("meetings/<int:pk>/add-topic/", verbs.meeting_add_topic, name="meeting_add_topic"),
    path("meetings/<int:pk>/put-plan/", verbs.meeting_put_plan, name="meeting_put_plan"),
    path("meetings/<int:pk>/record/", verbs.meeting_record, name="meeting_record"),
    path("meetings/<int:pk>/finalise/", verbs.meeting_finalise, name="meeting_finalise"),
    path("meetings/<int:pk>/call-off/", verbs.meeting_call_off, name="meeting_call_off"),
    path("agenda/<int:pk>/vote/", verbs.meeting_vote, name="meeting_vote"),
    path("agenda/<int:pk>/decide/", verbs.meeting_decide, name="meeting_decide"),
    path("agenda/<int:pk>/adopt-plan/", verbs.meeting_adopt_plan, name="meeting_adopt_plan"),
    path("attendances/<int:pk>/reason/", verbs.attendance_reason, name="attendance_reason"),
    path("decisions/<int:pk>/deploy/", verbs.decision_deploy, name="decision_deploy"),
]
