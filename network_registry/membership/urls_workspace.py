"""Deciding who joins, for the secretariat and for provincial branches."""

from django.urls import path

from network_registry.membership.views import agreeing, batches, changes, first_day, licences, licensing, reviewing

urlpatterns = [
    path("applications/", reviewing.applications, name="application-list"),
    path("applications/steps/", licensing.steps, name="licensing-steps"),
    path("applications/steps/add/", licensing.step_add, name="licensing-step-add"),
    path("applications/steps/usual/", licensing.steps_usual, name="licensing-steps-usual"),
    path("applications/steps/<uuid:pk>/", licensing.step_change, name="licensing-step"),
    path("applications/framework/", licensing.framework, name="framework"),
    path("applications/framework/<int:number>/", licensing.framework_version, name="framework-version"),
    path("applications/sheet/", batches.sheet, name="batch-add"),
    path("applications/sheet/example/", batches.example, name="batch-example"),
    path("applications/sheet/<uuid:pk>/", batches.batch, name="batch"),
    path("applications/sheet/<uuid:pk>/progress/", batches.progress, name="batch-progress"),
    path("applications/<uuid:pk>/", reviewing.application, name="application-review"),
    path("applications/<uuid:pk>/papers/<uuid:paper>/", reviewing.paper, name="application-review-paper"),
    path("applications/<uuid:pk>/steps/<uuid:step>/", reviewing.tick_step, name="application-tick"),
    path("applications/<uuid:pk>/ask/", reviewing.ask_applicant, name="application-ask"),
    path("applications/<uuid:pk>/decline/", reviewing.decline_application, name="application-decline"),
    path("applications/<uuid:pk>/license/", reviewing.license_page, name="application-license"),
    path("applications/<uuid:pk>/short-name/", reviewing.short_name, name="application-short-name"),
    path("applications/<uuid:pk>/progress/", reviewing.progress, name="application-review-progress"),
    path("applications/<uuid:pk>/again/", reviewing.opening_again, name="opening-again"),
    path("first-day/done/", first_day.done, name="first-day-done"),
    path("membership/", changes.own, name="own-membership"),
    path("membership/ask/<str:kind>/", changes.ask, name="change-ask"),
    path("membership/<uuid:pk>/take-back/", changes.take_back, name="change-take-back"),
    path("applications/requests/", changes.requests, name="change-requests"),
    path("applications/requests/<uuid:pk>/", changes.decide, name="change-decide"),
    path("licences/", licences.licences, name="licences"),
    path("licences/missing/", licences.missing, name="licences-missing"),
    path("licences/missing/<uuid:pk>/", licences.member_license, name="member-license"),
    path("licences/<uuid:pk>/", licences.renew, name="licence-renew"),
    path("membership/framework/", agreeing.agreement, name="own-framework"),
]
