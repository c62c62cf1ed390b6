"""Making scales, putting them to use, taking them out of use. What was published never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.calendars import localise_digits
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.identifiers import uuid7
from tenants.caseloads.enums.assessments import ScaleState
from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.models import Scale
from tenants.caseloads.scales import network
from tenants.caseloads.scales.items import FEWEST, MAXIMUM, MOST, Item, stored
from tenants.caseloads.scales.words import items_of, name_of


def scales_in_use() -> list[Scale]:
    """What can be rated on, the network's scales first. One query."""
    kept = list(Scale.objects.exclude(state=ScaleState.DRAFT).order_by("name", "id"))
    states = {scale.pk: scale.state for scale in kept}
    networks = [
        _networks(scale) for scale in network.SCALES if states.get(scale.pk, ScaleState.PUBLISHED) != ScaleState.RETIRED
    ]
    own = [scale for scale in kept if scale.state == ScaleState.PUBLISHED and not network.is_networks(scale)]
    return [*networks, *own]


def scale_with(pk: UUID) -> Scale:
    """A kept scale, or one of the network's that is not kept yet. Raises Scale.DoesNotExist."""
    kept = Scale.objects.filter(pk=pk).first()
    if kept is not None:
        return kept
    if pk in network.BY_PK:
        return _networks(network.BY_PK[pk])
    raise Scale.DoesNotExist


def all_scales() -> list[Scale]:
    """The network's, then the organisation's own by name and version, the newest first. One query."""
    kept = list(Scale.objects.order_by("name", "family", "-number"))
    by_pk = {scale.pk: scale for scale in kept}
    networks = [by_pk.get(scale.pk) or _networks(scale) for scale in network.SCALES]
    return [*networks, *(scale for scale in kept if not network.is_networks(scale))]


def kept(scale: Scale) -> Scale:
    """The scale as a row of the organisation: one of the network's is kept when it is first needed."""
    if not scale._state.adding:
        return scale
    with transaction.atomic():
        values = {field.name: getattr(scale, field.name) for field in Scale._meta.concrete_fields}
        found, is_new = Scale.objects.get_or_create(
            pk=values.pop("id"), defaults={**values, "state": ScaleState.RETIRED}
        )
        if is_new:
            Scale.objects.filter(family=scale.family, state=ScaleState.PUBLISHED).update(state=ScaleState.RETIRED)
            found.state = scale.state
            found.save(update_fields=["state"])
    return found


def new_scale(*, name: str, description: str = "", items: Sequence[Item] = (), standard: str = "", by: Seat) -> Scale:
    """A draft of a scale of one's own."""
    with transaction.atomic():
        scale = Scale(family=uuid7(), name=name, description=description, standard=standard)
        _write(scale, items, by)
        scale.save(force_insert=True)
        record(action="scale.added", on=scale, by=by)
    return scale


def scale_from(*, scale: Scale, name: str, by: Seat) -> Scale:
    """A draft of one's own that begins with the items of another scale, in the language that is active."""
    standard = scale.standard
    return new_scale(name=name or name_of(scale), items=items_of(scale), standard=standard, by=by)


def change_draft(
    *, scale: Scale, name: str, description: str, items: Sequence[Item], seen_version: int, by: Seat
) -> Scale:
    """Writes a draft anew. Items without a key are new ones. Raises EditedMeanwhile, Refused for what is published."""
    with transaction.atomic():
        saved = _locked(scale, seen_version)
        if saved.state != ScaleState.DRAFT:
            raise Refused(_("This scale is in use: change it by making its next version."))
        saved.name, saved.description = name, description
        _write(saved, items, by)
        saved.version += 1
        saved.save(force_update=True)
        record(action="scale.changed", on=saved, by=by)
    return saved


def publish(*, scale: Scale, seen_version: int, by: Seat) -> Scale:
    """Puts a draft to use in place of the version before it. Raises EditedMeanwhile, Refused."""
    with transaction.atomic():
        saved = _locked(scale, seen_version)
        if saved.state != ScaleState.DRAFT:
            raise Refused(_("This version is in use already."))
        _check(items_of(saved))
        Scale.objects.filter(family=saved.family, state=ScaleState.PUBLISHED).update(state=ScaleState.RETIRED)
        saved.state, saved.published_at = ScaleState.PUBLISHED, timezone.now()
        _touch(saved, by)
        record(action="scale.published", on=saved, by=by)
    return saved


def next_version(*, scale: Scale, by: Seat) -> Scale:
    """The draft of the next version; where somebody has begun one, that one."""
    with transaction.atomic():
        versions = Scale.objects.select_for_update().filter(family=scale.family)
        draft = versions.filter(state=ScaleState.DRAFT).first()
        if draft is not None:
            return draft
        if network.is_networks(scale):
            raise Refused(_("The network's scales stay as they are. Make one of your own from it."))
        number = versions.aggregate(last=Max("number"))["last"] + 1
        draft = Scale(
            family=scale.family,
            number=number,
            name=scale.name,
            description=scale.description,
            standard=scale.standard,
        )
        _write(draft, items_of(scale), by)
        draft.save(force_insert=True)
        record(action="scale.added", on=draft, by=by)
    return draft


