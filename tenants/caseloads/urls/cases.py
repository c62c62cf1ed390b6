"""Addresses of programmes, cases, the caseload and emergency access."""

from django.urls import path

from tenants.caseloads.views import cases, emergencies, programmes, teams

urlpatterns = [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/add/", programmes.programme_add, name="programme-add"),
    path("programmes/<uuid:pk>/", programmes.programme, name="programme"),
    path("programmes/<uuid:pk>/edit/", programmes.programme_edit, name="programme-edit"),
    path("programmes/<uuid:pk>/end/", programmes.programme_end, name="programme-end"),
    path("clients/<uuid:pk>/cases/", cases.client_cases, name="client-cases"),
    path("clients/<uuid:pk>/enrol/", cases.enrol, name="client-enrol"),
    path("clients/<uuid:pk>/hand-over/", teams.hand_over, name="client-hand-over"),
    path("clients/<uuid:pk>/emergency/", emergencies.emergency, name="client-emergency"),
    path("cases/<uuid:pk>/", cases.case, name="case"),
    path("cases/<uuid:pk>/team/", teams.member_add, name="case-member-add"),
    path("cases/<uuid:pk>/team/<uuid:member>/end/", teams.member_end, name="case-member-end"),
    path("cases/<uuid:pk>/leave/", cases.case_leave, name="case-leave"),
    path("cases/<uuid:pk>/exit/", cases.case_exit, name="case-exit"),
    path("cases/<uuid:pk>/reopen/", cases.case_reopen, name="case-reopen"),
    path("cases/<uuid:pk>/follow-ups/<int:number>/", cases.follow_up, name="case-follow-up"),
    path("caseload/", teams.caseload, name="caseload"),
    path("caseload/nobody/", teams.caseload_of, name="caseload-nobody"),
    path("caseload/<uuid:pk>/", teams.caseload_of, name="caseload-of"),
    path("emergencies/", emergencies.emergencies, name="emergencies"),
    path("emergencies/<uuid:pk>/looked-at/", emergencies.emergency_review, name="emergency-review"),
]
