"""A person's own page. No account, no script: a link, a code, and half an hour.

Nothing here is ever the staff's session: each view enters the organisation by itself, with the person's own seat.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from halka.authorization.public import public_view
from halka.common.calendars import Calendar, calendar_in_use
from halka.common.current import OrganisationRef
from halka.common.errors import Refused
from halka.common.paging import page_of
from tenants.caseloads import own_menu
from tenants.caseloads.domain import consents, corrections, own_page
from tenants.caseloads.domain.assessments import record_assessment
from tenants.caseloads.domain.cases import leave_case
from tenants.caseloads.domain.own_page import SESSION_SECONDS, THEMSELVES
from tenants.caseloads.domain.queries import held
from tenants.caseloads.domain.scales import scales_in_use
from tenants.caseloads.enums.assessments import Rater
from tenants.caseloads.enums.consents import ConsentScope, WithdrawnBy
from tenants.caseloads.forms.own_page import CorrectionForm, DoorForm, RatingForm
from tenants.caseloads.models import Assessment, Case, Client, Consent, ConsentOffer, Correction, PersonalLink, Scale
from tenants.caseloads.scales.words import name_of
from tenants.organisations.directory import organisation_with
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.middleware import unavailable

COOKIE: Final = "halka_me"
PATH: Final = "/me/"
WHY: Final = "a person's own page, guarded by a link and a code of its own"
PER_ADDRESS = 40  # tries of codes from one address
PER_LINK = 12  # tries at one link, whatever it is
WINDOW = 600  # seconds
RIGHT_TO_LEFT: Final = frozenset({"fa"})
LANGUAGES: Final = dict(settings.LANGUAGES)

View = Callable[..., HttpResponse]


def _kept_to_oneself(response: HttpResponse) -> HttpResponse:
    """In no cache, told to no other site, in no search engine."""
    response["Cache-Control"] = "private, no-store"
    # Other sites learn nothing of the address; without any referrer browsers send forms with the origin "null".
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _own(view: View) -> View:
    """Enters the organisation of the host, as it is now: one that is suspended or closed shows nothing."""

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        organisation: OrganisationRef = organisation_with(request.organisation.id)
        if organisation.is_paused:
            return _kept_to_oneself(_page(request, "paused", organisation, _language(request, ""), status=503))
        try:
            with inside(organisation), timezone.override(ZoneInfo(organisation.time_zone)):
                return _kept_to_oneself(view(request, organisation, *args, **kwargs))
        except OrganisationUnavailable:
            return _kept_to_oneself(unavailable(request))

    return public_view(WHY)(wrapped)


def opened(view: View) -> View:
    """For whoever has entered the code within the last half hour; everybody else is told that it is over."""

    @wraps(view)
    def wrapped(request: Any, organisation: OrganisationRef, *args: Any, **kwargs: Any) -> HttpResponse:
        link = own_page.link_of_session(request.COOKIES.get(COOKIE, ""))
        if link is None:
            return _page(request, "over", organisation, _language(request, ""), status=403)
        language = _language(request, link.language)
        if language != link.language:
            PersonalLink.objects.filter(pk=link.pk).update(language=language)
        calendar = Calendar.JALALI if language == "fa" else Calendar.GREGORIAN
        with translation.override(language), calendar_in_use(calendar):
            try:
                return view(request, link.client, *args, **kwargs)
            except Refused as refusal:
                return shown(request, "refused", link.client, {"reason": str(refusal)}, status=409)

    return _own(wrapped)


def _language(request: HttpRequest, usual: str) -> str:
    """Chosen on the page, else the link's, else the browser's."""
    asked = request.GET.get("l", "")
    return asked if asked in LANGUAGES else usual if usual in LANGUAGES else translation.get_language() or "en"


def _page(
    request: HttpRequest,
    name: str,
    organisation: OrganisationRef,
    language: str,
    values: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Without the usual context: what signed-in people see has no place here."""
    calendar = Calendar.JALALI if language == "fa" else Calendar.GREGORIAN
    with translation.override(language), calendar_in_use(calendar):
        context = {
            "language": language,
            "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
            "languages": settings.LANGUAGES,
            "organisation_name": organisation.name(language),
            "csrf_token": get_token(request),
            "here": request.path,
            **(values or {}),
        }
        template = name if "/" in name else f"caseloads/me/{name}.html"
        return HttpResponse(render_to_string(template, context), status=status)


