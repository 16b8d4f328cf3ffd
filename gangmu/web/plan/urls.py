"""Addresses of the plan room."""

from django.urls import path

from gangmu.web.plan import items, papers, views

urlpatterns = [
    path("net/", views.net_map, name="netmap"),
    path("net/sheet.css", views.netmap_sheet, name="netmap_sheet"),
    path("plans/", views.plan_list, name="plan_list"),
    path("plans/draft/", views.plan_draft, name="plan_draft"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/add-item/", views.item_add, name="item_add"),
    path("plans/<int:pk>/drop/", views.plan_drop, name="plan_drop"),
    path("plans/<int:pk>/close/", views.plan_close, name="plan_close"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/tie/", items.entry_tie, name="entry_tie"),
    path("items/<int:pk>/give-reason/", items.reason_give, name="item_give_reason"),
    path("items/<int:pk>/accept-reason/", items.reason_accept, name="item_accept_reason"),
    path("items/<int:pk>/deploy/", items.item_deploy, name="item_deploy"),
    path("entry-points/<int:pk>/untie/", items.entry_untie, name="entry_untie"),
    path("papers/", papers.paper_list, name="paper_list"),
    path("papers/import/", papers.paper_import, name="paper_import"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/accept-all/", papers.paper_accept_all, name="paper_accept_all"),
    path("papers/<int:pk>/confirm/", papers.paper_confirm, name="paper_confirm"),
    path("papers/items/<int:pk>/accept/", papers.item_accept, name="paper_item_accept"),
    path("papers/items/<int:pk>/edit/", papers.item_edit, name="paper_item_edit"),
    path("papers/items/<int:pk>/set-aside/", papers.item_set_aside, name="paper_item_set_aside"),
]
