"""What the demo's organisations have learned, in their own languages. Invented, as are the people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from knowledge_base.enums import ReviewState


@dataclass(frozen=True)
class Answer:
    """What a reader says; `on` is a comment by the name of the part."""

    said: str
    answer: ReviewState = ReviewState.APPROVED
    on: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """`goes` until: writing, offered, review, returned, published."""

    organisation: str
    author: str
    language: str
    goes: str
    values: dict[str, str]
    as_member: bool = False
    answers: tuple[Answer, ...] = ()
    days: int = 3


_LESSON: Final = {"target_group": "long_term_unemployed", "dimension": "social", "level": "individual"}

STORIES: Final = (
    Story(
        "mentors",
        "blerim",
        "sq",
        "writing",
        {
            "title": "Intervista e parë, dy veta",
            "outcome": "success",
            "context": "Shumë prej atyre me të cilët punojmë kanë turp të shkojnë vetë te një punëdhënës.",
            "tried": "Herën e parë shkojmë bashkë. Me Besnikun ndenjëm një orë në kafenenë përballë para se të hynim.",
        },
        days=1,
    ),
    Story(
        "mentors",
        "dafina",
        "sq",
        "offered",
        {
            **_LESSON,
            "title": "Lista që askush nuk e hapi",
            "summary": "Dërguam një listë pune çdo të hënë dhe prisnim. Askush nuk e hapi, sepse askush nuk e kishte "
            "kërkuar.",
            "outcome": "failure",
            "context": "Kishim mbi gjashtëdhjetë njerëz në pritje dhe dy mentorë.",
            "tried": "Një mesazh në javë me të gjitha vendet e lira, për të gjithë njësoj.",
            "happened": "Pas dy muajsh pyetëm: tre e kishin lexuar. Të tjerët menduan se ishte reklamë.",
            "why": "Një listë për të gjithë nuk i flet askujt.",
            "next_time": "- Tre vende, jo tridhjetë.\n- Me një fjali pse pikërisht për këtë njeri.\n"
            "- Dhe një telefonatë pas dy ditësh.",
        },
        as_member=True,
        days=2,
    ),
    Story(
        "pogum",
        "tina",
        "sl",
        "review",
        {
            **_LESSON,
            "title": "Zajtrk pred delavnico",
            "summary": "Na delavnico ob devetih so hodili trije. Ko smo pol ure prej postavili mizo z zajtrkom, jih je "
            "prišlo dvanajst.",
            "outcome": "success",
            "context": "Skupina je bila na papirju polna, v sobi pa prazna.",
            "tried": "Pol ure pred začetkom kruh, marmelada in čaj. Brez programa, brez podpisov.",
            "happened": "Ljudje so začeli prihajati prej in ostajati dlje. O tem, kar je bilo težko, so govorili pri "
            "mizi, ne na delavnici.",
            "why": "Nekateri doma niso zajtrkovali, drugi so rabili prostor, kjer od njih nihče nič ne pričakuje.",
            "next_time": "Zajtrk ostane, delavnica je krajša.",
            "cost": "Manj kot kava za vsakega.",
            "evidence": "šteli smo",
        },
    ),
    Story(
        "prvikorak",
        "marko",
        "sr",
        "returned",
        {
            **_LESSON,
            "target_group": "youth",
            "level": "family",
            "title": "Praksa bez prevoza",
            "summary": "Četvoro mladih je dobilo praksu u fabrici van grada. Posle tri nedelje ostao je jedan, jer "
            "autobus iz smene ne vozi.",
            "outcome": "failure",
            "context": "Mladi su prvi put radili. Fabrika je bila spremna da ih primi, mentor u pogonu takođe.",
            "tried": "Ugovorili smo praksu na tri meseca, sa mentorom i sa džeparcem.",
            "happened": "Druga smena se završava posle poslednjeg autobusa. Pešačili su kući, pa su prestali.",
            "why": "Pitali smo fabriku za sve, osim kako se do nje stiže.",
            "next_time": "Pre ugovora proći put u oba pravca, u vreme smene.",
        },
        answers=(
            Answer(
                "Hvala na iskrenosti. Nedostaje kako se završilo za ono četvoro.",
                ReviewState.RETURNED,
                {"next_time": "Da li je fabrika posle toga promenila smenu? To bi drugima pomoglo."},
            ),
            Answer("Razumljivo i korisno, i kod nas je tako."),
        ),
        days=20,
    ),
    Story(
        "peyvand",
        "amir",
        "fa",
        "published",
        {
            **_LESSON,
            "dimension": "economic",
            "title": "استادکاری که وقت نداشت",
            "summary": "کارآموز را به بهترین استادکار شهر سپردیم و او وقت یاد دادن نداشت. "
            "استادکار خوب همیشه معلم خوبی نیست.",
            "outcome": "mixed",
            "context": "کارآموزها پس از آموزش، سه تا شش ماه کنار یک استادکار می‌مانند.",
            "tried": "سراغ کارگاه‌هایی رفتیم که بیشترین سفارش را داشتند.",
            "happened": "کارآموزها دو ماه فقط جارو کردند. وقتی به کارگاه‌های کوچک‌تر رفتند، کار را یاد گرفتند.",
            "why": "کارگاه پرسفارش برای اشتباه کردن جا ندارد.",
            "next_time": "- پیش از قرارداد یک روز در کارگاه بنشینید.\n- بپرسید آخرین بار به چه کسی یاد داده است.\n"
            "- هفتهٔ دوم سر بزنید، نه ماه دوم.",
            "evidence": "پرسیدیم",
        },
        answers=(Answer("It was the same with us. Thank you."), Answer("Clear and short.")),
        days=40,
    ),
)
