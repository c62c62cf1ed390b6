"""Addresses of consents, of people's own pages, and of their rights."""

from django.urls import URLPattern, path

from tenants.caseloads.views import consents, own_page, rights

urlpatterns: list[URLPattern] = [
    path("clients/<uuid:pk>/consents/", consents.consents, name="client-consents"),
    path("clients/<uuid:pk>/consents/add/", consents.consent_add, name="consent-add"),
    path("clients/<uuid:pk>/consents/<uuid:consent>/print/", consents.consent_print, name="consent-print"),
    path("clients/<uuid:pk>/consents/<uuid:consent>/withdraw/", consents.consent_withdraw, name="consent-withdraw"),
    path("clients/<uuid:pk>/offers/<uuid:offer>/take-away/", consents.offer_take_away, name="offer-take-away"),
    path("clients/<uuid:pk>/own-page/", consents.own_page, name="client-own-page"),
    path("clients/<uuid:pk>/own-page/<uuid:link>/stop/", consents.own_page_stop, name="own-page-stop"),
    path(
        "clients/<uuid:pk>/corrections/<uuid:correction>/answer/", consents.correction_answer, name="correction-answer"
    ),
    path("clients/<uuid:pk>/takeout/", rights.takeout, name="client-takeout"),
    path("clients/<uuid:pk>/erase/", rights.erase, name="client-erase"),
    path("erasures/", rights.erasures, name="erasures"),
    path("retention/", rights.retention, name="retention"),
    path("retention/<str:scope>/", rights.retention_preview, name="retention-preview"),
    path("me/", own_page.me, name="me"),
    path("me/held/", own_page.me_held, name="me-held"),
    path("me/seen/", own_page.me_seen, name="me-seen"),
    path("me/consents/", own_page.me_consents, name="me-consents"),
    path("me/consents/<uuid:pk>/withdraw/", own_page.me_withdraw, name="me-withdraw"),
    path("me/offers/<uuid:pk>/", own_page.me_offer, name="me-offer"),
    path("me/rate/<uuid:pk>/", own_page.me_rate, name="me-rate"),
    path("me/correct/", own_page.me_correct, name="me-correct"),
    path("me/leave/<uuid:pk>/", own_page.me_leave, name="me-leave"),
    path("me/close/", own_page.me_close, name="me-close"),
    path("me/<str:token>/", own_page.door, name="me-door"),
]
