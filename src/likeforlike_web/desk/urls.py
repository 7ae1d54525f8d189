"""Every address of the desk."""

from django.urls import include, path

from likeforlike_web.desk.views import cases, deeds, results
from likeforlike_web.public.views import health
from likeforlike_web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", cases.home, name="home"),
    path("requests/<uuid:case_id>/", cases.case, name="case"),
    path("requests/<uuid:case_id>/answers/", cases.answers, name="answers"),
    path("requests/<uuid:case_id>/plan/", deeds.plan, name="plan"),
    path("requests/<uuid:case_id>/write/<slug:verb>/", deeds.write, name="write"),
    path("requests/<uuid:case_id>/do/<slug:verb>/", deeds.do, name="do"),
    path("requests/<uuid:case_id>/results/", results.compared, name="results"),
    path("requests/<uuid:case_id>/results/<int:number>/<slug:page>/", results.work, name="work"),
    path("requests/<uuid:case_id>/results/<int:number>/file/<path:name>", results.file, name="draft_file"),
    path("checking/", include("likeforlike_web.checking.urls")),
    path("custody/", include("likeforlike_web.custody.urls")),
    path("", include("likeforlike_web.accounts.urls")),
    path("audit/", include("likeforlike_web.audit.urls")),
    path("account/", include("allauth.urls")),
    path("health/", health, name="health"),
]
