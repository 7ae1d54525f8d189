"""Addresses of the provider's pages."""

from django.urls import path

from likeforlike_web.provider.views import after, agreement, filling_in, lists

urlpatterns = [
    path("", filling_in.home, name="home"),
    path("start/", filling_in.start, name="start_request"),
    path("sign/<str:token>/", agreement.signing, name="sign"),
    path("<uuid:case_id>/", filling_in.case, name="case"),
    path("<uuid:case_id>/tasks/", filling_in.task_list, name="tasks"),
    path("<uuid:case_id>/tasks/<slug:page>/", filling_in.questions, name="questions"),
    path("<uuid:case_id>/agreement/", agreement.agreement, name="agreement"),
    path("<uuid:case_id>/agreement.txt", agreement.agreement_text, name="agreement_text"),
    path("<uuid:case_id>/upload/", lists.upload, name="upload"),
    path("<uuid:case_id>/list/", lists.current, name="list"),
    path("<uuid:case_id>/list/problems/", lists.problems, name="problems"),
    path("<uuid:case_id>/list/rows/", lists.rows, name="rows"),
    path("<uuid:case_id>/list/notes.ods", lists.notes, name="notes"),
    path("<uuid:case_id>/list/columns/", lists.columns, name="columns"),
    path("<uuid:case_id>/list/sheet/", lists.sheet, name="sheet"),
    path("<uuid:case_id>/list/confirm/", lists.confirm, name="confirm"),
    path("<uuid:case_id>/check/", filling_in.check_answers, name="check_answers"),
    path("<uuid:case_id>/sent/", filling_in.sent, name="sent"),
    path("<uuid:case_id>/answers.txt", filling_in.copy_of_answers, name="answers_text"),
    path("<uuid:case_id>/progress/", after.progress, name="progress"),
    path("<uuid:case_id>/message/", after.message, name="message"),
    path("<uuid:case_id>/result/", after.result, name="result"),
    path("<uuid:case_id>/result/<path:name>", after.file, name="result_file"),
    path("<uuid:case_id>/withdraw/", after.withdraw, name="withdraw"),
    path("<uuid:case_id>/delete/", after.delete, name="delete"),
]
