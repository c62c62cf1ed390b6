"""Words of what connects an organisation's own software: kinds of events, states of endpoints and deliveries."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What an endpoint may ask for: one type of events, or all of a group.
REFERRAL_TYPES: dict[str, Promise] = {
    "referral.held": _("A referral waits for the secretariat"),
    "referral.rejected": _("The secretariat did not let a referral through"),
    "referral.sent": _("A referral was sent"),
    "referral.opened": _("The recipient opened it"),
    "referral.info_requested": _("The recipient asked for more"),
    "referral.waitlisted": _("The person is on the waiting list"),
    "referral.accepted": _("The recipient accepted it"),
    "referral.declined": _("The recipient declined it"),
    "referral.redirected": _("The sender sent the person elsewhere"),
    "referral.recalled": _("The sender called it back"),
    "referral.expired": _("Nobody answered in time"),
    "referral.started": _("The service has started"),
    "referral.not_started": _("The service did not start"),
    "referral.completed": _("The service is completed"),
    "referral.disengaged": _("The person left before the end"),
    "referral.closed": _("The referral is closed"),
    "referral.reopened": _("The referral was opened again"),
    "referral.withdrawn": _("Consent was withdrawn"),
    "referral.settled": _("The recipient erased or restricted after a withdrawal"),
    "referral.disclosed": _("What the consent covers was told"),
    "referral.message": _("A message arrived or was written"),
    "referral.document": _("A document was added"),
    "referral.reminded": _("The recipient was reminded"),
    "referral.escalated": _("A supervisor was asked to look"),
}
OTHER_TYPES: dict[str, Promise] = {
    "transfer.*": _("The transfer of a case to another organisation"),
    "access.*": _("Another organisation's request for access"),
    "match.found": _("A person may be known elsewhere"),
}
TEST = "test"
TYPES: dict[str, Promise] = {**REFERRAL_TYPES, **OTHER_TYPES}
GROUPS = frozenset(name.partition(".")[0] for name in TYPES)


class EndpointState(TextChoices):
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    OFF = "off", _("Switched off after failing for days")


class DeliveryState(TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    DEAD = "dead", _("Not delivered")


class Failure(TextChoices):
    """Why an attempt failed. Nothing here tells what an address inside of our own network answers."""

    ADDRESS = "address", _("The address cannot be reached from the internet")
    REFUSED = "refused", _("No connection")
    CERTIFICATE = "certificate", _("The connection is not secure: certificate or encryption")
    TIMEOUT = "timeout", _("No answer in time")
    BROKEN = "broken", _("The connection broke off, or the answer was not HTTP")
    STATUS = "status", _("Answered with an error")
    REDIRECT = "redirect", _("Answered with a redirection, which is not followed")
    INTERRUPTED = "interrupted", _("Interrupted on our side; tried again")


AUDITED = {
    "webhook.added": _("Added a webhook"),
    "webhook.changed": _("Changed a webhook"),
    "webhook.removed": _("Removed a webhook"),
    "webhook.paused": _("Paused a webhook"),
    "webhook.resumed": _("Resumed a webhook"),
    "webhook.rotated": _("Changed a webhook's secret"),
    "webhook.tested": _("Sent a test event"),
    "webhook.redelivered": _("Had undelivered events sent again"),
    "webhook.switched_off": _("A webhook was switched off after failing for days"),
}
