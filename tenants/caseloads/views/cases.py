"""Pages of a person's cases: joining, the case itself, how it ended, what held."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common import sections
from halka.common.errors import Refused
from tenants.caseloads.access import case_for, client_for, require_care
from tenants.caseloads.domain import cases as verbs
from tenants.caseloads.domain.consents import enrolment_consent, language_for, record_consent
from tenants.caseloads.enums.cases import Profession
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.forms.cases import ColleagueForm, EnrolForm, ExitForm, FollowUpForm, OutsiderForm
from tenants.caseloads.forms.consents import ConsentFields, in_months
from tenants.caseloads.models import Case, Client, Consent, FollowUp, Programme, TeamMember
from tenants.caseloads.wording import Terms, wording_of


@require_GET
def client_cases(request: Any, pk: UUID) -> HttpResponse:
    """All that the person took part in, the newest first."""
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    context = {
        "client": client,
        "cases": client.cases.select_related("programme", "exit").order_by("-opened_on", "-id"),
        "may_edit": request.seat.can(Permission.CLIENT_EDIT),
    }
    return render(request, "caseloads/cases_of_client.html", context)


@require_http_methods(["GET", "POST"])
def enrol(request: Any, pk: UUID) -> HttpResponse:
    """First which programme, where there are several; then the day, the hopes, the consent."""
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    require_care(client, request.seat)
    possible = list(Programme.objects.running().exclude(cases__in=client.cases.open()))
    chosen = _chosen(possible, request.GET.get("programme", ""))
    if chosen is None:
        return render(request, "caseloads/cases_choose.html", {"client": client, "programmes": possible})
    usable = _usable(client, chosen)
    form = EnrolForm(request.POST or None, usable=usable, initial={"profession": _usual_profession(request.seat)})
    fields = ConsentFields(
        request.POST if request.method == "POST" and form.wants_new_consent else None,
        client=client,
        purpose=ConsentPurpose.ENROLMENT,
        months=chosen.consent_months,
    )
    if form.is_valid() and (not form.wants_new_consent or fields.is_valid()):
        try:
            case = _enrol(request.seat, client, chosen, form, fields, usable)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("%(name)s takes part in %(programme)s now.") % {"name": client, "programme": chosen}
            )
            return redirect("case", case.pk)
    context = {
        "client": client,
        "programme": chosen,
        "is_only": len(possible) == 1,
        "form": form,
        "fields": fields,
        "usable": usable,
        "wording": _wording(client, chosen, fields),
    }
    return render(request, "caseloads/cases_enrol.html", context)


def _chosen(possible: list[Programme], key: str) -> Programme | None:
    if len(possible) == 1:
        return possible[0]
    return next((programme for programme in possible if str(programme.pk) == key), None)


def _usable(client: Client, programme: Programme) -> Consent | None:
    """A consent that is there already, and was not given for another programme."""
    consent = enrolment_consent(client)
    if consent is None or consent.cases.exclude(programme=programme).exists():
        return None
    return consent


def _usual_profession(seat: Any) -> str:
    """What the person was on the newest team that they joined."""
    places = TeamMember.objects.filter(colleague=seat.membership_id).order_by("-id")
    return places.values_list("profession", flat=True).first() or Profession.MENTOR


def _wording(client: Client, programme: Programme, fields: ConsentFields) -> str:
    """The text to be read out: as what was typed has it, or with the usual choices."""
    if fields.is_bound and fields.is_valid():
        return fields.new_consent(programme=programme).wording
    scopes = tuple(fields["scopes"].initial)
    terms = Terms(
        ConsentPurpose.ENROLMENT,
        scopes,
        in_months(programme.consent_months),
        programme=programme.name,
        own_words=programme.consent_wording,
    )
    return wording_of(terms, language_for(client))


def _enrol(
    seat: Any, client: Client, programme: Programme, form: EnrolForm, fields: ConsentFields, usable: Consent | None
) -> Case:
    """The consent and the enrolment, or neither."""
    with transaction.atomic():
        if form.wants_new_consent or usable is None:
            consent = record_consent(client=client, new=fields.new_consent(programme=programme), by=seat)
        else:
            consent = usable
        return verbs.enrol(
            client=client,
            programme=programme,
            consent=consent,
            opened_on=form.cleaned_data["opened_on"],
            expectations=form.cleaned_data["expectations"],
            profession=form.cleaned_data["profession"],
            by=seat,
        )


@require_GET
def case(request: Any, pk: UUID) -> HttpResponse:
    shown = case_for(request, pk, Permission.CLIENT_VIEW)
    return case_page(request, shown)


def case_page(request: Any, shown: Case, status: int = 200, **forms: Any) -> HttpResponse:
    """The case with its team, its end and what came before; `forms` holds one that was not valid."""
    team = list(shown.team.select_related("colleague").order_by("started_at", "id"))
    may_edit = request.seat.can(Permission.CLIENT_EDIT)
    context = {
        "client": shown.client,
        "case": shown,
        "team": [member for member in team if member.ended_at is None],
        "former": [member for member in team if member.ended_at is not None],
        "exit": getattr(shown, "exit", None),
        "others": shown.client.cases.exclude(pk=shown.pk).select_related("programme", "exit").order_by("-opened_on"),
        "may_edit": may_edit,
        "may_reopen": may_edit and not shown.is_open and verbs.may_reopen(shown),
        "parts": [part.html for part in sections.rendered("case", request, case=shown)],
    }
    if may_edit and shown.is_open:
        context |= {"colleague_form": ColleagueForm(case=shown), "outsider_form": OutsiderForm(prefix="outsider")}
    return render(request, "caseloads/cases_case.html", context | forms, status=status)


@require_POST
def case_leave(request: Any, pk: UUID) -> HttpResponse:
    """One click: nobody is asked why."""
    shown = case_for(request, pk, Permission.CLIENT_EDIT)
    try:
        verbs.leave_case(case=shown, withdraw="withdraw" in request.POST, by=request.seat)
        messages.success(request, _("%(name)s has left. They can come back at any time.") % {"name": shown.client})
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("case", pk)


@require_http_methods(["GET", "POST"])
def case_exit(request: Any, pk: UUID) -> HttpResponse:
    shown = case_for(request, pk, Permission.CLIENT_EDIT)
    if not shown.is_open:
        return redirect("case", pk)
    form = ExitForm(request.POST or None, case=shown)
    if form.is_valid():
        data = form.cleaned_data
        try:
            verbs.close_case(case=shown, kind=data["kind"], on=data["on"], note=data["note"], by=request.seat)
        except Refused as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("Recorded how it ended."))
        return redirect("case", pk)
    return render(request, "caseloads/cases_exit.html", {"client": shown.client, "case": shown, "form": form})


@require_POST
def case_reopen(request: Any, pk: UUID) -> HttpResponse:
    shown = case_for(request, pk, Permission.CLIENT_EDIT)
    try:
        verbs.reopen_case(case=shown, by=request.seat)
        messages.success(request, _("The exit is taken back. The case goes on."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("case", pk)


@require_http_methods(["GET", "POST"])
def follow_up(request: Any, pk: UUID, number: int) -> HttpResponse:
    """What was found so many months after the end of the case."""
    shown = case_for(request, pk, Permission.CLIENT_EDIT)
    found: FollowUp = get_object_or_404(FollowUp.objects.select_related("exit"), exit__case=shown, months=number)
    initial = {"held": found.held, "note": found.note, "on": found.done_on} if found.done_on else {}
    form = FollowUpForm(request.POST or None, earliest=found.exit.on, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        verbs.record_follow_up(follow_up=found, held=data["held"], note=data["note"], on=data["on"], by=request.seat)
        messages.success(request, _("Saved."))
        return redirect("case", pk)
    context = {"client": shown.client, "case": shown, "follow_up": found, "form": form}
    return render(request, "caseloads/cases_follow_up.html", context)
