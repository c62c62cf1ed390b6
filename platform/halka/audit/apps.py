from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "halka.audit"
    verbose_name = _("audit")

    def ready(self) -> None:
        from halka.audit import actions

        actions.register(
            {
                "history.erased": _("Erased the history of records"),
                "audit.exported": _("Took the audit along as a sheet"),
            }
        )
        actions.register_detail("shown", _("Shown"))
        names = {"who": _("Who"), "what": _("What"), "client": _("Client"), "name": _("Name"), "since": _("From"),
                 "until": _("Up to and including")}  # fmt: skip
        actions.register_detail("filters", _("Narrowed down by"), names)
        actions.register_detail("records", _("Records"))
        actions.register_detail("events", _("Events of their history"))
