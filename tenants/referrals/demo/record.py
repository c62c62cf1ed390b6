"""What people of the demo did before: their work and learning, and what one organisation calls things."""

from __future__ import annotations

from collections.abc import Mapping

from halka.authorization.roles import Seat
from tenants.caseloads.domain.experiences import ExperienceDetails, add_experience
from tenants.caseloads.domain.vulnerabilities import WantedLine, change_list, lines, mark_of
from tenants.caseloads.models import Client

# Organisation -> family name -> (kind, title, where, from, until); no year of the end: it goes on.
EXPERIENCES: Mapping[str, Mapping[str, tuple[tuple[str, str, str, int, int | None], ...]]] = {
    "mentors": {
        "Çelaj": (
            ("job", "Qepëse", "Fabrika “Tekstil Teteks”", 2012, 2024),
            ("unpaid", "Kujdes për nënën", "Në shtëpi", 2024, None),
            ("training", "Kurs i modelimit", "Qendra e Tetovës", 2025, 2025),
        ),
        "Xhaferi": (
            ("job", "Automekanik", "Servisi “Rruga”", 1994, 2016),
            ("practice", "Provë dy javë", "Servisi “Te Ura”", 2026, None),
        ),
        "Limani": (("job", "Kamariere", "Mynih", 2011, 2019), ("education", "Turizëm", "Universiteti", 2005, 2009)),
    },
    "prvikorak": {
        "Šainović": (
            ("education", "Vodoinstalater", "Tehnička škola Valjevo", 2019, 2022),
            ("unpaid", "Popravke po komšiluku", "", 2022, None),
        ),
    },
    "kaimai": {
        "Čepienė": (("unpaid", "Motinos slauga", "Namuose", 2018, None), ("job", "Mezgėja", "“Rūta”", 1986, 1999)),
    },
    "pogum": {
        "Moroz": (
            ("job", "Učiteljica matematike", "Gimnazija v Harkovu", 2004, 2022),
            ("unpaid", "Pomoč v knjižnici", "Mestna knjižnica", 2024, None),
        ),
    },
    "peyvand": {
        "احمدی‌فر": (
            ("training", "خیاطی نزد استادکار", "کارگاه نگین", 2023, 2024),
            ("self_employed", "دوخت سفارشی در خانه", "", 2024, None),
        ),
        "ژیان": (("job", "جوشکار", "کارگاه توس", 2010, 2019),),
    },
}
# Organisation -> what it calls one of the usual lines, what it does not use, and what it added.
LISTS: Mapping[str, tuple[tuple[str, str], tuple[str, ...], str]] = {
    "mentors": (
        ("returnee", "U kthye nga mërgimi"),
        ("refugee", "remote"),
        "Banesë e përbashkët, pa vend për të mësuar",
    ),
    "peyvand": (("poverty", "خانوادهٔ بی‌درآمد پایدار"), ("refugee", "returnee"), "سرپرست خانوار است"),
}


def fill(short_name: str, seats: Mapping[str, Seat]) -> None:
    by_id = {seat.membership_id: seat for seat in seats.values()}
    for family_name, rows in EXPERIENCES.get(short_name, {}).items():
        client = Client.objects.get(family_name=family_name)
        for kind, title, at, start, end in rows:
            details = ExperienceDetails(kind, title, at, start, end, is_current=end is None)
            add_experience(client=client, details=details, by=by_id[client.assigned_to_id])
    if short_name in LISTS:
        _own_list(*LISTS[short_name], by=next(iter(seats.values())))


def _own_list(renamed: tuple[str, str], hidden: tuple[str, ...], added: str, *, by: Seat) -> None:
    key, name = renamed
    wanted = [WantedLine(line.key, name if line.key == key else "", line.key not in hidden) for line in lines()]
    change_list(wanted=wanted, add=added, seen_mark=mark_of(lines()), by=by)
