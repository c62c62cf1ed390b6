"""Pages of handing a case over for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.exchange.dealing_enums import TransferState
from tenants.caseloads.access import case_for, require_care
from tenants.caseloads.models import Case
from tenants.organisations.access import require
from tenants.referrals import policies
from tenants.referrals.domain.disclosure import labelled, values_of
from tenants.referrals.domain.elsewhere import transfers as verbs
from tenants.referrals.domain.elsewhere.story import counts_of
from tenants.referrals.elsewhere.access import named_to, posted, transfer_for
from tenants.referrals.elsewhere.forms import (
    OfferForm,
    TakeOverForm,
    TransferRefusalForm,
    TransferWithdrawalForm,
)
from tenants.referrals.elsewhere.told import parts_of, told_of
from tenants.referrals.enums import Direction
from tenants.referrals.errors import SaysWho
from tenants.referrals.models import Transfer

KEPT = ("csrfmiddlewaretoken", "step")  # of a preview's form


@dataclass(frozen=True)
class Act:
    """Something that is done with a transfer: its form, the verb, and what is said of it."""

    state: TransferState
    label: str | Promise
    done: str | Promise
    form: type[forms.Form]
    run: Any
    permission: Permission
    is_main: bool = False


ACTS = {
    "open": Act(
        TransferState.OPENED, gettext_lazy("Open the offer"), gettext_lazy("Opened. Now you can answer."), forms.Form,
        verbs.open_transfer, Permission.REFERRAL_ANSWER, is_main=True,
    ),
    "accept": Act(
        TransferState.ACCEPTED, gettext_lazy("Take the case over"),
        gettext_lazy("Taken over. What the person agreed to is on its way."), TakeOverForm, verbs.accept_transfer,
        Permission.REFERRAL_ANSWER, is_main=True,
    ),
    "decline": Act(
        TransferState.DECLINED, gettext_lazy("Decline"), gettext_lazy("Declined. The other side learns the reason."),
        TransferRefusalForm, verbs.decline_transfer, Permission.REFERRAL_ANSWER,
    ),
    "withdraw": Act(
        TransferState.WITHDRAWN, gettext_lazy("Withdraw the offer"), gettext_lazy("Withdrawn. The case stays here."),
        TransferWithdrawalForm, verbs.withdraw_transfer, Permission.REFERRAL_SEND,
    ),
}  # fmt: skip


@require_safe
def transfer_list(request: Any) -> HttpResponse:
    seat = require(request, Permission.REFERRAL_VIEW)
    direction = Direction.OUT if request.GET.get("side") == "out" else Direction.IN
    rows = named_to(Transfer.objects.for_list().filter(direction=direction), seat)
    context = {"page": page_of(request, rows, keys=["-id"]), "direction": direction}
    return render(request, "referrals/elsewhere/transfers.html", context)


@require_safe
def transfer(request: Any, pk: UUID) -> HttpResponse:
    found = transfer_for(request, pk, Permission.REFERRAL_VIEW)
    possible = verbs.next_states(found, request.seat)
    acts = [(name, act, act.form()) for name, act in ACTS.items() if act.state in possible]
    return render(request, "referrals/elsewhere/transfer.html", {**_shown(found, request.seat), "acts": acts})


def _shown(found: Transfer, seat: Seat) -> dict[str, Any]:
    counts = counts_of(found.parts) if found.direction == Direction.OUT else tuple(found.parts.items())
    return {
        "transfer": found,
        "shared": found.shared,
        "state": TransferState(found.shared.state),
        "steps": _steps(found),
        "parts": parts_of(counts),
        "told": told_of(found.record, found.client, seat) if found.record else None,
        "is_ours": found.direction == Direction.OUT,
    }


def _steps(found: Transfer) -> list[dict[str, Any]]:
    words = {code: label for choices in verbs.MACHINE.reasons.values() for code, label in choices.choices}
    return [
        {
            "step": step,
            "title": TransferState(step.type).label,
            "reason": words.get(step.reason, ""),
            "who": step.by_name or (found.other if step.side != verbs.side_of(found) else ""),
        }
        for step in found.steps.order_by("-at", "-id")
    ]


@require_http_methods(["GET", "POST"])
def transfer_act(request: Any, pk: UUID, name: str) -> HttpResponse:
    act = ACTS[name]
    found = transfer_for(request, pk, act.permission)
    if act.state not in verbs.next_states(found, request.seat) and request.method == "GET":
        return redirect("transfer", pk)
    form = act.form(posted(request))
    if form.is_valid():
        try:
            act.run(transfer=found, **form.cleaned_data, by=request.seat)
        except SaysWho as refusal:
            form.add_error(refusal.field, str(refusal))
        except Refused as refusal:
            messages.info(request, str(refusal))
            return redirect("transfer", pk)
        else:
            messages.success(request, str(act.done))
            return redirect("transfer", pk)
    context = {**_shown(found, request.seat), "act": act, "form": form}
    return render(request, "referrals/elsewhere/transfer_act.html", context, status=400 if form.is_bound else 200)


# --- offering -------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def transfer_offer(request: Any, pk: UUID) -> HttpResponse:
    """Fill in, read what will be told, offer."""
    seat = require(request, Permission.REFERRAL_SEND)
    case = case_for(request, pk, Permission.CLIENT_VIEW)
    require_care(case.client, seat)
    form = OfferForm(posted(request), client=case.client, seat=seat)
    step = request.POST.get("step", "")
    if step in ("preview", "offer") and form.is_valid():
        if step == "preview":
            return _preview(request, case, form)
        try:
            made = verbs.offer_transfer(
                case=case,
                offer=form.offer(),
                new_consent=form.new_consent(recipient=form.cleaned_data["target"]),
                by=seat,
            )
        except SaysWho as refusal:
            form.add_error(refusal.field, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Offered. You will get an e-mail when they answer."))
            return redirect("transfer", made.pk)
    context = {"client": case.client, "case": case, "form": form}
    return render(request, "referrals/elsewhere/transfer_offer.html", context, status=400 if form.errors else 200)


def _preview(request: Any, case: Case, form: OfferForm) -> HttpResponse:
    data, offer = form.cleaned_data, form.offer()
    context = {
        "client": case.client,
        "case": case,
        "form": form,
        "offer": offer,
        "reason": offer.reason.label,
        "wording": form.new_consent(recipient=data["target"]).wording,
        "values": labelled(policies.told_to(values_of(case.client, data["scopes"]), case.client, request.seat)),
        "parts": parts_of(counts_of(offer.parts.stored())),
        "journal": data.get("journal", ()),
        "documents": data.get("documents", ()),
        "hidden": [(name, value) for name, values in request.POST.lists() for value in values if name not in KEPT],
    }
    return render(request, "referrals/elsewhere/transfer_preview.html", context)
