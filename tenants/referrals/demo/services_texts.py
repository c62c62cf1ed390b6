"""What the demo's organisations offer, in their own words. Streets, numbers and offers are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from network_registry.directory.domain.services import ServiceDetails
from network_registry.directory.enums import Answer, Urgency
from network_registry.exchange.enums import Service as Need


@dataclass(frozen=True)
class DemoPlace:
    """`closed`: in so many days from now, for so many days, and why."""

    name: str
    place: str
    address: str
    postal_code: str
    province: str
    phone: str
    accessibility: tuple[str, ...] = ()
    closed: tuple[int, int, str] | None = None


@dataclass(frozen=True)
class DemoOffer:
    """`place` is the number of the place; `days` are hours from Monday on, the last one for all that follow."""

    place: int
    days: tuple[str, ...]
    free: int | None
    weeks: int | None
    confirmed: int | None  # days ago


@dataclass(frozen=True)
class DemoService:
    details: ServiceDetails
    offers: tuple[DemoOffer, ...]


@dataclass(frozen=True)
class DemoQuestion:
    """`service` as its own organisation calls it."""

    asker: str
    by: str
    service: str
    urgency: Urgency
    people: int
    answer: Answer | None = None
    weeks: int | None = None
    answered_by: str = ""


def _service(
    need: Need, languages: str, names: dict[str, str], description: str, own: str, **more: object
) -> ServiceDetails:
    values = {"descriptions": {own: description}, "languages": tuple(languages.split()), **more}
    return ServiceDetails(names=names, need=need, **values)  # type: ignore[arg-type]


WORKDAYS: Final = ("8-16",) * 5 + ("",)
SHORT: Final = ("8-16",) * 4 + ("8-13", "")
IRAN: Final = ("۸-۱۴", "۸-۱۴", "۸-۱۴", "", "", "۸-۱۴", "۸-۱۴")  # Monday to Sunday: Thursday and Friday are free

PLACES: Final[Mapping[str, tuple[str, tuple[DemoPlace, ...]]]] = {
    "mentors": (
        "MK",
        (
            DemoPlace(
                "Qendra Ura",
                "Tetovë",
                "Rruga e Dëshmorëve 12",
                "1200",
                "Polog",
                "+389 44 000 100",
                ("wheelchair", "bus"),
            ),
            DemoPlace(
                "Zyra në komunë", "Gostivar", "Bulevardi i Drinit 3", "1230", "Polog", "+389 42 000 110", ("lift",)
            ),
            DemoPlace("Salla e fshatit", "Vrapçisht", "Te shkolla", "1234", "Polog", "+389 42 000 120"),
        ),
    ),
    "prvikorak": (
        "RS",
        (
            DemoPlace(
                "Centar Prvi korak",
                "Valjevo",
                "Karađorđeva 5",
                "14000",
                "Kolubara",
                "+381 14 000 200",
                ("bus", "children"),
                (12, 3, "Slava"),
            ),
            DemoPlace("Dom kulture", "Lajkovac", "Trg 2", "14224", "Kolubara", "+381 14 000 210"),
        ),
    ),
    "kaimai": (
        "LT",
        (
            DemoPlace(
                "Obelių centras",
                "Obeliai",
                "Vytauto g. 8",
                "42222",
                "Rokiškis",
                "+370 458 00 301",
                ("wheelchair", "toilet"),
            ),
            DemoPlace("Kamajų centras", "Kamajai", "Dariaus ir Girėno g. 1", "42282", "Rokiškis", "+370 458 00 302"),
            DemoPlace(
                "Pandėlio centras", "Pandėlys", "Panemunio g. 4", "42362", "Rokiškis", "+370 458 00 303", ("bus",)
            ),
            DemoPlace("Juodupės centras", "Juodupė", "Tekstilininkų g. 6", "42468", "Rokiškis", "+370 458 00 304"),
            DemoPlace("Kriaunų centras", "Kriaunos", "Liepų g. 2", "42200", "Rokiškis", "+370 458 00 305"),
        ),
    ),
    "pogum": (
        "SI",
        (
            DemoPlace(
                "Hiša Pogum",
                "Slovenj Gradec",
                "Glavni trg 20",
                "2380",
                "Koroška",
                "+386 2 000 400",
                ("wheelchair", "toilet", "hearing"),
            ),
            DemoPlace(
                "Delavnica na Ravnah",
                "Ravne na Koroškem",
                "Koroška cesta 14",
                "2390",
                "Koroška",
                "+386 2 000 410",
                ("bus",),
            ),
        ),
    ),
    "peyvand": (
        "IR",
        (
            DemoPlace(
                "دفتر مرکزی پیوند",
                "مشهد",
                "خیابان احمدآباد ۴۲",
                "91735",
                "خراسان رضوی",
                "+98 51 0000 500",
                ("wheelchair", "lift"),
            ),
            DemoPlace("کارگاه نیشابور", "نیشابور", "بلوار امام ۷", "93146", "خراسان رضوی", "+98 51 0000 510"),
            DemoPlace("مرکز سبزوار", "سبزوار", "خیابان بیهق ۱۵", "96137", "خراسان رضوی", "+98 51 0000 520", ("bus",)),
        ),
    ),
}

SERVICES: Final[Mapping[str, tuple[DemoService, ...]]] = {
    "mentors": (
        DemoService(
            _service(
                Need.MENTORING,
                "sq mk tr",
                {"sq": "Mentor social", "en": "Social mentor"},
                "Një mentor ecën me personin deri në punë dhe tre muajt e parë atje. Takohen një herë në javë.",
                "sq",
                dimension="social",
                eligibility="Kush është pa punë mbi një vit.",
                target_groups=("long_term",),
                application="Me referim; takimi i parë brenda dhjetë ditësh.",
            ),
            (DemoOffer(0, WORKDAYS, 3, 0, 2), DemoOffer(1, ("9-15",) * 5 + ("",), 0, 4, 9)),
        ),
        DemoService(
            _service(
                Need.MOTIVATION,
                "sq",
                {"sq": "Grupi i grave “Hapi”", "en": "Women's group “Step”"},
                "Gjashtë gra takohen të enjteve dhe i japin zemër njëra-tjetrës.",
                "sq",
                dimension="psychological",
                target_groups=("women",),
            ),
            (DemoOffer(2, ("", "", "", "17-19", ""), 2, None, 20),),
        ),
        DemoService(
            _service(
                Need.JOB_SEARCH,
                "sq mk",
                {"sq": "Kërkimi i punës së bashku", "en": "Looking for a job together"},
                "Biografia, telefonata e parë, rruga deri te intervista.",
                "sq",
                dimension="economic",
            ),
            (DemoOffer(0, ("8-12, 13-16",) * 5 + ("",), 5, 0, 2),),
        ),
    ),
    "prvikorak": (
        DemoService(
            _service(
                Need.PRACTICE,
                "sr rom",
                {"sr": "Radna praksa za mlade", "en": "Work practice for young people"},
                "Šest meseci prakse u firmi iz Valjeva, uz pratioca koji dolazi i na radno mesto.",
                "sr",
                dimension="economic",
                minimum_age=16,
                maximum_age=30,
                target_groups=("young", "roma"),
                eligibility="Mladi od 16 do 30 godina, prijavljeni na evidenciju.",
            ),
            (DemoOffer(0, WORKDAYS, 1, 0, 1), DemoOffer(1, ("", "10-14", "", "10-14", ""), 0, 6, 1)),
        ),
        DemoService(
            _service(
                Need.MOTIVATION,
                "sr rom",
                {"sr": "Radionice za samopouzdanje", "en": "Workshops for self-confidence"},
                "Mala grupa, četiri subote, bez tabli i ocena.",
                "sr",
                dimension="psychological",
                target_groups=("young", "roma"),
            ),
            (DemoOffer(0, ("", "", "", "", "", "10-13", ""), 6, 0, 5),),
        ),
    ),
    "kaimai": (
        DemoService(
            _service(
                Need.TRAINING,
                "lt ru",
                {"lt": "Kompiuteris kaime", "en": "Computers in the village"},
                "Kompiuteris, internetas ir žmogus, kuris parodo neskubėdamas.",
                "lt",
                dimension="economic",
                minimum_age=50,
                target_groups=("over_50", "rural"),
            ),
            tuple(
                DemoOffer(place, ("12-19", "12-19", "9-14", "12-19", "9-14", ""), free, weeks, days)
                for place, free, weeks, days in (
                    (0, 4, 0, 3),
                    (1, 2, 0, 3),
                    (2, 0, 3, 3),
                    (3, 6, 0, 3),
                    (4, None, None, None),
                )
            ),
        ),
        DemoService(
            _service(
                Need.COUNSELLING,
                "lt",
                {"lt": "Psichologė atvažiuoja", "en": "The psychologist comes by"},
                "Mobili komanda aplanko namuose arba centre.",
                "lt",
                dimension="psychological",
            ),
            (DemoOffer(0, ("", "10-16", ""), 1, 2, 12),),
        ),
    ),
    "pogum": (
        DemoService(
            _service(
                Need.MOTIVATION,
                "sl en",
                {"sl": "Socialna aktivacija", "en": "Social activation"},
                "Šest mesecev skupine in pogovorov na štiri oči. Vključitev je prostovoljna; šteje vsaka mala zmaga.",
                "sl",
                dimension="social",
                application="Pokličite ali pridite mimo; prvi obisk je brez obveznosti.",
            ),
            (DemoOffer(0, SHORT, 4, 0, 4), DemoOffer(1, SHORT, 2, 0, 4)),
        ),
        DemoService(
            _service(
                Need.SOCIAL_SUPPORT,
                "sl sr bs",
                {"sl": "Spremljanje na urade", "en": "Company to offices"},
                "Z vami gremo na zavod, center za socialno delo ali k zdravniku.",
                "sl",
                dimension="social",
                target_groups=("refugees",),
            ),
            (DemoOffer(0, ("8-12",) * 5 + ("",), 0, 2, 45),),
        ),
        DemoService(
            _service(
                Need.PRACTICE,
                "sl",
                {"sl": "Delavnica z lesom", "en": "Woodwork shop"},
                "Tri dopoldneve na teden v delavnici, z mojstrom, ki ima čas.",
                "sl",
                dimension="economic",
            ),
            (DemoOffer(1, ("8-12", "", "8-12", "", "8-12", ""), 3, 0, 4),),
        ),
    ),
    "peyvand": (
        DemoService(
            _service(
                Need.SELF_EMPLOYMENT,
                "fa",
                {"fa": "راه‌اندازی کسب‌وکار خانگی", "en": "Starting a business at home"},
                "از ایده تا وام اشتغال: طرح، بازار، و همراهی در شش ماه نخست.",
                "fa",
                dimension="economic",
                eligibility="سرپرستان خانوار و جویندگان کار زیر پوشش.",
            ),
            (DemoOffer(0, IRAN, 5, 0, 1), DemoOffer(2, IRAN, 0, 8, 6)),
        ),
        DemoService(
            _service(
                Need.PRACTICE,
                "fa",
                {"fa": "استاد و شاگردی", "en": "Master and apprentice"},
                "سه تا شش ماه کنار استادکار، تا شاگرد خودش کار را بگرداند.",
                "fa",
                dimension="economic",
                minimum_age=18,
            ),
            (DemoOffer(1, IRAN, 2, 0, 1),),
        ),
        DemoService(
            _service(
                Need.MOTIVATION,
                "fa ku",
                {"fa": "کارگاه خودباوری", "en": "Workshop for self-belief"},
                "گروه‌های کوچک؛ هر جلسه یک تمرین برای زندگی روزانه.",
                "fa",
                dimension="psychological",
            ),
            (DemoOffer(0, ("", "۱۰-۱۲", "", "", "", "۱۰-۱۲", ""), 8, 0, 1),),
        ),
    ),
}

QUESTIONS: Final = (
    DemoQuestion("prvikorak", "marko", "Mentor social", Urgency.HIGH, 1, Answer.YES, None, "blerim"),
    DemoQuestion("mentors", "blerim", "Radna praksa za mlade", Urgency.NORMAL, 2, Answer.WAIT, 6, "milica"),
    DemoQuestion("mentors", "dafina", "Delavnica z lesom", Urgency.LOW, 1),
    DemoQuestion("kaimai", "tomas", "Socialna aktivacija", Urgency.NORMAL, 1),
    DemoQuestion("jobservice", "saman", "استاد و شاگردی", Urgency.NORMAL, 3),
)
