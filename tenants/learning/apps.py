from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "tenants.learning"
    label = "learning"
    verbose_name = _("learning")

    def ready(self) -> None:
        from tenants.learning import parts

        parts.register()
