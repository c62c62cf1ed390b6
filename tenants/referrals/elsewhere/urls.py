"""Addresses of what goes on with other organisations beside referrals."""

from django.urls import path

from tenants.referrals.elsewhere.views import access, matches, transfers

urlpatterns = [
    path("elsewhere/", matches.match_list, name="elsewhere"),
    path("elsewhere/<uuid:pk>/", matches.match, name="match"),
    path("clients/<uuid:pk>/elsewhere/", matches.of_client, name="client-elsewhere"),
    path("clients/<uuid:pk>/elsewhere/ask/", matches.ask, name="elsewhere-ask"),
    path("clients/<uuid:pk>/elsewhere/<uuid:match>/agree/", matches.match_answer, {"agreed": True}, name="match-agree"),
    path(
        "clients/<uuid:pk>/elsewhere/<uuid:match>/refuse/",
        matches.match_answer,
        {"agreed": False},
        name="match-refuse",
    ),
    path("settings/elsewhere/", matches.settings, name="elsewhere-settings"),
    path("transfers/", transfers.transfer_list, name="transfers"),
    path("transfers/<uuid:pk>/", transfers.transfer, name="transfer"),
    path("cases/<uuid:pk>/transfer/", transfers.transfer_offer, name="transfer-offer"),
    path("access/", access.access_list, name="accesses"),
    path("access/<uuid:pk>/", access.access, name="access"),
    path("access/<uuid:pk>/client/", access.access_client, name="access-client"),
    path("access/<uuid:pk>/grant/", access.access_grant, name="access-grant"),
    path("access/<uuid:pk>/refuse/", access.access_refuse, name="access-refuse"),
    path("access/<uuid:pk>/end/", access.access_end, name="access-end"),
    path("access/<uuid:pk>/cancel/", access.access_cancel, name="access-cancel"),
    path("access/<uuid:pk>/again/", access.access_again, name="access-again"),
    path("clients/<uuid:pk>/access/ask/", access.access_ask, name="access-ask"),
    *(
        path(f"transfers/<uuid:pk>/{name}/", transfers.transfer_act, {"name": name}, name=f"transfer-{name}")
        for name in transfers.ACTS
    ),
]
