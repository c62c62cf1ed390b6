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
from knowledge_base import views, views_editors, views_upkeep


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
    path("knowledge/upkeep/", views_upkeep.dashboard, name="upkeep"),
    path("knowledge/upkeep/<int:pk>/", views_upkeep.text, name="upkeep-text"),
    re_path(r"^knowledge/(?P<language>[a-z]{2})/(?P<path>(?:[-\w]+/)*)$", views.knowledge_page, name="knowledge-page"),
    # The account is the network's, not Wagtail's.
    path("cms/account/", RedirectView.as_view(pattern_name="preferences")),
    path("cms/logout/", sign_out),
    path("cms/", include(decorate_urlpatterns(cms.urlpatterns, whole))),
]
