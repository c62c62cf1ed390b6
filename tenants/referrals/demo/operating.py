"""An organisation that has another name in its address now, one request for it that waits, and two incidents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from halka.authorization.roles import Permission, Seat
from halka.common.addresses import workspace_host
from network_registry.membership.domain import changes
from network_registry.status.domain.incidents import NewIncident, open_incident, write_on
from network_registry.status.enums import Gravity, Part
from network_registry.status.models import Incident
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

Seats = Callable[[], Mapping[str, Seat]]
# Short name -> the name that its manager asks for, why, and whether the secretariat has said yes.
ASKED: Final = {
    "zingsnis": ("vienaszingsnis", "Visi mus vadina „Vienas žingsnis“, ir žmonės mūsų ieško šiuo vardu.", True),
    "pogum": ("pogumdoma", "Pod tem imenom nas poznajo v občini.", False),
}
OVER: Final = NewIncident(
    part=Part.WEBHOOKS,
    gravity=Gravity.SLOW,
    titles={
        "en": "Webhooks arrive late",
        "sq": "Webhook-et mbërrijnë me vonesë",
        "sr": "Vebhukovi kasne",
        "lt": "Žiniakabliai vėluoja",
        "sl": "Spletni kavlji zamujajo",
        "fa": "وب‌هوک‌ها دیر می‌رسند",
    },
    texts={
        "en": "Messages to other software wait for some minutes. None is lost; the event feed is up to date.",
        "fa": "پیام‌ها به نرم‌افزارهای دیگر چند دقیقه معطل می‌مانند. هیچ‌کدام گم نمی‌شود.",
    },
)
ENDED: Final = {"en": "All that waited has been delivered.", "fa": "هرچه منتظر بود رسید."}
ANNOUNCED: Final = NewIncident(
    part=Part.PAGES,
    gravity=Gravity.NOTICE,
    titles={
        "en": "A new version on Sunday evening",
        "sq": "Version i ri të dielën në mbrëmje",
        "sr": "Nova verzija u nedelju uveče",
        "lt": "Nauja versija sekmadienio vakarą",
        "sl": "Nova različica v nedeljo zvečer",
        "fa": "نسخهٔ تازه، یکشنبه شب",
    },
    texts={
        "en": "Pages may pause for a minute after nine in the evening. What you are writing is kept.",
        "fa": "پس از ساعت نه شب شاید صفحه‌ها یک دقیقه باز نشوند. آنچه می‌نویسید نگه داشته می‌شود.",
    },
)


@dataclass(frozen=True)
class Place:
    """Where an organisation of the demo answers, as far as the data say: printed also where nothing is loaded."""

    short_name: str

    @property
    def host(self) -> str:
        subdomain, _why, is_granted = ASKED.get(self.short_name, ("", "", False))
        return workspace_host(subdomain if is_granted else self.short_name)


def load(secretariat: Organisation, seats: Seats) -> None:
    """`seats` gives the people, by handle, of the organisation that it is called in."""
    for short_name, (subdomain, why, is_granted) in ASKED.items():
        organisation = Organisation.objects.filter(schema_name=short_name).first()
        if organisation is None:
            continue
        with inside(organisation.ref()):
            managers = [seat for seat in seats().values() if seat.can(Permission.ORGANISATION_MANAGE)]
            asked = changes.ask_address(subdomain=subdomain, reason=why, by=managers[0])
        if is_granted:
            with inside(secretariat.ref()):
                changes.decide(request=asked.pk, is_granted=True, answer="", by=seats()["ada"])
    with inside(secretariat.ref()):
        ada = seats()["ada"]
        over = open_incident(incident=OVER, by=ada)
        write_on(incident=over.pk, texts=ENDED, gravity=Gravity.SLOW, is_over=True, seen_version=1, by=ada)
        open_incident(incident=ANNOUNCED, by=ada)


def remove() -> None:
    """The demo's incidents; what was asked goes with the organisations."""
    Incident.objects.filter(titles__in=[OVER.titles, ANNOUNCED.titles]).delete()
