"""People, settings, support access, audit; for the secretariat and branches, the network's organisations."""

from django.urls import path

from tenants.organisations.views import audit, closing, domains, leaving, members, network, settings, software, support

urlpatterns = [
    path("members/", members.members, name="members"),
    path("members/invite/", members.member_invite, name="member-invite"),
    path("members/<uuid:pk>/", members.member, name="member"),
    path("members/<uuid:pk>/end/", members.member_end, name="member-end"),
    path("invitations/<uuid:pk>/again/", members.invitation_again, name="invitation-again"),
    path("invitations/<uuid:pk>/withdraw/", members.invitation_withdraw, name="invitation-withdraw"),
    path("roles/", members.roles, name="roles"),
    path("settings/", settings.settings, name="settings"),
    path("logo/", settings.logo, name="logo"),
    path("settings/software/", software.software_list, name="software"),
    path("settings/software/add/", software.software_add, name="software-add"),
    path("settings/software/<uuid:pk>/", software.software_change, name="software-change"),
    path("settings/software/<uuid:pk>/secret/", software.software_secret, name="software-secret"),
    path("settings/software/<uuid:pk>/revoke/", software.software_revoke, name="software-revoke"),
    path("settings/takeout/", leaving.takeout, name="takeout"),
    path("settings/takeout/<uuid:pk>/download/", leaving.takeout_download, name="takeout-download"),
    path("settings/takeout/<uuid:pk>/remove/", leaving.takeout_remove, name="takeout-remove"),
    path("membership/domains/", domains.domains, name="own-domains"),
    path("membership/domains/<uuid:pk>/look/", domains.domain_look, name="own-domain-look"),
    path("membership/domains/<uuid:pk>/take-out/", domains.domain_take_out, name="own-domain-take-out"),
    path("support/", support.support, name="support"),
    path("support/<uuid:pk>/end/", support.support_end, name="support-end"),
    path("organisations/", network.organisations, name="organisations"),
    path(
        "organisations/<uuid:pk>/suspend/", network.organisation_move, {"verb": "suspend"}, name="organisation-suspend"
    ),
    path("organisations/<uuid:pk>/resume/", network.organisation_move, {"verb": "resume"}, name="organisation-resume"),
    path("organisations/<uuid:pk>/life/", network.organisation_life, name="organisation-life"),
    path("organisations/<uuid:pk>/contact/", network.organisation_contact, name="organisation-contact"),
    path("organisations/<uuid:pk>/close/", closing.organisation_close, name="organisation-close"),
    path("organisations/closings/", closing.closings, name="closings"),
    path("organisations/closings/<uuid:pk>/", closing.closing, name="closing"),
    path("organisations/closings/<uuid:pk>/call-off/", closing.closing_call_off, name="closing-call-off"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.audit_export, name="audit-export"),
]