def retire(*, scale: Scale, by: Seat) -> Scale:
    """Takes a scale out of use. What was answered on it stays."""
    with transaction.atomic():
        saved = Scale.objects.select_for_update().get(pk=kept(scale).pk)
        if saved.state == ScaleState.PUBLISHED:
            saved.state = ScaleState.RETIRED
            _touch(saved, by)
            record(action="scale.retired", on=saved, by=by)
    return saved


def use_again(*, scale: Scale, by: Seat) -> Scale:
    """Puts a version back to use, in place of the one that is."""
    with transaction.atomic():
        saved = Scale.objects.select_for_update().get(pk=kept(scale).pk)
        if saved.state == ScaleState.RETIRED:
            Scale.objects.filter(family=saved.family, state=ScaleState.PUBLISHED).update(state=ScaleState.RETIRED)
            saved.state = ScaleState.PUBLISHED
            _touch(saved, by)
            record(action="scale.published", on=saved, by=by)
    return saved


def discard_draft(*, scale: Scale, by: Seat) -> None:
    """Removes a draft that nobody can have answered. Anything else stays."""
    with transaction.atomic():
        saved = Scale.objects.select_for_update().get(pk=kept(scale).pk)
        if saved.state == ScaleState.DRAFT:
            record(action="scale.discarded", on=saved, by=by)
            saved.delete()


def faults_of(items: Sequence[Item]) -> list[tuple[int | None, str, str]]:
    """(index of the item, name of its field, message) of what keeps a scale from being used."""
    if not items:
        return [(None, "", _("Add at least one question."))]
    faults: list[tuple[int | None, str, str]] = []
    if len(items) > MAXIMUM:
        faults.append(
            (None, "", _("At most %(number)s questions make one scale.") % {"number": localise_digits(MAXIMUM)})
        )
    mapped: set[str] = set()
    for index, item in enumerate(items):
        faults += [(index, name, message) for name, message in _faults_of(item)]
        if item.network and item.network in mapped:
            faults.append((index, "network", _("Another question stands for this one already.")))
        mapped.add(item.network)
    return faults


def _faults_of(item: Item) -> list[tuple[str, str]]:
    faults = []
    if not item.text:
        faults.append(("text", _("Write the question.")))
    if not item.low:
        faults.append(("low", _("Say what the first answer means.")))
    if not item.high:
        faults.append(("high", _("Say what the last answer means.")))
    if not FEWEST <= item.steps <= MOST:
        numbers = {"fewest": localise_digits(FEWEST), "most": localise_digits(MOST)}
        faults.append(("steps", _("Between %(fewest)s and %(most)s answers.") % numbers))
    if item.dimension not in Dimension.values:
        faults.append(("dimension", _("Choose a side of life.")))
    if item.network:
        known = network.ITEMS.get(item.network)
        if known is None:
            faults.append(("network", _("The network has no such question.")))
        elif item.dimension != known.dimension:
            side = {"side": known.dimension.label}
            faults.append(("network", _("In the network this belongs to another side: %(side)s.") % side))
    return faults


def _check(items: Sequence[Item]) -> None:
    faults = faults_of(items)
    if faults:
        raise Refused(faults[0][2])


def _networks(scale: network.NetworkScale) -> Scale:
    with override("en"):
        return Scale(
            pk=scale.pk,
            family=scale.family,
            number=scale.number,
            name=str(scale.name),
            description=str(scale.description),
            items=[stored(item.in_english()) for item in scale.items],
            standard=scale.key,
            state=ScaleState.PUBLISHED,
            published_at=timezone.now(),
        )


def _write(scale: Scale, items: Sequence[Item], by: Seat) -> None:
    taken = {item.key for item in items}
    scale.items = [stored(item if item.key else replace(item, key=_new_key(taken))) for item in items]
    scale.changed_at, scale.changed_by_id = timezone.now(), by.membership_id


def _new_key(taken: set[str]) -> str:
    key = uuid7().hex[-12:]
    taken.add(key)
    return key


def _touch(scale: Scale, by: Seat) -> None:
    scale.changed_at, scale.changed_by_id = timezone.now(), by.membership_id
    scale.version += 1
    scale.save(force_update=True)


def _locked(scale: Scale, seen_version: int) -> Scale:
    saved = Scale.objects.select_for_update().get(pk=scale.pk)
    if saved.version != seen_version:
        raise EditedMeanwhile(_("Somebody else has changed this scale since you opened it."))
    return saved
