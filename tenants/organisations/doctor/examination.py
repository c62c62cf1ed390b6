"""Examines the network and every organisation in it, some at a time, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from django.db import DatabaseError

from tenants.organisations.doctor import addresses, belongings, leftovers, roles
from tenants.organisations.doctor.findings import Check, Finding, Level, error, registered
from tenants.organisations.doctor.schemas import Schemas
from tenants.organisations.enums import State
from tenants.organisations.isolation import as_owner
from tenants.organisations.models import Organisation

AT_ONCE: Final = 50
NETWORK: Final = ""  # stands where a short name does
ON_DEMAND: Final = "answers"  # goes out to the network, so it is asked for by name
BELONGINGS: Final[dict[str, Check]] = {
    "key": belongings.keys,
    "host": belongings.hosts,
    "address": addresses.subdomains,
    "domain": addresses.domains,
    "audit": belongings.audit,
    ON_DEMAND: belongings.answers,
}


@dataclass(frozen=True)
class Report:
    """What was found of one organisation, or of the network (`short_name` is empty), and what of it is mended."""

    short_name: str
    findings: tuple[Finding, ...]
    mended: tuple[Finding, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nothing is left that is worse than a warning."""
        return all(finding.level != Level.ERROR or finding in self.mended for finding in self.findings)


def check_names() -> list[str]:
    return ["schema", "role", *BELONGINGS, *registered()]


def examine(*, only: str = "", checks: Collection[str] = (), mend: bool = False) -> Iterator[Report]:
    """The network first, then each organisation that is not closed; `only` one of them, or only these `checks`.

    With `mend`, what can be repaired without asking is.
    """
    if not only and not checks:
        yield _mended(Report(NETWORK, _asked("network", _of_network)), mend)
    organisations = Organisation.objects.exclude(state=State.CLOSED).order_by("schema_name")
    if only:
        organisations = organisations.filter(schema_name=only)
    after = ""
    while some := list(organisations.filter(schema_name__gt=after)[:AT_ONCE]):
        after = some[-1].schema_name
        for report in _examine_some(some, checks):
            yield _mended(report, mend)


def _of_network() -> Iterator[Finding]:
    with as_owner():
        yield from roles.of_shared_tables()
        yield from leftovers.of_database()
    yield from leftovers.of_files()


def _examine_some(organisations: list[Organisation], wanted: Collection[str]) -> Iterator[Report]:
    """What the catalogue says is asked for all of them at once, the rest one by one."""
    found: dict[str, list[Finding]] = {organisation.schema_name: [] for organisation in organisations}
    with as_owner():
        facts: dict[str, Check] = {"schema": Schemas(organisations).check, "role": roles.Roles(organisations).check}
        for organisation in organisations:
            for name, check in facts.items():
                if not wanted or name in wanted:
                    found[organisation.schema_name] += _asked(name, partial(check, organisation))
    for organisation in organisations:
        for name, check in {**BELONGINGS, **registered()}.items():
            if name in wanted or (not wanted and name != ON_DEMAND):
                found[organisation.schema_name] += _asked(name, partial(check, organisation))
        yield Report(organisation.schema_name, tuple(found[organisation.schema_name]))


def _asked(name: str, check: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
    """A check that fails is a finding: the others go on."""
    try:
        return tuple(replace(finding, check=name) for finding in check())
    except (DatabaseError, OSError, ValueError) as fault:
        what = f"It could not be examined: {_words(fault)}"
        return (replace(error(what, "Mend what else is wrong first, then run it again."), check=name),)


def _mended(report: Report, mend: bool) -> Report:
    """Each way of repairing once, whatever number of findings it is for."""
    if not mend:
        return report
    mended: list[Finding] = []
    findings: list[Finding] = []
    done: dict[str, str] = {}
    for finding in report.findings:
        if finding.repair is None:
            findings.append(finding)
            continue
        fault = done.get(finding.check)
        if fault is None:
            fault = done[finding.check] = _repaired(finding.repair)
        findings.append(replace(finding, mend=f"It could not be mended: {fault}") if fault else finding)
        if not fault:
            mended.append(finding)
    return replace(report, findings=tuple(findings), mended=tuple(mended))


def _repaired(repair: Callable[[], None]) -> str:
    """What stood in the way; empty where it is mended."""
    try:
        repair()
    except (DatabaseError, OSError) as fault:
        return _words(fault)
    return ""


def _words(fault: Exception) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]
