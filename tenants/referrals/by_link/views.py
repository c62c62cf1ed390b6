"""Pages behind signed links: no account, no script. Opening one changes nothing: programs that look into e-mails open
links too. What is done is done by pressing a button, under a name."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.common.calendars import calendar_in_use
from halka.common.current import OrganisationRef, salt
from halka.common.errors import Refused
from network_registry.exchange.enums import UNANSWERED, State
from tenants.organisations import visitors
from tenants.referrals import policies
from tenants.referrals.by_link.acts import WRITE, Act, possible
from tenants.referrals.by_link.forms import CodeForm
from tenants.referrals.domain import links
from tenants.referrals.domain.disclosure import labelled
from tenants.referrals.domain.links import Standing
from tenants.referrals.enums import LinkPurpose
from tenants.referrals.models import AnswerLink, Enclosure, Message
from tenants.referrals.talking.views import enclosure_of, handed_out

WHY: Final = "answers of organisations without accounts, guarded by a signed link of its own"
COOKIE: Final = "halka_told"
PATH: Final = "/link/told/"
SESSION_SECONDS: Final = 30 * 60
PER_ADDRESS = 60  # presses from one address in ten minutes
PER_LINK = 20

_entered = visitors.for_visitors(why=WHY, paused="referrals/link/paused.html")
View = Callable[..., HttpResponseBase]


def _by_link(purpose: LinkPurpose) -> Callable[[View], View]:
    """For whoever holds a link of this purpose that opens something: the view gets the link. Others are told why not;
    a link of another organisation or purpose is as unknown as one that was never made."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(
            request: Any, organisation: OrganisationRef, token: str, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            language = visitors.language_of(request, organisation.language)
            with translation.override(language), calendar_in_use(visitors.calendar_of(language)):
                if request.method == "POST" and not _may_press(request, token):
                    return _page(request, "too_many", {}, status=429)
                link = links.link_behind(token, purpose)
                if link is None:
                    return _page(request, "unknown", {}, status=404)
                if (standing := links.standing_of(link)) != Standing.OPEN:
                    return _over(request, link, standing, token)
                try:
                    return view(request, link, token, *args, **kwargs)
                except Refused as refusal:
                    return _page(request, "refused", {"reason": str(refusal)}, status=409)

        return sensitive_variables("token")(_entered(wrapped))

    return decorate


def _may_press(request: Any, token: str) -> bool:
    return visitors.may_try(request, "referral", per_address=PER_ADDRESS, per_link=PER_LINK, link=token)


def _page(request: Any, name: str, values: dict[str, Any], status: int = 200) -> HttpResponse:
    language = translation.get_language() or "en"
    return visitors.page(request, f"referrals/link/{name}.html", request.organisation, language, values, status)


def _over(request: Any, link: AnswerLink, standing: Standing, token: str) -> HttpResponse:
    """Says why, and offers another link where one would open something, or says who may have it sent."""
    is_renewable = standing in links.RENEWABLE
    asks_sender = is_renewable and links.only_sender_renews(link)
    context = {
        "standing": standing.value,
        "referral": link.referral,
        "envelope": link.referral.envelope,
        "another": _address(request, link, token, "another/") if is_renewable and not asks_sender else "",
        "asks_sender": asks_sender,
    }
    return _page(request, "over", context, status=410)


def _address(request: Any, link: AnswerLink, token: str, more: str = "") -> str:
    return f"/link/{link.purpose}/{token}/{more}"


def _about(request: Any, link: AnswerLink, token: str) -> dict[str, Any]:
    return {
        "link": link,
        "referral": link.referral,
        "envelope": link.referral.envelope,
        "address": _address(request, link, token),
        "done": "",
    }


# --- answering, and telling what became of it --------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@_by_link(LinkPurpose.ANSWER)
def answer(request: Any, link: AnswerLink, token: str) -> HttpResponseBase:
    return _acting_page(request, link, token)


@require_http_methods(["GET", "HEAD", "POST"])
@_by_link(LinkPurpose.RESULT)
def result(request: Any, link: AnswerLink, token: str) -> HttpResponseBase:
    return _acting_page(request, link, token)


def _acting_page(request: Any, link: AnswerLink, token: str) -> HttpResponse:
    """What may be done now, each with its form; after a press what came of it."""
    if request.method != "POST":
        return _acts(request, link, token)
    act = _chosen(request, link)
    form = act.form(request.POST, prefix=act.slug) if act else None
    if act is None or form is None or not form.is_valid():
        return _acts(request, link, token, act, form, status=409 if act is None else 400)
    with links.acting(link, name=form.cleaned_data["name"]) as seat:
        act.run(link.referral, form.cleaned_data, seat)
    fresh = links.link_behind(token, LinkPurpose(link.purpose))
    if fresh is None or links.standing_of(fresh) != Standing.OPEN:
        return _page(request, "done", {**_about(request, link, token), "done": act.done})
    return _acts(request, fresh, token, done=act.done)


