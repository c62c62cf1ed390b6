"""What the walk over all routes is told: the permission of each workspace route, and why a network route is open."""

from __future__ import annotations

from halka.authorization.roles import Permission as P

# Route of the workspace -> permission, or None where every member may.
PERMISSIONS: dict[str, P | None] = {
    "": P.TODAY_VIEW,
    "clients/": P.CLIENT_VIEW,
    "clients/mine/": P.CLIENT_VIEW,
    "clients/add/": P.CLIENT_EDIT,
    "clients/similar/": P.CLIENT_EDIT,
    "clients/<uuid:pk>/": P.CLIENT_VIEW,
    "clients/<uuid:pk>/assign/": P.CLIENT_EDIT,
    "clients/<uuid:pk>/edit/": P.CLIENT_EDIT,
    "clients/<uuid:pk>/refer/": P.REFERRAL_SEND,
    "clients/<uuid:pk>/referrals/": P.REFERRAL_VIEW,
    "referrals/": P.REFERRAL_VIEW,
    "referrals/<uuid:pk>/": P.REFERRAL_VIEW,
    "referrals/<uuid:pk>/open/": P.REFERRAL_ANSWER,
    "referrals/<uuid:pk>/accept/": P.REFERRAL_ANSWER,
    "referrals/<uuid:pk>/decline/": P.REFERRAL_ANSWER,
    "referrals/<uuid:pk>/client/": P.REFERRAL_ANSWER,
}

# Route of the network site that is open although its view does not say so itself -> reason.
NETWORK_PUBLIC: dict[str, str] = {}
