from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission
from halka.common import navigation, sections


class CaseloadsConfig(AppConfig):
    name = "tenants.caseloads"
    label = "caseloads"
    verbose_name = _("caseloads")

    def ready(self) -> None:
        from halka.audit import actions
        from tenants.caseloads import today
        from tenants.caseloads.enums import AUDITED, ConsentScope

        navigation.register(_("Clients"), "clients", "people", Permission.CLIENT_VIEW, order=20)
        sections.register("today", "caseloads/_first_steps.html", today.first_steps, Permission.CLIENT_EDIT, 10)
        sections.register("today", "caseloads/_of_mine.html", today.own_clients, Permission.CLIENT_VIEW, 50)
        sections.register("today", "caseloads/_seen.html", today.last_seen, Permission.CLIENT_VIEW, 60, aside=True)
        actions.register(AUDITED)
        actions.register_detail("scopes", _("What may be told"), dict(ConsentScope.choices))
        actions.register_fields(self.get_model("Client"))
