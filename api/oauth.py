"""Tokens for software (OAuth 2.0, client credentials), on the organisation's own host. The provider is allauth's."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.core.internal.httpkit import extract_basic_auth
from allauth.idp.oidc.internal.oauthlib.utils import get_validator_context
from allauth.idp.oidc.models import Client
from allauth.idp.oidc.views import TokenView
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from api.errors import TOO_MANY_REQUESTS
from api.limits import Usage, use
from halka.authorization.public import public_view
from halka.common import problems
from halka.common.current import OrganisationRef
from tenants.organisations.enums import State
from tenants.organisations.models import Software

LONGEST: Final = 100  # the ids of clients

_issue = TokenView.as_view()


@public_view("software that asks for a token says who it is by its client id and secret")
@csrf_exempt
@require_POST
def token(request: Any) -> HttpResponse:
    """A token for an hour. What belongs to another organisation is as unknown here as what was never made."""
    organisation: OrganisationRef = request.organisation
    client_id, _secret = extract_basic_auth(request.headers)
    client_id = (client_id or request.POST.get("client_id") or "")[:LONGEST]
    usage = _usage(request, organisation, client_id)
    if usage.is_over:
        return _headed(problems.answer(TOO_MANY_REQUESTS), usage, wait=True)
    if request.POST.get("grant_type") != Client.GrantType.CLIENT_CREDENTIALS:
        return _headed(_refusal("unsupported_grant_type"), usage)
    # The provider asks here before it asks the database, which would find the clients of all organisations.
    get_validator_context().clients[client_id] = _client(client_id, organisation)
    try:
        response = _issue(request)
    except ValidationError:
        response = _refusal("invalid_target")
    return _headed(response, usage)


def _usage(request: Any, organisation: OrganisationRef, client_id: str) -> Usage:
    limit = settings.API_TOKENS_PER_MINUTE
    return use(
        {
            f"tokens {organisation.id} {client_id}": limit,
            f"tokens from {get_adapter(request).get_client_ip(request)}": limit,
        }
    )


def _client(client_id: str, organisation: OrganisationRef) -> Client | None:
    software = (
        Software.objects.active()
        .select_related("client")
        .filter(client=client_id, organisation=organisation.id)
        .exclude(organisation__state__in=(State.SUSPENDED, State.CLOSED))
        .exclude(organisation__earlier_states__contains=[State.SUSPENDED])
        .first()
    )
    return software.client if software else None


def _refusal(code: str) -> JsonResponse:
    """As OAuth words them (RFC 6749, RFC 8707)."""
    return JsonResponse({"error": code}, status=400)


def _headed(response: HttpResponse, usage: Usage, *, wait: bool = False) -> HttpResponse:
    usage.tell(response)
    response.headers["Cache-Control"] = "no-store"
    if wait:
        response.headers["Retry-After"] = str(usage.seconds)
    return response
