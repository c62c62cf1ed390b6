from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrationsConfig(AppConfig):
    name = "tenants.integrations"
    label = "integrations"
    verbose_name = _("integrations")

    def ready(self) -> None:
        from halka.audit import actions
        from halka.authorization.roles import Permission
        from halka.common import navigation
        from tenants.caseloads.domain import reactions
        from tenants.integrations.domain import answers
        from tenants.integrations.enums import AUDITED
        from tenants.integrations.models import Endpoint

        navigation.register(_("Webhooks"), "webhooks", "bell", Permission.WEBHOOK_MANAGE, order=88)
        actions.register(AUDITED)
        actions.register_detail("hours", _("Hours"))
        actions.register_fields(Endpoint)
        reactions.register(answers.person_goes)
