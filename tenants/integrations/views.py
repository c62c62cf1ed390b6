"""Pages of webhooks, for managers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.roles import Permission
from halka.common import conflicts
from halka.common.calendars import localise_digits
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from tenants.integrations.access import endpoint_for
from tenants.integrations.domain import endpoints as verbs
from tenants.integrations.enums import EndpointState
from tenants.integrations.forms import EndpointForm, NewEndpointForm, RotateForm
from tenants.integrations.models import Attempt, Delivery, Endpoint
from tenants.organisations.access import require

COUNTED = 99  # more are "more than that"


@require_safe
def webhooks(request: HttpRequest) -> HttpResponse:
    require(request, Permission.WEBHOOK_MANAGE)
    has_dead = Exists(Delivery.objects.dead().filter(endpoint=OuterRef("pk")))
    found = Endpoint.objects.kept().annotate(has_dead=has_dead).order_by("created_at", "pk")
    context = {"endpoints": found, "has_room": len(found) < verbs.MOST}
    return render(request, "integrations/webhooks.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def webhook_add(request: HttpRequest) -> HttpResponse:
    seat = require(request, Permission.WEBHOOK_MANAGE)
    form = NewEndpointForm(request.POST or None)
    if form.is_valid():
        try:
            endpoint, secret = verbs.add_endpoint(new=form.settings(), by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _secret_page(request, endpoint, secret, is_new=True)
    return render(request, "integrations/webhook_add.html", {"form": form}, status=400 if form.is_bound else 200)


def _secret_page(request: HttpRequest, endpoint: Endpoint, secret: str, *, is_new: bool) -> HttpResponse:
    """The only page that ever shows the secret."""
    context = {"endpoint": endpoint, "secret": secret, "is_new": is_new}
    return render(request, "integrations/webhook_secret_made.html", context)


@require_safe
def webhook(request: HttpRequest, pk: UUID) -> HttpResponse:
    endpoint, _seat = endpoint_for(request, pk)
    attempts = Attempt.objects.filter(endpoint=endpoint).select_related("delivery__event")
    context = {
        "endpoint": endpoint,
        "secrets": list(endpoint.secrets.valid(now=timezone.now())),
        "page": page_of(request, attempts, keys=["-id"]),
        "waiting": _count(Delivery.objects.waiting().filter(endpoint=endpoint)),
        "dead": _count(Delivery.objects.dead().filter(endpoint=endpoint)),
    }
    return render(request, "integrations/webhook.html", context)


def _count(deliveries: Any) -> str:
    """How many, in words; never counts far."""
    number = deliveries.values("pk")[: COUNTED + 1].count()
    if number > COUNTED:
        return _("more than %(number)s") % {"number": localise_digits(COUNTED)}
    return localise_digits(number) if number else ""


@require_http_methods(["GET", "POST"])
def webhook_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    endpoint, seat = endpoint_for(request, pk)
    form = EndpointForm(conflicts.chosen(request, EndpointForm(instance=endpoint), endpoint), instance=endpoint)
    if form.is_valid():
        try:
            verbs.change_endpoint(
                endpoint=endpoint, new=form.settings(), seen_version=form.cleaned_data["seen_version"], by=seat
            )
        except EditedMeanwhile:
            saved = Endpoint.objects.get(pk=pk)
            return conflicts.page(request, form, saved, back=reverse("webhook", args=[pk]))
        messages.success(request, _("The webhook is saved."))
        return redirect("webhook", pk)
    context = {"form": form, "endpoint": endpoint}
    return render(request, "integrations/webhook_edit.html", context, status=400 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def webhook_secret(request: HttpRequest, pk: UUID) -> HttpResponse:
    endpoint, seat = endpoint_for(request, pk)
    form = RotateForm(request.POST or None)
    if form.is_valid():
        secret = verbs.rotate_secret(endpoint=endpoint, overlap=form.overlap(), by=seat)
        return _secret_page(request, endpoint, secret, is_new=False)
    context = {"form": form, "endpoint": endpoint}
    return render(request, "integrations/webhook_secret.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def webhook_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    endpoint, seat = endpoint_for(request, pk)
    if request.method == "POST":
        verbs.remove_endpoint(endpoint=endpoint, by=seat)
        messages.success(request, _("The webhook is removed. Nothing more is sent there."))
        return redirect("webhooks")
    return render(request, "integrations/webhook_remove.html", {"endpoint": endpoint})


@require_POST
def webhook_do(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Pauses, goes on, or sends a test."""
    endpoint, seat = endpoint_for(request, pk)
    if what == "test" and endpoint.state != EndpointState.ACTIVE:
        messages.info(request, _("The webhook is paused. Let it go on first."))
    elif what == "test":
        verbs.send_test(endpoint=endpoint, by=seat)
        messages.success(request, _("A test event is on its way. In a moment the log below shows what came of it."))
    elif what == "pause":
        verbs.pause_endpoint(endpoint=endpoint, by=seat)
        messages.success(request, _("Paused. What happens meanwhile waits here, for three days at most."))
    else:
        verbs.resume_endpoint(endpoint=endpoint, by=seat)
        messages.success(request, _("The webhook goes on. What waited is being sent."))
    return redirect("webhook", pk)


@require_safe
def undelivered(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was given up: the dead letters."""
    endpoint, _seat = endpoint_for(request, pk)
    dead = Delivery.objects.dead().filter(endpoint=endpoint).select_related("event")
    context = {"endpoint": endpoint, "page": page_of(request, dead, keys=["-id"])}
    return render(request, "integrations/undelivered.html", context)


@require_POST
def again(request: HttpRequest, pk: UUID, delivery: UUID | None = None) -> HttpResponse:
    endpoint, seat = endpoint_for(request, pk)
    count = verbs.redeliver(endpoint=endpoint, delivery_id=delivery, by=seat)
    told = ngettext("%(count)s event is sent again.", "%(count)s events are sent again.", count)
    messages.success(request, told % {"count": localise_digits(count)})
    return redirect("webhook-undelivered", pk)