def shown(
    request: Any, name: str, client: Client, values: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    language = translation.get_language() or "en"
    return _page(request, name, request.organisation, language, {"client": client, **(values or {})}, status)


# --- the door ----------------------------------------------------------------------------------------------
@sensitive_variables("token")
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@_own
def door(request: Any, organisation: OrganisationRef, token: str) -> HttpResponse:
    """Asks for the code. What it says does not depend on whether there is such a link."""
    language = _language(request, "")
    with translation.override(language):
        form = DoorForm(request.POST if request.method == "POST" else None)
        is_refused = False
        if request.method == "POST" and form.is_valid():
            if not _may_try(request, token):
                return _page(request, "door", organisation, language, {"form": DoorForm(), "too_many": True}, 429)
            link = own_page.open_with_code(token=token, code=form.cleaned_data["code"])
            if link is not None:
                return _let_in(link, language)
            is_refused, form = True, DoorForm()
        status = 403 if is_refused else 200
        return _page(request, "door", organisation, language, {"form": form, "is_refused": is_refused}, status)


def _let_in(link: PersonalLink, language: str) -> HttpResponse:
    if link.language != language:
        PersonalLink.objects.filter(pk=link.pk).update(language=language)
    response = redirect("me")
    response.set_cookie(
        COOKIE,
        own_page.session_of(link),
        max_age=SESSION_SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def _may_try(request: Any, token: str) -> bool:
    """Counts tries by address and by link, in ten minutes."""
    address = get_adapter().get_client_ip(request)
    return all([_counted(f"address-{address}", PER_ADDRESS), _counted(f"link-{token}", PER_LINK)])


def _counted(what: str, limit: int) -> bool:
    key = f"own-page-{hashlib.sha256(what.encode()).hexdigest()}"
    cache = caches["default"]
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # it went out at this moment
        return True


# --- inside ------------------------------------------------------------------------------------------------
@require_http_methods(["GET"])
@opened
def me(request: Any, client: Client) -> HttpResponse:
    offers = ConsentOffer.objects.filter(client=client, answered_at=None, expires_on__gte=timezone.localdate())
    context = {
        "offers": offers.order_by("id"),
        "cases": Case.objects.open().filter(client=client).select_related("programme").order_by("opened_on"),
        "scales": [(scale.pk, name_of(scale)) for scale in scales_in_use()],
        "corrections": Correction.objects.filter(client=client).order_by("-id")[:5],
        "more": own_menu.links_for(client),
        "done": request.GET.get("done", ""),
    }
    return shown(request, "me", client, context)


@require_http_methods(["GET"])
@opened
def me_held(request: Any, client: Client) -> HttpResponse:
    context = {
        "groups": held.groups_of(client),
        "counted": held.counted(client),
        "wins": held.small_wins(client),
        "goals": held.goals(client),
    }
    return shown(request, "held", client, context)


@require_http_methods(["GET"])
@opened
def me_seen(request: Any, client: Client) -> HttpResponse:
    page = page_of(request, held.looks_at(client), keys=("-at", "-id"))
    return shown(request, "seen", client, {"page": page, "looks": held.drawn_together(held.told(page.items))})


@require_http_methods(["GET"])
@opened
def me_consents(request: Any, client: Client) -> HttpResponse:
    receipts = Consent.objects.filter(client=client).order_by("-given_at", "-id")[:50]
    rows = [(receipt, [ConsentScope(scope).label for scope in receipt.scopes]) for receipt in receipts]
    return shown(request, "consents", client, {"rows": rows})


@require_http_methods(["GET", "POST"])
@opened
def me_withdraw(request: Any, client: Client, pk: UUID) -> HttpResponse:
    consent = get_object_or_404(Consent.objects.valid(), pk=pk, client=client)
    if request.method == "POST":
        consents.withdraw_consent(consent=consent, how=WithdrawnBy.OWN_PAGE, by=THEMSELVES)
        return back_to_page("withdrawn")
    rests = Case.objects.open().filter(consent=consent).select_related("programme")
    return shown(request, "withdraw", client, {"consent": consent, "cases": rests})


@require_http_methods(["GET", "POST"])
@opened
def me_offer(request: Any, client: Client, pk: UUID) -> HttpResponse:
    offer = get_object_or_404(ConsentOffer, pk=pk, client=client, answered_at=None)
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in ("yes", "no"):
        consents.answer_offer(offer=offer, agreed=answer == "yes", by=THEMSELVES)
        return back_to_page("agreed" if answer == "yes" else "not-agreed")
    return shown(request, "offer", client, {"offer": offer})


@require_http_methods(["GET", "POST"])
@opened
def me_rate(request: Any, client: Client, pk: UUID) -> HttpResponse:
    scale = _scale(pk)
    form = RatingForm(request.POST if request.method == "POST" else None, scale=scale)
    if form.is_valid():
        record_assessment(
            client=client,
            scale=scale,
            rater=Rater.CLIENT,
            answers=form.answers(),
            on=timezone.localdate(),
            by=THEMSELVES,
        )
        return back_to_page("rated")
    last = Assessment.objects.filter(client=client, scale__family=scale.family, rater=Rater.CLIENT).order_by("-on")
    return shown(request, "rate", client, {"name": name_of(scale), "form": form, "last": last.first()})


def _scale(pk: UUID) -> Scale:
    try:
        return next(scale for scale in scales_in_use() if scale.pk == pk)
    except StopIteration as error:
        raise Http404 from error


@require_http_methods(["GET", "POST"])
@opened
def me_correct(request: Any, client: Client) -> HttpResponse:
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        corrections.ask_correction(client=client, text=form.cleaned_data["text"], by=THEMSELVES)
        return back_to_page("asked")
    asked = Correction.objects.filter(client=client).order_by("-id")[:20]
    return shown(request, "correct", client, {"form": form, "corrections": asked})


@require_http_methods(["GET", "POST"])
@opened
def me_leave(request: Any, client: Client, pk: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.open().select_related("programme"), pk=pk, client=client)
    if request.method == "POST":
        leave_case(case=case, by=THEMSELVES)
        return back_to_page("left")
    return shown(request, "leave", client, {"case": case})


@require_http_methods(["POST"])
@_own
def me_close(request: Any, organisation: OrganisationRef) -> HttpResponse:
    response = _page(request, "closed", organisation, _language(request, ""))
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return response


def back_to_page(done: str) -> HttpResponse:
    return redirect(f"{reverse('me')}?done={done}")
