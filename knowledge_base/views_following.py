"""What a member follows, and the link that ends the weekly e-mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from halka.authorization.public import public_view
from halka.common.paging import page_of
from knowledge_base.access import Reader, member
from knowledge_base.domain import following as domain
from knowledge_base.domain.search import Wanted
from knowledge_base.forms_following import FollowingForm
from knowledge_base.models import Digest
from knowledge_base.reading import CHOICES, topics_in
from knowledge_base.views_pages import back_to, page_for


@require_http_methods(["GET", "POST"])
def following(request: Any) -> HttpResponse:
    reader = member(request)
    form = FollowingForm(request.POST if request.method == "POST" else None, reader=reader)
    if form.is_valid():
        domain.follow_topics(topics=form.topics, weekly=form.cleaned_data["weekly"], by=reader)
        messages.success(request, _("Saved."))
        return redirect("following")
    page = page_of(request, domain.pages_followed(reader), keys=["-id"])
    context = {"form": form, "page": page}
    return render(request, "knowledge_base/following/following.html", context, status=400 if form.errors else 200)


@require_POST
def follow(request: Any, pk: int) -> HttpResponse:
    """Followed from its page, or given up there or on one's own page."""
    reader, entry = page_for(request, pk)
    is_on = request.POST.get("on") == "1"
    domain.follow_page(page_id=pk, on=is_on, by=reader)
    if is_on:
        _tell(request, reader)
    return redirect("following") if request.POST.get("back") == "following" else back_to(entry, "said")


@require_POST
def follow_topic(request: Any) -> HttpResponse:
    """What a list is narrowed by: `topic` as reading.topics_in names it."""
    reader = member(request)
    kind, _colon, value = request.POST.get("topic", "").partition(":")
    if not topics_in(Wanted(**{kind: value} if value in dict(CHOICES.get(kind, ("", []))[1]) else {})):
        raise Http404
    domain.follow_topic(kind=kind, value=value, by=reader)
    _tell(request, reader)
    return redirect("following")


def _tell(request: Any, reader: Reader) -> None:
    """What comes of following, for those who want the e-mail and for those who do not."""
    if domain.wants_digest(reader.user_id):
        messages.success(request, _("You follow this now. What is new comes once a week, by e-mail."))
    else:
        messages.success(
            request, _("You follow this now. The weekly e-mail is off; under “What I follow” it can be turned on.")
        )


@public_view("ends an e-mail that its link came with; the link is signed and opens nothing else")
@never_cache
@csrf_exempt  # mail programs press it by themselves (RFC 8058); all it does is end an e-mail
@require_http_methods(["GET", "POST"])
def stop_digest(request: Any, token: str) -> HttpResponse:
    """Looking at it ends nothing: programs that check links open them."""
    try:
        digest = domain.digest_of(token)
    except Digest.DoesNotExist as error:
        raise Http404 from error
    if request.method == "POST":
        domain.stop(digest)
        digest.is_on = False
    return render(request, "knowledge_base/following/stop.html", {"digest": digest})
