from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    name = "tenants.contributions"
    label = "contributions"
    verbose_name = _("what was learned")

    def ready(self) -> None:
        from halka.audit import actions
        from halka.authorization.roles import Permission
        from halka.common import navigation, sections
        from knowledge_base.domain import moving
        from tenants.caseloads.domain import reactions
        from tenants.contributions import parts, tasks
        from tenants.contributions.domain.erasing import person_goes
        from tenants.contributions.enums import AUDITED, DETAILS

        navigation.register(_("What we have learned"), "learned", "lightbulb", Permission.KNOWLEDGE_WRITE, 78)
        show = sections.register
        show("today", "contributions/_today_to_release.html", parts.to_release, Permission.KNOWLEDGE_RELEASE, 56)
        show("today", "contributions/_today_came_back.html", parts.came_back, Permission.KNOWLEDGE_WRITE, 57)
        show("working-group", "contributions/_of_group.html", parts.for_group, Permission.KNOWLEDGE_WRITE, 20)
        actions.register(AUDITED)
        for key, name, codes in DETAILS:
            actions.register_detail(key, name, codes)
        moving.register(tasks.tell_moved)
        reactions.register(person_goes)
