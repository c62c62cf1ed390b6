"""The door of the CMS, and of members' texts: only for those whose membership of the secretariat lets them edit.

That is asked on every request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from csp.constants import NONE, SELF
from django.contrib.auth.models import Group
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from halka.accounts import second_factor
from halka.authorization.roles import Seat
from halka.common.addresses import network_url
from knowledge_base.access import editing_membership

CMS: Final = "/cms/"
# Plain pages, for the same people.
PLAIN: Final = ("/knowledge/incoming/", "/knowledge/translations/", "/knowledge/upkeep/", "/knowledge/evidence/")
# Wagtail would change anybody's e-mail and rights there, for a superuser; accounts are not the CMS's to change.
ACCOUNTS: Final = (f"{CMS}users/", f"{CMS}groups/")
EDITORS: Final = "Knowledge editors"  # made by a migration, with its rights on the pages

# Wagtail's admin sets style attributes from script and shows previews in a frame; scripts are files alone.
POLICY: Final = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
}


class guard_cms:  # noqa: N801  # named like the others in MIDDLEWARE
    """404 for whoever is no editor. Keeps Wagtail's group, which holds the rights on pages, to the membership."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_cms(request):
            response.headers.pop(
                "Content-Security-Policy", None
            )  # a preview comes with the site's, which lets no frame
            response._csp_config = POLICY  # type: ignore[attr-defined]
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        if not _is_cms(request) and not _is_plain(request):
            return None
        if request.path_info.startswith(ACCOUNTS):
            raise Http404
        membership = editing_membership(request)
        if membership is None:
            _leave(request.user)
            raise Http404
        organisation = membership.organisation
        seat = Seat(request.user.pk, membership.membership_id, membership.role, request.user.name)
        if second_factor.is_missing(request.user, seat, organisation):
            return HttpResponseRedirect(f"{network_url('security')}?demanded={organisation.label}")
        join(request.user)
        return None


def _is_cms(request: Any) -> bool:
    return request.organisation is None and request.path_info.startswith(CMS)


def _is_plain(request: Any) -> bool:
    return request.organisation is None and request.path_info.startswith(PLAIN)


def join(user: Any) -> None:
    """Gives an editor Wagtail's rights on pages."""
    if not user.groups.filter(name=EDITORS).exists():
        user.groups.add(Group.objects.get(name=EDITORS))


def _leave(user: Any) -> None:
    if user.is_authenticated:
        user.groups.remove(*user.groups.filter(name=EDITORS))
