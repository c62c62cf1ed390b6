"""Recording what was rated, and what was recognised in a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import Refused
from tenants.caseloads.domain.scales import kept
from tenants.caseloads.enums.assessments import FindingKind, Rater, ScaleState
from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.models import Assessment, Case, Client, Finding, Scale
from tenants.caseloads.scales.items import as_item


def record_assessment(
    *,
    client: Client,
    scale: Scale,
    rater: str,
    answers: Mapping[str, int],
    on: date,
    note: str = "",
    case: Case | None = None,
    by: Seat,
) -> Assessment:
    """Keeps the answers, by the key of each item; what was not answered is left out. Never changed afterwards.

    `rater` is a value of Rater: whose view it is, whoever holds the device. Raises Refused.
    """
    _check(client, scale, rater, answers, on, case)
    with transaction.atomic():
        assessment = Assessment.objects.create(
            client=client,
            case=case,
            scale=kept(scale),
            rater=rater,
            answers=dict(answers),
            on=on,
            note=note,
            recorded_by_id=by.membership_id,
        )
        record(action="assessment.recorded", on=assessment, detail={"rater": rater}, by=by)
    return assessment


def _check(client: Client, scale: Scale, rater: str, answers: Mapping[str, int], on: date, case: Case | None) -> None:
    if scale.state == ScaleState.DRAFT:
        raise Refused(_("This scale is not in use yet."))
    if rater not in Rater.values:
        raise Refused(_("Say who rated."))
    if not answers:
        raise Refused(_("Answer at least one question."))
    items = {item.key: item for item in map(as_item, scale.items)}
    for key, answer in answers.items():
        if key not in items:
            raise Refused(_("This scale has no such question."))
        if type(answer) is not int or answer not in items[key].answers:
            raise Refused(_("This question has no such answer."))
    if on > timezone.localdate():
        raise Refused(_("This day has not come yet."))
    if case is not None and case.client_id != client.pk:
        raise Refused(_("This is somebody else's case."))


def add_finding(*, client: Client, kind: str, text: str, dimension: str = "", on: date, by: Seat) -> Finding:
    """A need, capability, strength or interest. Raises Refused."""
    if kind not in FindingKind.values or dimension not in ("", *Dimension.values):
        raise Refused(_("Choose what it is."))
    if not text.strip():
        raise Refused(_("Say it in a few words."))
    with transaction.atomic():
        finding = Finding.objects.create(
            client=client, kind=kind, text=text.strip(), dimension=dimension, noted_on=on, noted_by_id=by.membership_id
        )
        record(action="finding.added", on=finding, detail={"finding": kind}, by=by)
    return finding


def end_finding(*, finding: Finding, on: date, by: Seat) -> Finding:
    """It no longer holds; that it once did stays on record. One that has ended already keeps its day."""
    with transaction.atomic():
        saved = Finding.objects.select_for_update().get(pk=finding.pk)
        if saved.ended_on is None:
            saved.ended_on = max(on, saved.noted_on)
            saved.save(update_fields=["ended_on"])
            record(action="finding.ended", on=saved, detail={"finding": saved.kind}, by=by)
    return saved
