"""All addresses. One URL, one view; the same word in URL, view, action and event."""

from django.urls import include, path

from gangmu.web import account

urlpatterns = [
    path("sign-in/", account.SignIn.as_view(), name="sign_in"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("", include("gangmu.web.home.urls")),
    path("", include("gangmu.web.plan.urls")),
    path("", include("gangmu.web.tasks.urls")),
    path("", include("gangmu.web.rules.urls")),
    path("", include("gangmu.web.export.urls")),
    path("", include("gangmu.web.directives.urls")),
    path("", include("gangmu.web.meetings.urls")),
    path("", include("gangmu.web.inspection.urls")),
    path("", include("gangmu.web.party_life.urls")),
    path("", include("gangmu.web.review.urls")),
    path("", include("gangmu.web.rosters.urls")),
    path("", include("gangmu.web.jobs.urls")),
]
