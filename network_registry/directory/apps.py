from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "network_registry.directory"
    label = "directory"
    verbose_name = _("directory of services")

    def ready(self) -> None:
        from halka.audit import actions
        from halka.authorization.roles import Permission
        from halka.common import navigation, sections
        from network_registry.directory import parts
        from network_registry.directory.enums import AUDITED, DETAILS, OFFERING
        from network_registry.membership import guide

        navigation.register(
            _("Our services"), "own-services", "clipboard-check", Permission.REFERRAL_ANSWER, 75, kinds=OFFERING
        )
        show = sections.register
        show("today", "directory/_today_questions.html", parts.asked_of_us, Permission.REFERRAL_ANSWER, 22,
             kinds=OFFERING)  # fmt: skip
        show("today", "directory/_today_answers.html", parts.answered_to_us, Permission.REFERRAL_SEND, 32,
             kinds=OFFERING)  # fmt: skip
        show("today", "directory/_today_capacity.html", parts.to_confirm, Permission.REFERRAL_ANSWER, 60,
             kinds=OFFERING, aside=True)  # fmt: skip
        guide.register("services", _("Publish your services"), _("So that others find you, and send people to you."),
                       "own-services", Permission.REFERRAL_ANSWER, parts.has_service, 50, kinds=OFFERING)  # fmt: skip
        actions.register(AUDITED)
        for key, name, codes in DETAILS:
            actions.register_detail(key, name, codes)
        for model in ("Service", "Location", "Offer"):
            actions.register_fields(self.get_model(model))
