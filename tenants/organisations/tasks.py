"""Background work inside of an organisation, and the upkeep of spare schemas."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from celery import Task, shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from halka.common.addresses import network_url
from halka.common.current import required_organisation
from tenants.organisations import tokens
from tenants.organisations.directory import organisation_named
from tenants.organisations.domain import provisioning
from tenants.organisations.domain.auditing import anchor_audit
from tenants.organisations.domain.invitations import hash_of
from tenants.organisations.enums import State
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.models import Invitation, Organisation


class NoOrganisation(RuntimeError):
    """A task was called without an organisation, or for one that does not exist."""


class OrganisationTask(Task):
    """`task.delay(short_name, …)`: runs inside of that organisation, or not at all.

    The function gets the arguments after the short name.
    """

    abstract = True
    enters_organisation = True  # log lines name it
    typing = False  # the short name comes before the arguments that the function declares

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        short_name = args[0] if args else None
        if not isinstance(short_name, str) or not short_name:
            raise NoOrganisation(f"{self.name} needs an organisation's short name as its first argument.")
        try:
            organisation = organisation_named(short_name)
        except Organisation.DoesNotExist as error:
            raise NoOrganisation(f"{self.name}: there is no organisation {short_name}.") from error
        with inside(organisation):
            return super().__call__(*args[1:], **kwargs)


@shared_task(name="organisations.refill_spares")
def refill_spares() -> int:
    return provisioning.refill_spares()


@shared_task(name="software.remove_old_tokens")
def remove_old_tokens() -> int:
    """Tokens that have expired; how many."""
    return tokens.remove_old_tokens()


@shared_task(name="audit.anchor")
def anchor_audits() -> int:
    """Notes where every organisation's audit stands; how many could be asked."""
    noted = 0
    for organisation in Organisation.objects.exclude(state=State.CLOSED):
        try:
            noted += anchor_audit(organisation.ref()) is not None
        except OrganisationUnavailable:  # being migrated: tomorrow again
            continue
    return noted


@shared_task(
    name="invitations.send",
    base=OrganisationTask,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def send_invitation(invitation_id: str, token: str) -> None:
    """The e-mail with the link, in the invited person's language. Nothing, when the link was replaced meanwhile."""
    invitation = Invitation.objects.open().filter(pk=invitation_id, token_hash=hash_of(token)).first()
    if invitation is None:
        return
    with translation.override(invitation.language):
        context = {
            "name": invitation.name,
            "organisation": required_organisation().name(invitation.language),
            "link": network_url("join", token),
            "until": invitation.expires_at,
        }
        subject = " ".join(render_to_string("organisations/mail/invitation_subject.txt", context).split())
        body = render_to_string("organisations/mail/invitation.txt", context).strip()
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email]).send()
