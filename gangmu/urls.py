"""All addresses are in ``web``; this file only says where they hang."""

from django.urls import include, path

urlpatterns = [path("", include("gangmu.web.urls"))]
handler400 = "gangmu.web.errors.bad_request"
handler403 = "gangmu.web.errors.forbidden"
handler404 = "gangmu.web.errors.not_found"
handler500 = "gangmu.web.errors.server_error"
