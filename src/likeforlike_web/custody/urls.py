"""Addresses of the pages of whoever runs the lab, on the desk."""

from django.urls import path

from likeforlike_web.custody.views import lab, mails, overview, people, publication, record

urlpatterns = [
    path("", overview.overview, name="custody"),
    path("jobs/", overview.jobs, name="jobs"),
    path("jobs/<int:job_id>/retry/", overview.retry_job, name="retry_job"),
    path("people/", people.people, name="people"),
    path("people/<int:user_id>/", people.person, name="person"),
    path("people/invite/", people.invite_somebody, name="invite"),
    path("organisations/", people.organisations, name="organisations"),
    path("labs/", lab.labs, name="labs"),
    path("keys/", lab.keys, name="keys"),
    path("keys/<uuid:case_id>/destroy/", lab.destroy, name="destroy_key"),
    path("publication/<uuid:case_id>/", publication.publication, name="publication"),
    path("mails/", mails.mails, name="mails"),
    path("mails/<int:mail_id>/again/", mails.again, name="mail_again"),
    path("mails/<slug:kind>/", mails.wording, name="wording"),
    path("record/", record.search, name="record"),
    path("record/export.csv", record.export, name="record_export"),
]
