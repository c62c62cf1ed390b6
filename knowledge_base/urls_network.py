"""The knowledge base on the network site: for readers, and the CMS for editors (guarded by its middleware)."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as cms

from halka.accounts.views import sign_out
from knowledge_base import views

urlpatterns = [
    path("knowledge/", views.knowledge, name="knowledge"),
    path("knowledge/files/<int:pk>/<str:name>", views.document, name="wagtaildocs_serve"),
    re_path(r"^knowledge/(?P<language>[a-z]{2})/(?P<path>(?:[-\w]+/)*)$", views.knowledge_page, name="knowledge-page"),
    # The account is the network's, not Wagtail's.
    path("cms/account/", RedirectView.as_view(pattern_name="preferences")),
    path("cms/logout/", sign_out),
    path("cms/", include(cms)),
]
