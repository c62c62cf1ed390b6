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
    "drafts/": None,
    "drafts/discard/": None,
    "clients/<uuid:pk>/refer/": P.REFERRAL_SEND,
    "referrals/": P.REFERRAL_VIEW,
    "referrals/<uuid:pk>/": P.REFERRAL_VIEW,
    "referrals/<uuid:pk>/open/": P.REFERRAL_ANSWER,
    "referrals/<uuid:pk>/accept/": P.REFERRAL_ANSWER,
    "referrals/<uuid:pk>/decline/": P.REFERRAL_ANSWER,
    "referrals/<uuid:pk>/client/": P.REFERRAL_ANSWER,
    "members/": P.MEMBER_VIEW,
    "members/<uuid:pk>/": P.MEMBER_MANAGE,
    "members/<uuid:pk>/end/": P.MEMBER_MANAGE,
    "members/invite/": P.MEMBER_MANAGE,
    "invitations/<uuid:pk>/again/": P.MEMBER_MANAGE,
    "invitations/<uuid:pk>/withdraw/": P.MEMBER_MANAGE,
    "roles/": P.MEMBER_VIEW,
    "settings/": P.ORGANISATION_MANAGE,
    "support/": P.SUPPORT_GRANT,
    "support/<uuid:pk>/end/": P.SUPPORT_GRANT,
    "audit/": P.AUDIT_VIEW,
    "api/v1/": None,
    "api/v1/me/": None,
    "api/v1/schema/": None,
    "api/v1/referrals/": P.REFERRAL_VIEW,
    "api/v1/referrals/<uuid:pk>/": P.REFERRAL_VIEW,
    "api/v1/referrals/<uuid:pk>/open/": P.REFERRAL_ANSWER,
    "api/v1/referrals/<uuid:pk>/accept/": P.REFERRAL_ANSWER,
    "api/v1/referrals/<uuid:pk>/decline/": P.REFERRAL_ANSWER,
    "organisations/": P.NETWORK_VIEW,
    "organisations/<uuid:pk>/suspend/": P.NETWORK_MANAGE,
    "organisations/<uuid:pk>/resume/": P.NETWORK_MANAGE,
}

# Routes of the workspace that everybody may open; their views say why.
WORKSPACE_PUBLIC = {
    "preferences/",
    "session/state/",
    "session/touch/",
    "sign-out/",
    "logo/",
    "-/styleguide",
}

# Route of the network site that is open although its view does not say so itself -> reason.
NETWORK_PUBLIC: dict[str, str] = {}
