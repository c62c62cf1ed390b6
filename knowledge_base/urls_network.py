"""The knowledge base on the network site: for readers, and the CMS for editors (guarded by its middleware)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as cms
from wagtail.utils.urlpatterns import decorate_urlpatterns

from halka.accounts.views import sign_out
from knowledge_base import (
    views,
    views_editors,
    views_evidence,
    views_following,
    views_groups,
    views_lists,
    views_pages,
    views_remarks,
    views_translated_curricula,
    views_translators,
    views_upkeep,
)


def whole(view: Callable[..., Any]) -> Callable[..., Any]:
    """What is sent is saved, published and put before the search together, or not at all."""

    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return answer


urlpatterns = [
    path("knowledge/", views.knowledge, name="knowledge"),
    path("knowledge/files/<int:pk>/<str:name>", views.document, name="wagtaildocs_serve"),
    path("knowledge/incoming/", views_editors.incoming, name="incoming"),
    path("knowledge/incoming/<uuid:pk>/", views_editors.submission, name="incoming-text"),
    path("knowledge/translations/", views_translators.translations, name="translations"),
    path("knowledge/translations/<int:pk>/<str:language>/", views_translators.translation, name="translation"),
    path(
        "knowledge/translations/<int:pk>/<str:language>/page/",
        views_translated_curricula.step,
        {"kind": views_translated_curricula.PAGE},
        name="translation-page",
    ),
    path(
        "knowledge/translations/<int:pk>/<str:language>/<slug:kind>/<slug:key>/",
        views_translated_curricula.step,
        name="translation-step",
    ),
    path("knowledge/upkeep/", views_upkeep.dashboard, name="upkeep"),
    path("knowledge/upkeep/<int:pk>/", views_upkeep.text, name="upkeep-text"),
    path("knowledge/evidence/<int:pk>/", views_evidence.evidence, name="evidence"),
    re_path(r"^knowledge/(?P<language>[a-z]{2})/(?P<path>(?:[-\w]+/)*)$", views.knowledge_page, name="knowledge-page"),
    path("knowledge/pages/<int:pk>/useful/", views_pages.useful, name="page-useful"),
    path("knowledge/pages/<int:pk>/used/<uuid:organisation>/", views_pages.used, name="page-used"),
    path("knowledge/pages/<int:pk>/sign/<uuid:organisation>/", views_pages.signature, name="page-sign"),
    path("knowledge/pages/<int:pk>/questions/", views_remarks.questions, name="page-questions"),
    path("knowledge/pages/<int:pk>/ask/", views_remarks.ask, name="page-ask"),
    path("knowledge/remarks/<uuid:pk>/answer/", views_remarks.answer, name="remark-answer"),
    path("knowledge/remarks/<uuid:pk>/change/", views_remarks.change, name="remark-change"),
    path("knowledge/remarks/<uuid:pk>/take-back/", views_remarks.take_back, name="remark-take-back"),
    path("knowledge/remarks/<uuid:pk>/mark/", views_remarks.mark, name="remark-mark"),
    path("knowledge/remarks/<uuid:pk>/report/", views_remarks.report, name="remark-report"),
    path("knowledge/incoming/remarks/", views_remarks.reported, name="reported-remarks"),
    path("knowledge/incoming/remarks/<uuid:pk>/", views_remarks.hide, name="hide-remark"),
    path("knowledge/pages/<int:pk>/follow/", views_following.follow, name="page-follow"),
    path("knowledge/following/", views_following.following, name="following"),
    path("knowledge/following/topic/", views_following.follow_topic, name="follow-topic"),
    path("knowledge/following/stop/<str:token>/", views_following.stop_digest, name="stop-digest"),
    path("knowledge/incoming/groups/", views_groups.groups, name="working-groups"),
    path("knowledge/incoming/groups/add/", views_groups.add_group, name="add-working-group"),
    path("knowledge/incoming/groups/<uuid:pk>/", views_groups.group, name="working-group"),
    path("knowledge/incoming/groups/<uuid:pk>/remove/", views_groups.remove, name="remove-working-group"),
    path("knowledge/keep/", views_lists.keep, name="keep"),
    path("knowledge/lists/", views_lists.lists, name="reading-lists"),
    path("knowledge/lists/<uuid:pk>/", views_lists.reading_list, name="reading-list"),
    path("knowledge/lists/<uuid:pk>/change/", views_lists.change_list, name="change-reading-list"),
    path("knowledge/lists/<uuid:pk>/print/", views_lists.print_list, name="print-reading-list"),
    path("knowledge/lists/<uuid:pk>/remove/", views_lists.remove_list, name="remove-reading-list"),
    path("knowledge/lists/<uuid:pk>/<uuid:item>/", views_lists.change_item, name="change-list-item"),
    path("knowledge/lists/<uuid:pk>/<uuid:item>/note/", views_lists.write_note, name="list-note"),
    # The account is the network's, not Wagtail's.
    path("cms/account/", RedirectView.as_view(pattern_name="preferences")),
    path("cms/logout/", sign_out),
    path("cms/", include(decorate_urlpatterns(cms.urlpatterns, whole))),
]
