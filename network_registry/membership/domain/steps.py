"""The secretariat's list of what is looked at before a licence, and the framework that members agree to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from halka.common.errors import EditedMeanwhile
from network_registry.membership.errors import CannotMoveApplication
from network_registry.membership.models import FrameworkVersion, LicensingStep
from tenants.organisations.enums import Kind

# What a network usually looks at: a list to begin with.
USUAL: Final = (
    (gettext_lazy("The registration is confirmed"), gettext_lazy("Compare the number with the public register.")),
    (gettext_lazy("The founding board is known"), gettext_lazy("Names and offices, with a telephone number of one.")),
    (gettext_lazy("The statutes were read"), gettext_lazy("The purpose is employment, or help on the way to it.")),
    (gettext_lazy("A talk with the first manager"), gettext_lazy("Who will work here, and with whom.")),
    (gettext_lazy("Somebody answers for data protection"), gettext_lazy("Who it is, and where files are kept.")),
)


@dataclass(frozen=True)
class StepDetails:
    names: dict[str, str]
    hints: dict[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    is_required: bool = True
    is_used: bool = True
    order: int = 1

    def values(self) -> dict[str, Any]:
        return {**asdict(self), "kinds": list(self.kinds)}


def _check_is_secretariat(by: Seat) -> None:
    if required_organisation().kind != Kind.SECRETARIAT or not by.can(Permission.NETWORK_MANAGE):
        raise CannotMoveApplication(_("Only the network's secretariat does this."))


def add_step(*, details: StepDetails, by: Seat) -> LicensingStep:
    """Raises CannotMoveApplication."""
    _check_is_secretariat(by)
    with transaction.atomic():
        step = LicensingStep.objects.create(**details.values())
        record(action="licensing_step.added", on=step, by=by)
    return step


def change_step(*, step: UUID, details: StepDetails, seen_version: int, by: Seat) -> LicensingStep:
    """Raises CannotMoveApplication, EditedMeanwhile."""
    _check_is_secretariat(by)
    with transaction.atomic():
        found = LicensingStep.objects.select_for_update().get(pk=step)
        if found.version != seen_version:
            raise EditedMeanwhile(_("Somebody else has changed this since you opened the page."))
        changed = [name for name, value in details.values().items() if getattr(found, name) != value]
        for name in changed:
            setattr(found, name, getattr(details, name))
        found.kinds = list(details.kinds)
        found.version += 1
        found.save(update_fields=[*changed, "version"])
        record(action="licensing_step.changed", on=found, detail={"fields": changed}, by=by)
    return found


def add_usual_steps(*, languages: Mapping[str, str] | list[str], by: Seat) -> int:
    """The usual list in all these languages, after what is there; how many."""
    with transaction.atomic():
        last = LicensingStep.objects.aggregate(last=Max("order"))["last"] or 0
        for number, (name, hint) in enumerate(USUAL, last + 1):
            names, hints = {}, {}
            for language in languages:
                with translation.override(language):
                    names[language], hints[language] = str(name), str(hint)
            add_step(details=StepDetails(names, hints, order=number), by=by)
    return len(USUAL)


def publish_framework(*, texts: dict[str, str], by: Seat) -> FrameworkVersion:
    """The next version: who agrees from now on agrees to it, who did keeps what they signed. Raises
    CannotMoveApplication."""
    _check_is_secretariat(by)
    with transaction.atomic():
        last = FrameworkVersion.objects.aggregate(last=Max("number"))["last"] or 0
        made = FrameworkVersion.objects.create(number=last + 1, texts=texts, published_by_name=by.name)
        record(action="framework.published", on=made, detail={"number": made.number}, by=by)
    return made
