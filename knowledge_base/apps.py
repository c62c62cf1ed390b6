from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeBaseConfig(AppConfig):
    name = "knowledge_base"
    verbose_name = _("knowledge base")

    def ready(self) -> None:
        from halka.common import navigation
        from knowledge_base import signals

        assert signals

        navigation.register(_("Knowledge"), "knowledge", "journal-text", site=navigation.Site.NETWORK, order=20)
