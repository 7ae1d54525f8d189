"""Every address of the website."""

from django.urls import include, path

urlpatterns = [
    path("", include("likeforlike_web.public.urls")),
    path("", include("likeforlike_web.accounts.urls")),
    path("library/", include("likeforlike_web.library.urls")),
    path("requests/", include("likeforlike_web.provider.urls")),
    path("api/", include("likeforlike_web.api.urls")),
    path("audit/", include("likeforlike_web.audit.urls")),
    path("account/", include("allauth.urls")),
]

handler400 = "likeforlike_web.public.errors.bad_request"
handler403 = "likeforlike_web.public.errors.forbidden"
handler404 = "likeforlike_web.public.errors.not_found"
handler500 = "likeforlike_web.public.errors.failed"
