"""States of domains of organisations' own, and what a look at DNS may miss."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OwnDomainState(TextChoices):
    ASKED = "asked", _("Waits for its proof")
    PROVEN = "proven", _("Proven, and not pointing here yet")
    LIVE = "live", _("Live")
    FAILING = "failing", _("Failing")
    TAKEN_OUT = "taken_out", _("Taken out")

    @property
    def tone(self) -> str:
        return {"asked": "wait", "proven": "wait", "live": "good", "failing": "stop", "taken_out": "quiet"}[self.value]


class Lack(TextChoices):
    """What a look at DNS missed."""

    PROOF = "proof", _("The TXT record with the proof is not there.")
    POINTING = "pointing", _("The domain does not point to the network.")
    TAKEN = "taken", _("The domain leads to another workspace. It is yours as soon as its proof is gone there.")


LEADING: Final = (OwnDomainState.LIVE, OwnDomainState.FAILING)  # to a workspace
PENDING: Final = (OwnDomainState.ASKED, OwnDomainState.PROVEN)

_S = OwnDomainState
# From → to. A manager takes out at any time; everything else is what DNS says.
OWN_DOMAIN_TRANSITIONS: Final[dict[OwnDomainState, frozenset[OwnDomainState]]] = {
    _S.ASKED: frozenset({_S.PROVEN, _S.LIVE, _S.TAKEN_OUT}),
    _S.PROVEN: frozenset({_S.ASKED, _S.LIVE, _S.TAKEN_OUT}),
    _S.LIVE: frozenset({_S.FAILING, _S.TAKEN_OUT}),
    _S.FAILING: frozenset({_S.LIVE, _S.TAKEN_OUT}),
    _S.TAKEN_OUT: frozenset(),
}

AUDITED: Final = {
    "domain.asked": _("Asked for a domain of its own"),
    "domain.proven": _("Proved a domain of its own"),
    "domain.asked_again": _("Lost the proof of a domain of its own"),
    "domain.live": _("Its own domain went live"),
    "domain.failing": _("Its own domain began to fail"),
    "domain.taken_out": _("Took a domain of its own out"),
}
DETAILS: Final[tuple[tuple[str, Any, dict[str, Any]], ...]] = (
    ("domain", _("Domain"), {}),
    ("lack", _("What is missing"), dict(Lack.choices)),
)
