"""What applicants do, behind their link. They have no account yet: it runs under the network's rights, and what they
did stands in the application's history."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_registry.exchange.domain.envelopes import ALPHABET
from network_registry.membership.domain.links import applications_of, make_link
from network_registry.membership.domain.moving import locked, move
from network_registry.membership.enums import TAKEN, Actor, ApplicationState, ChangeState
from network_registry.membership.errors import CannotMoveApplication, NameTaken, NotComplete, PaperRefused
from network_registry.membership.models import Application, ChangeRequest, Event, FrameworkVersion, PaperFile
from network_registry.membership.papers import MOST_PAPERS, CheckedFile
from tenants.organisations.domain.addresses import is_taken
from tenants.organisations.enums import TimeZone
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.names import validate_short_name

# Parts of the form, in order, and what of each has to be known before it is sent.
PARTS: Final[dict[str, tuple[Any, tuple[str, ...]]]] = {
    "organisation": (
        gettext_lazy("Your organisation"),
        ("names", "kind", "province", "registration_number", "registered_with"),
    ),
    "people": (gettext_lazy("People"), ("board", "manager_name", "manager_email")),
    "work": (gettext_lazy("What you do"), ("about", "services", "languages")),
    "workspace": (gettext_lazy("Your workspace"), ("short_name", "time_zone", "workspace_language")),
    "papers": (gettext_lazy("Papers"), ()),
    "agreement": (gettext_lazy("Agreement"), ()),
}
# Where most of those are who write in a language: to begin with.
CLOCKS: Final = {
    "sq": TimeZone.TIRANA,
    "sr": TimeZone.BELGRADE,
    "lt": TimeZone.VILNIUS,
    "sl": TimeZone.LJUBLJANA,
    "fa": TimeZone.TEHRAN,
}
WRITABLE: Final = (ApplicationState.DRAFT, ApplicationState.ASKED)


def new_reference() -> str:
    """Eight random signs in two groups: N-7K2M-QX4T."""
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(8))
    return f"N-{signs[:4]}-{signs[4:]}"


def begin(*, name: str, email: str, language: str) -> tuple[Application, str]:
    """A draft, and the token that leads back to it; a link goes out by e-mail too."""
    from network_registry.membership.tasks import write_applicant

    with transaction.atomic():
        application = Application.objects.create(
            reference=new_reference(),
            contact_email=email.lower(),
            language=language,
            workspace_language=language,
            time_zone=CLOCKS.get(language, TimeZone.UTC),
            names={language: name},
        )
        token = make_link(application)
        send_after_commit(write_applicant, str(application.pk), "begun")
    return application, token


def send_links(*, email: str) -> None:
    """Links to all that was begun with this address, to this address. Says nothing to whoever asked."""
    from network_registry.membership.tasks import write_applicant

    with transaction.atomic():
        for application in applications_of(email):
            send_after_commit(write_applicant, str(application.pk), "again")


def _writable(application: Application) -> Application:
    found = locked(application.pk)
    if found.state_now not in WRITABLE:
        raise CannotMoveApplication(_("It was sent already: what is in it cannot be changed now."))
    return found


def keep(*, application: Application, values: Mapping[str, Any]) -> Application:
    """Saves what is known so far of the columns in `values`. Raises CannotMoveApplication."""
    with transaction.atomic():
        found = _writable(application)
        changed = [name for name, value in values.items() if getattr(found, name) != value]
        for name in changed:
            setattr(found, name, values[name])
        if changed:
            found.changed_at, found.version = timezone.now(), found.version + 1
            found.save(update_fields=[*changed, "changed_at", "version"])
    return found


def sign(
    *, application: Application, name: str, office: str, language: str, framework: FrameworkVersion
) -> Application:
    """Agrees to the version that was shown. Raises CannotMoveApplication; NotComplete for a version that is over."""
    with transaction.atomic():
        found = _writable(application)
        if framework != current_framework():
            raise NotComplete(_("A new version of the framework was published. Please read it."), ("agreement",))
        found.framework, found.signed_at, found.signed_by, found.signed_as = framework, timezone.now(), name, office
        found.signed_language = framework.language_of(language)
        found.save(update_fields=["framework", "signed_at", "signed_by", "signed_as", "signed_language"])
    return found


def current_framework() -> FrameworkVersion | None:
    """The version to agree to now; None as long as the network has none."""
    return FrameworkVersion.objects.order_by("-number").first()


def add_paper(*, application: Application, file: CheckedFile, kind: str) -> PaperFile:
    """Raises CannotMoveApplication, PaperRefused."""
    with transaction.atomic():
        found = _writable(application)
        if found.papers.count() >= MOST_PAPERS:
            raise PaperRefused(_("There are as many papers as can be kept. Remove one first."))
        return PaperFile.objects.create(
            application=found,
            kind=kind,
            name=file.name,
            content_type=file.content_type,
            size=len(file.content),
            content=file.content,
        )


def remove_paper(*, paper: PaperFile) -> None:
    """Raises CannotMoveApplication."""
    with transaction.atomic():
        _writable(paper.application)
        paper.delete()


def missing(application: Application) -> dict[str, list[str]]:
    """Part -> names of the columns that are still empty; parts with nothing missing are left out."""
    found = {
        part: [name for name in needed if not getattr(application, name)] for part, (_label, needed) in PARTS.items()
    }
    framework = current_framework()
    if framework is not None and application.framework_id != framework.pk:
        found["agreement"] = ["framework"]
    return {part: names for part, names in found.items() if names}


class PartState(StrEnum):
    """How a part of the form stands."""

    DONE = "done"
    TO_DO = "to_do"
    OPTIONAL = "optional"


def parts_of(application: Application) -> list[tuple[str, Any, PartState]]:
    """Each part with its name and how it stands: what an application can be sent without is not to do."""
    gaps = missing(application)
    found = []
    for part, (label, _needed) in PARTS.items():
        empty = part == "papers" and not PaperFile.objects.filter(application=application).exists()
        nothing = part == "agreement" and current_framework() is None
        state = PartState.TO_DO if part in gaps else PartState.OPTIONAL if empty or nothing else PartState.DONE
        found.append((part, label, state))
    return found


def check_short_name(short_name: str, *, but: Application | None = None) -> None:
    """Raises NameTaken, with the reason in words."""
    try:
        validate_short_name(short_name)
    except ValidationError as error:
        raise NameTaken(" ".join(error.messages)) from error
    wanted = Application.objects.filter(short_name=short_name, state__in=TAKEN)
    if but is not None:
        wanted = wanted.exclude(pk=but.pk)
    asked = ChangeRequest.objects.filter(subdomain=short_name, state=ChangeState.WAITING)
    if is_taken(short_name) or wanted.exists() or asked.exists():
        raise NameTaken(_("“%(name)s” is taken already. Please choose another short name.") % {"name": short_name})


def send(*, application: Application) -> Application:
    """To the network; the reviewers get an e-mail. Raises NotComplete, NameTaken, CannotMoveApplication."""
    from network_registry.membership.tasks import tell_reviewers, write_applicant

    with transaction.atomic():
        found = locked(application.pk)
        _check_complete(found)
        move(found, ApplicationState.SENT, actor=Actor.APPLICANT)
        send_after_commit(tell_reviewers, str(found.pk), "sent")
        send_after_commit(write_applicant, str(found.pk), "sent")
    return found


def _check_complete(application: Application) -> None:
    gaps = missing(application)
    if gaps:
        raise NotComplete(_("Something is still missing."), tuple(gaps))
    check_short_name(application.short_name, but=application)


def answer(*, application: Application, text: str) -> Application:
    """Answers a question and hands the application back. Raises NotComplete, NameTaken, CannotMoveApplication."""
    from network_registry.membership.tasks import tell_reviewers

    with transaction.atomic():
        found = locked(application.pk)
        if found.state_now != ApplicationState.ASKED:
            raise CannotMoveApplication(_("There is no open question."))
        _check_complete(found)
        move(found, ApplicationState.SENT, actor=Actor.APPLICANT, text=text)
        send_after_commit(tell_reviewers, str(found.pk), "answered")
    return found


def appeal(*, application: Application, text: str) -> Application:
    """Asks the secretariat to look again. Raises CannotMoveApplication."""
    from network_registry.membership.tasks import tell_reviewers

    with transaction.atomic():
        found = locked(application.pk)
        if Event.objects.filter(application=found, state=ApplicationState.APPEALED).exists():
            raise CannotMoveApplication(_("An appeal was decided already. You may apply anew."))
        move(found, ApplicationState.APPEALED, actor=Actor.APPLICANT, text=text)
        send_after_commit(tell_reviewers, str(found.pk), "appealed")
    return found


def withdraw(*, application: Application) -> Application:
    """Nothing comes of it: people's names and papers are removed at once. Raises CannotMoveApplication."""
    with transaction.atomic():
        found = locked(application.pk)
        move(found, ApplicationState.WITHDRAWN, actor=Actor.APPLICANT)
        forget_people(found)
    return found


def forget_people(application: Application) -> None:
    """Takes out who is in it: board, manager, who signed, papers, and what was written in the history."""
    PaperFile.objects.filter(application=application).delete()
    Event.objects.filter(application=application).update(text="")
    Application.objects.filter(pk=application.pk).update(
        board="",
        manager_name="",
        manager_email="",
        framework=None,
        signed_by="",
        signed_as="",
        signed_at=None,
        version=F("version") + 1,
    )