def _chosen(request: Any, link: AnswerLink) -> Act | None:
    """The act that was pressed, where it may be done now; None when the referral has moved on meanwhile."""
    acts = possible(link.referral, LinkPurpose(link.purpose), links.seat_of(link, ""))
    return next((act for act in acts if act.slug == request.POST.get("act")), None)


def _acts(
    request: Any,
    link: AnswerLink,
    token: str,
    pressed: Act | None = None,
    form: Any = None,
    *,
    done: Any = "",
    status: int = 200,
) -> HttpResponse:
    acts = possible(link.referral, LinkPurpose(link.purpose), links.seat_of(link, ""))
    initial = {"name": link.by_name}
    offered = [(act, form if act == pressed else act.form(prefix=act.slug, initial=initial)) for act in acts]
    is_asked = link.purpose == LinkPurpose.ANSWER and link.referral.envelope.state in UNANSWERED
    context = {
        **_about(request, link, token),
        "offered": offered,
        "pressed": pressed.slug if pressed else "",
        "may_read_need": policies.may_read_need(link.referral),
        "messages_of": Message.objects.filter(referral=link.referral) if is_asked else (),
        "is_late": status == 409,
        "waits": link.referral.envelope.state == State.INFO_REQUESTED,
        "done": done,
    }
    return _page(request, link.purpose, context, status)


# --- who the person is -------------------------------------------------------------------------------------
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@_by_link(LinkPurpose.TOLD)
def told(request: Any, link: AnswerLink, token: str) -> HttpResponseBase:
    """Asks for the code; behind it what the person agreed to share, for half an hour."""
    if (name := _opened_by(request, link)) is None:
        return _door(request, link, token)
    if request.method == "POST":
        form = WRITE.form(request.POST, prefix=WRITE.slug)
        if not form.is_valid():
            return _told_page(request, link, token, form, status=400)
        with links.acting(link, name=form.cleaned_data["name"]) as seat:
            WRITE.run(link.referral, form.cleaned_data, seat)
        return _told_page(request, link, token, done=WRITE.done)
    links.note_opening(link, name)
    return _told_page(request, link, token)


def _door(request: Any, link: AnswerLink, token: str) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"name": link.by_name})
    if not form.is_valid():
        return _page(request, "door", {**_about(request, link, token), "form": form}, 400 if form.is_bound else 200)
    name = form.cleaned_data["name"]
    if not links.open_with_code(link=link, code=form.cleaned_data["code"], name=name):
        again = CodeForm(initial={"name": name})
        return _page(request, "door", {**_about(request, link, token), "form": again, "is_refused": True}, status=403)
    response = redirect(f"{_address(request, link, token)}?l={translation.get_language()}")
    response.set_cookie(
        COOKIE,
        signing.dumps([str(link.pk), name], salt=salt("referral-told")),
        max_age=SESSION_SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def _opened_by(request: Any, link: AnswerLink) -> str | None:
    """The name of whoever entered this link's code within the last half hour."""
    try:
        key, name = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=salt("referral-told"), max_age=SESSION_SECONDS
        )  # fmt: skip
    except (signing.BadSignature, ValueError):
        return None
    return name if key == str(link.pk) else None


def _told_page(
    request: Any, link: AnswerLink, token: str, form: Any = None, *, done: Any = "", status: int = 200
) -> HttpResponse:
    referral = link.referral
    may_write = policies.may_talk(referral)
    context = {
        **_about(request, link, token),
        "told": labelled(referral.disclosed),
        "messages_of": Message.objects.filter(referral=referral),
        "enclosures": Enclosure.objects.filter(referral=referral, ours=False, taken_back_at=None),
        "form": form or (WRITE.form(prefix=WRITE.slug, initial={"name": link.by_name}) if may_write else None),
        "done": done,
    }
    return _page(request, "told", context, status)


@require_GET
@_by_link(LinkPurpose.TOLD)
def told_document(request: Any, link: AnswerLink, token: str, document: UUID) -> HttpResponseBase:
    if (name := _opened_by(request, link)) is None:
        return redirect(_address(request, link, token))
    seat = links.seat_of(link, name)
    return handed_out(enclosure_of(link.referral, document, seat), seat)


# --- another link ------------------------------------------------------------------------------------------
def another(purpose: LinkPurpose) -> View:
    """Sends another link in place of one that is over, always to the same address. What it says does not tell whether
    one was sent: who asks may not be who is meant."""

    @sensitive_variables("token")
    @require_POST
    @_entered
    def view(request: Any, organisation: OrganisationRef, token: str) -> HttpResponseBase:
        with translation.override(visitors.language_of(request, organisation.language)):
            if not _may_press(request, token):
                return _page(request, "too_many", {}, status=429)
            link = links.link_behind(token, purpose)
            if link is None:
                return _page(request, "unknown", {}, status=404)
            links.another_link(link)
            return _page(request, "another", {"referral": link.referral, "envelope": link.referral.envelope})

    return view
