from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeBaseConfig(AppConfig):
    name = "knowledge_base"
    verbose_name = _("knowledge base")

    def ready(self) -> None:
        from halka.audit import actions
        from halka.authorization.roles import Permission
        from halka.common import navigation, sections
        from knowledge_base import parts, signals
        from knowledge_base.enums import AUDITED, DETAILS

        assert signals

        navigation.register(_("Knowledge"), "knowledge", "journal-text", site=navigation.Site.NETWORK, order=20)
        navigation.register(_("To be read"), "readings", "book", Permission.KNOWLEDGE_REVIEW, 79)
        sections.register("today", "knowledge_base/_today_to_read.html", parts.to_read, Permission.KNOWLEDGE_REVIEW, 58)
        sections.register("working-group", "knowledge_base/_of_group.html", parts.of_group, order=10)
        actions.register(AUDITED)
        for key, name, codes in DETAILS:
            actions.register_detail(key, name, codes)
