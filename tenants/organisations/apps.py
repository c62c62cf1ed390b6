from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission
from halka.common import navigation, sections


class OrganisationsConfig(AppConfig):
    name = "tenants.organisations"
    label = "organisations"
    verbose_name = _("organisations")

    def ready(self) -> None:
        from halka.audit import actions
        from halka.operating import checks as operating
        from halka.operating import exposition
        from tenants.organisations import checks, figures, tasks_addresses, tasks_leaving, today  # noqa: F401
        from tenants.organisations.enums import AUDITED, DETAILS, Kind
        from tenants.organisations.enums_addresses import AUDITED as AUDITED_ADDRESSES
        from tenants.organisations.enums_addresses import DETAILS as DETAILS_ADDRESSES
        from tenants.organisations.enums_leaving import AUDITED_LEAVING

        operating.register("migrations", figures.migrations)
        measure = exposition.register
        measure("halka_organisations", "Organisations", "state", figures.organisations_by_state)
        measure("halka_organisations_behind", "On another version", "", figures.organisations_behind)
        measure("halka_due_work_age_seconds", "Oldest work overdue", "kind", figures.due_work_ages)
        of_network = {Kind.SECRETARIAT, Kind.BRANCH}
        register = navigation.register
        register(_("Organisations"), "organisations", "buildings", Permission.NETWORK_VIEW, 15, kinds=of_network)
        register(_("People"), "members", "person-circle", Permission.MEMBER_VIEW, 70)
        register(_("Audit"), "audit", "clock-history", Permission.AUDIT_VIEW, 80)
        register(_("Support access"), "support", "eye", Permission.SUPPORT_GRANT, 85)
        register(_("Software"), "software", "key", Permission.ORGANISATION_MANAGE, 87)
        register(_("Settings"), "settings", "gear", Permission.ORGANISATION_MANAGE, 90)
        register(_("Take everything along"), "takeout", "download", Permission.ORGANISATION_MANAGE, 95)
        actions.register(AUDITED)
        actions.register(AUDITED_LEAVING)
        actions.register(AUDITED_ADDRESSES)
        for key, name, codes in (*DETAILS, *DETAILS_ADDRESSES):
            actions.register_detail(key, name, codes)
        actions.register_fields(self.get_model("Organisation"))
        show = sections.register
        show("today", "organisations/_today_network.html", today.members_of_network, Permission.NETWORK_VIEW, 20,
             kinds=of_network)  # fmt: skip
        show("today", "organisations/_today_audit.html", today.latest_acts, Permission.AUDIT_VIEW, 70)
