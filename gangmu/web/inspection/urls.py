"""Addresses of the inspection room."""

from django.urls import path

from gangmu.web.inspection import campaigns, proposals, sheets, verbs, views

urlpatterns = [
    path("inspections/", views.inspection_list, name="inspection_list"),
    path("inspections/new/", views.inspection_new, name="inspection_new"),
    path("inspections/calendar/", views.inspection_calendar, name="inspection_calendar"),
    path("inspections/plan/", verbs.visit_plan, name="visit_plan"),
    path("inspections/<int:pk>/", views.inspection, name="inspection"),
    path("inspections/<int:pk>/add-item/", verbs.inspection_add_item, name="inspection_add_item"),
    path("inspections/<int:pk>/merge/", verbs.inspection_merge, name="inspection_merge"),
    path("inspections/<int:pk>/split/", verbs.inspection_split, name="inspection_split"),
    path("inspections/<int:pk>/call-off/", verbs.inspection_call_off, name="inspection_call_off"),
    path("inspections/<int:pk>/write-up/", verbs.inspection_write_up, name="inspection_write_up"),
    path("inspections/<int:pk>/close/", verbs.inspection_close, name="inspection_close"),
    path("inspections/<int:pk>/sheet.xlsx", sheets.inspection_sheet_xlsx, name="inspection_sheet_xlsx"),
    path("inspections/<int:pk>/sheet.docx", sheets.inspection_sheet_docx, name="inspection_sheet_docx"),
    path("inspections/<int:pk>/read-sheet/", sheets.inspection_read_sheet, name="inspection_read_sheet"),
    path("visit-sheets/<int:pk>/", sheets.visit_sheet_page, name="visit_sheet"),
    path("visit-sheets/<int:pk>/adopt/", sheets.visit_sheet_adopt, name="visit_sheet_adopt"),
    path("visit-sheets/<int:pk>/drop/", sheets.visit_sheet_drop, name="visit_sheet_drop"),
    path("inspection-lines/<int:pk>/look/", verbs.inspection_look, name="inspection_look"),
    path("inspection-lines/<int:pk>/raise/", verbs.finding_raise, name="finding_raise"),
    path("inspection-lines/<int:pk>/propose/", proposals.visit_propose, name="visit_propose"),
    path("findings/<int:pk>/rectify/", verbs.finding_rectify, name="finding_rectify"),
    path("findings/<int:pk>/recheck/", verbs.finding_recheck, name="finding_recheck"),
    path("proposals/", proposals.proposal_list, name="proposal_list"),
    path("proposals/<int:pk>/accept/", proposals.proposal_accept, name="proposal_accept"),
    path("proposals/<int:pk>/decline/", proposals.proposal_decline, name="proposal_decline"),
    path("rectifications/", campaigns.rectification_list, name="rectification_list"),
    path("rectifications/register/", campaigns.rectification_register, name="rectification_register"),
    path("rectifications/<int:pk>/", campaigns.rectification, name="rectification"),
    path("rectifications/<int:pk>/add-problem/", campaigns.rectification_add_problem, name="rectification_add_problem"),
    path("rectifications/<int:pk>/sign-plan/", campaigns.rectification_sign_plan, name="rectification_sign_plan"),
    path("rectifications/<int:pk>/deploy/", campaigns.rectification_deploy, name="rectification_deploy"),
    path("rectifications/<int:pk>/sign-report/", campaigns.rectification_sign_report, name="rectification_sign_report"),
    path("rectifications/<int:pk>/grade/", campaigns.rectification_grade, name="rectification_grade"),
    path("problems/<int:pk>/add-measure/", campaigns.rectification_add_measure, name="rectification_add_measure"),
    path("measures/<int:pk>/check-off/", campaigns.rectification_check_off, name="rectification_check_off"),
]  # fmt: skip
