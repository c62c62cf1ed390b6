"""Asking for a place before anybody is named, and answering with one tap."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.directory.domain.questions import answer_question, ask_capacity
from network_registry.directory.domain.search import offers_in_full
from network_registry.directory.enums import SHOWN, Answer, Urgency
from network_registry.directory.forms import AnswerForm, AskForm
from network_registry.directory.models import CapacityQuestion
from network_registry.directory.parts import with_offers
from network_registry.exchange.enums import Service as Need
from tenants.organisations.access import require


@require_safe
def questions(request: Any) -> HttpResponse:
    """Those that we were asked, and those that we asked."""
    seat = require(request, Permission.REFERRAL_VIEW)
    here = request.organisation.id
    asked_by_us = request.GET.get("side") == "out"
    side = Q(asker=here) if asked_by_us else Q(target=here)
    # Newer keys are greater, so this is the order in which they were asked.
    found = with_offers(CapacityQuestion.objects.filter(side)).order_by()
    context = {
        "page": page_of(request, found, keys=["-id"]),
        "asked_by_us": asked_by_us,
        "may_answer": seat.can(Permission.REFERRAL_ANSWER),
    }
    return render(request, "directory/questions.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.REFERRAL_SEND)
    shown = offers_in_full().filter(is_offered=True, service__is_published=True, organisation__state__in=SHOWN)
    offer = get_object_or_404(shown.exclude(organisation=request.organisation.id), pk=pk)
    form = AskForm(request.POST or None, initial={"need": offer.service.need})
    if form.is_valid():
        data = form.cleaned_data
        need, urgency = Need(data["need"]), Urgency(data["urgency"])
        try:
            ask_capacity(offer=offer, need=need, urgency=urgency, people=data["people"], by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. You will get an e-mail when they answer, and see it on Today."))
            return redirect("service-offer", pk)
    return render(request, "directory/ask.html", {"offer": offer, "form": form}, status=400 if form.is_bound else 200)


@require_POST
def answer(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.REFERRAL_ANSWER)
    asked = with_offers(CapacityQuestion.objects.filter(target=request.organisation.id))
    question = get_object_or_404(asked, pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("service-questions")
    data = form.cleaned_data
    try:
        answer_question(question=question, answer=Answer(data["answer"]), waiting_weeks=data["waiting_weeks"], by=seat)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Answered. Your free places in the directory say the same now."))
    return redirect((request.POST.get("next") == "today" and "today") or "service-questions")
