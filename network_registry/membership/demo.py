"""Two invented organisations that ask to join, and what the secretariat looks at before it says yes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.conf import settings
from django.db.models import Q

from halka.authorization.roles import Seat
from network_registry.membership.domain import applying, reviewing, steps
from network_registry.membership.models import (
    Application,
    Batch,
    FrameworkVersion,
    Licence,
    LicensingStep,
    Merger,
)
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

MAIL_END: Final = ".example"
FRAMEWORK: Final = {
    "en": "Members help people into work, each in its own way, and share what they learn.\n\n"
    "1. A person decides what is told about them, and to whom. Nothing is passed on without their consent.\n\n"
    "2. Members answer referrals within the time that was agreed, also when the answer is no.\n\n"
    "3. What worked and what did not is written down for the others, without names.\n\n"
    "4. The network's figures count people and never show one.\n\n"
    "5. Whoever leaves takes what is theirs, and the network forgets it.",
    "fa": "اعضا، هر یک به شیوهٔ خود، به مردم برای رسیدن به کار کمک می‌کنند و آموخته‌هایشان را با هم در میان می‌گذارند.\n\n"
    "۱. هر کس خود تصمیم می‌گیرد دربارهٔ او چه گفته شود و به چه کسی. بی رضایت او چیزی فرستاده نمی‌شود.\n\n"
    "۲. اعضا به ارجاع‌ها در زمان توافق‌شده پاسخ می‌دهند، حتی اگر پاسخ منفی باشد.\n\n"
    "۳. آنچه نتیجه داد و آنچه نداد، بی نام افراد، برای دیگران نوشته می‌شود.\n\n"
    "۴. آمار شبکه مردم را می‌شمارد و هیچ کس را نشان نمی‌دهد.\n\n"
    "۵. هر که برود آنچه از آنِ اوست با خود می‌برد و شبکه آن را فراموش می‌کند.",
}
WAITING: Final[dict[str, Any]] = {
    "names": {"fa": "کانون مهارت باران", "en": "Rain, a House of Skills"},
    "kind": "ngo",
    "province": "خراسان رضوی",
    "registration_number": "۱۴۰۲/۳۱۸",
    "registered_with": "ادارهٔ ثبت، مشهد",
    "board": "ناهید سپهری، رئیس\nکاوه رستگار، خزانه‌دار",
    "manager_name": "ناهید سپهری",
    "manager_email": "nahid@baran.example",
    "about": "کارگاه‌های خیاطی و تعمیر دوچرخه برای زنان سرپرست خانوار، و همراهی تا نخستین مشتری‌ها.",
    "services": ["training", "mentoring"],
    "languages": ["fa"],
    "short_name": "baran",
    "time_zone": "Asia/Tehran",
    "workspace_language": "fa",
}
ASKED: Final[dict[str, Any]] = {
    "names": {"sr": "Otvorena vrata", "en": "Open Door"},
    "kind": "ngo",
    "province": "Kolubara",
    "registration_number": "28/2021",
    "registered_with": "Agencija za privredne registre",
    "board": "Jovana Stamenić, predsednica\nMilutin Ilić, zamenik",
    "manager_name": "Jovana Stamenić",
    "manager_email": "jovana@otvorenavrata.example",
    "about": "Pratimo mlade bez prvog radnog iskustva do prvog ugovora, i šest meseci posle.",
    "services": ["mentoring"],
    "languages": ["sr", "rom"],
    "short_name": "otvorenavrata",
    "time_zone": "Europe/Belgrade",
    "workspace_language": "sr",
}
QUESTION: Final = "Who in your organisation answers for the protection of data, and where are your files kept today?"


def load(secretariat: Organisation, seats: Mapping[str, Seat]) -> None:
    """`seats` are the secretariat's people by handle."""
    ada = seats["ada"]
    with inside(secretariat.ref()):
        if not LicensingStep.objects.exists():
            steps.add_usual_steps(languages=[code for code, _name in settings.LANGUAGES], by=ada)
        if not FrameworkVersion.objects.exists():
            steps.publish_framework(texts=FRAMEWORK, by=ada)
    _apply(WAITING, "fa", "رئیس هیئت مدیره")
    asked = _apply(ASKED, "sr", "Predsednica")
    with inside(secretariat.ref()):
        step, _ticked = reviewing.steps_for(asked)[0]
        reviewing.tick(application=asked.pk, step=step, is_done=True, note="APR 28/2021", by=ada)
        reviewing.ask(application=asked.pk, question=QUESTION, by=ada)


def _apply(values: Mapping[str, Any], language: str, office: str) -> Application:
    names, email = values["names"], values["manager_email"]
    application, _token = applying.begin(name=names[language], email=f"info@{email.split('@')[1]}", language=language)
    applying.keep(application=application, values=values)
    framework = applying.current_framework()
    assert framework is not None
    applying.sign(
        application=application, name=values["manager_name"], office=office, language=language, framework=framework
    )
    return applying.send(application=application)


def remove(organisations: Collection[Organisation]) -> None:
    """The demo's applications and mergers, and whatever others its organisations decided."""
    Merger.objects.filter(Q(absorbed__in=organisations) | Q(remaining__in=organisations)).delete()
    theirs = (
        Q(organisation__in=organisations)
        | Q(events__organisation__in=organisations)
        | Q(checks__organisation__in=organisations)
        | Q(licence__granted_by__in=organisations)
    )
    found = Application.objects.filter(Q(contact_email__endswith=MAIL_END) | theirs)
    keys = list(found.values_list("pk", flat=True))
    Licence.objects.filter(Q(application__in=keys) | Q(organisation__in=organisations)).delete()
    Application.objects.filter(pk__in=keys).delete()
    Batch.objects.filter(organisation__in=organisations).delete()
