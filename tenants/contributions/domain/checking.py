"""The check of one text: the same for whoever writes, whoever releases, and what leaves."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from knowledge_base.pieces import missing_in, texts_of
from tenants.contributions.domain.identifying import Finding, findings_in, undecided
from tenants.contributions.enums import State
from tenants.contributions.errors import NotNow
from tenants.contributions.models import Contribution


@dataclass(frozen=True)
class Checked:
    """`open`: what nobody has decided about. `missing`: fields that are empty and must not be."""

    findings: list[Finding]
    open: list[Finding]
    missing: list[str]

    @property
    def is_ready(self) -> bool:
        return not self.open and not self.missing


def check(contribution: Contribution) -> Checked:
    texts = texts_of(contribution.kind, contribution.values)
    here = required_organisation()
    names = {*here.names.values(), here.short_name} if contribution.as_member else set()
    findings = findings_in(texts, hidden_names=tuple(sorted(names, key=len, reverse=True)))
    missing = missing_in(contribution.kind, contribution.values)
    return Checked(findings, undecided(findings, contribution.decisions), missing)


def decide_about(*, contribution: Contribution, group: str, reason: str, by: Seat) -> int:
    """These words are not about a person, wherever they stand now; how many places. Raises NotNow."""
    with transaction.atomic():
        saved = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if saved.state not in (State.WRITING, State.OFFERED):
            raise NotNow
        keys = [finding.key for finding in check(saved).open if finding.group == group]
        for key in keys:
            saved.decisions[key] = {"reason": reason, "name": by.name, "at": timezone.now().isoformat()}
        saved.save(update_fields=["decisions"])
        record(action="contribution.decided", on=saved, detail={"count": len(keys)}, by=by)
    return len(keys)
