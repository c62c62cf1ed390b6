"""Which hosts are ours: asked by the proxy and by health checks, from inside of the installation only."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from halka.authorization.public import public_view
from tenants.organisations.directory import is_ours, live_behind, organisation_at
from tenants.organisations.enums import State


@public_view("the proxy asks before it fetches a certificate; the answer tells no more than that a host is served")
@require_safe
@never_cache
def tls_check(request: HttpRequest) -> HttpResponse:
    """200 when `?domain=` is the network's host, a host of an organisation that is not closed, or a domain of its own
    that is live; otherwise 404."""
    domain = request.GET.get("domain", "").replace("\0", "").lower()
    if domain != settings.BASE_DOMAIN:
        organisation = organisation_at(domain) if is_ours(domain) else live_behind(domain)
        if organisation is None or organisation.state == State.CLOSED:
            return HttpResponse("Not ours.\n", status=404, content_type="text/plain")
    return HttpResponse("Ours.\n", content_type="text/plain")
