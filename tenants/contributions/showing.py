"""The check as people read it: the same words once, with every sentence that they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from knowledge_base.pieces import page_field
from tenants.contributions.domain.checking import check
from tenants.contributions.domain.identifying import Finding
from tenants.contributions.enums import WHY, FindingKind
from tenants.contributions.forms import DecideForm
from tenants.contributions.models import Contribution
from tenants.contributions.steps import step_of


@dataclass(frozen=True)
class Place:
    """A sentence with the words in it, and the page of the form that it was written on."""

    finding: Finding
    label: Any
    step: str


@dataclass(frozen=True)
class Group:
    """The same words wherever they stand."""

    key: str
    kind: FindingKind
    words: str
    why: Any
    places: list[Place]
    form: DecideForm


@dataclass(frozen=True)
class Decided:
    words: str
    reason: str
    name: str


def checked_for(contribution: Contribution, sent: DecideForm | None = None) -> dict[str, Any]:
    """For the page of the check; `sent` is what was typed and refused."""
    checked = check(contribution)
    missing = [
        (page_field(contribution.kind, name).verbose_name, step_of(contribution.kind, name)) for name in checked.missing
    ]
    closed = [finding for finding in checked.findings if finding.key in contribution.decisions]
    return {
        "checked": checked,
        "groups": _groups(contribution, checked.open, sent),
        "missing": missing,
        "decided": list(dict.fromkeys(_decided(contribution, finding) for finding in closed)),
    }


def _groups(contribution: Contribution, findings: Iterable[Finding], sent: DecideForm | None) -> list[Group]:
    gathered: dict[str, list[Finding]] = {}
    for finding in findings:
        gathered.setdefault(finding.group, []).append(finding)
    return [_group(contribution, key, found, sent) for key, found in gathered.items()]


def _group(contribution: Contribution, key: str, findings: list[Finding], sent: DecideForm | None) -> Group:
    places = [
        Place(
            finding,
            page_field(contribution.kind, finding.field).verbose_name,
            step_of(contribution.kind, finding.field),
        )
        for finding in findings
    ]
    is_sent = sent is not None and sent.is_bound and sent.data.get("group") == key
    form = sent if is_sent else DecideForm(initial={"group": key}, auto_id=f"id_%s_{key}")
    assert form is not None
    first = findings[0]
    return Group(key, first.kind, first.words, WHY[first.kind], places, form)


def _decided(contribution: Contribution, finding: Finding) -> Decided:
    said = contribution.decisions[finding.key]
    return Decided(finding.words, said["reason"], said["name"])
