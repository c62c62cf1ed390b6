"""What becomes of every kind of row when a person's record goes to another organisation: decided, model by model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fate(StrEnum):
    CARRIED = "carried"  # the rows go along, under keys of the other organisation
    ANEW = "anew"  # found or made there, because carried rows stand on it
    STAYS = "stays"  # it is held with the record, and erased with it where it is about the person


@dataclass(frozen=True)
class Decision:
    """`why` is said on the preview for what stays and what is made anew. `about_person`: it is counted there."""

    fate: Fate
    why: str | Promise = ""
    about_person: bool = True


def _carried() -> Decision:
    return Decision(Fate.CARRIED)


def _anew(why: str | Promise) -> Decision:
    return Decision(Fate.ANEW, why)


def _stays(why: str | Promise) -> Decision:
    return Decision(Fate.STAYS, why)


_OTHERS = _("This is about our work with somebody else, who deals with us. What became of it is told in a note.")
_OURS: Final = Decision(Fate.STAYS, "what the organisation runs or has set, about nobody", about_person=False)
_TECHNICAL: Final = Decision(Fate.STAYS, "machinery of this organisation, about nobody", about_person=False)

# Label of a private model -> what becomes of its rows.
DECISIONS: Final[dict[str, Decision]] = {
    # --- the record itself
    "caseloads.Client": _carried(),
    "caseloads.Experience": _carried(),
    "caseloads.Consent": _carried(),
    "caseloads.Case": _carried(),
    "caseloads.TeamMember": _carried(),
    "caseloads.Exit": _carried(),
    "caseloads.FollowUp": _carried(),
    "caseloads.Assessment": _carried(),
    "caseloads.Finding": _carried(),
    "caseloads.Plan": _carried(),
    "caseloads.Goal": _carried(),
    "caseloads.Step": _carried(),
    "caseloads.JournalEntry": _carried(),
    "caseloads.Task": _carried(),
    "caseloads.Document": _carried(),
    "caseloads.Correction": _carried(),
    "learning.PlannedUnit": _carried(),
    # --- what it stands on
    "caseloads.Programme": _anew(_("The programmes are named there, so that it is seen where the person took part.")),
    "caseloads.Scale": _anew(_("The questions that were answered are kept with the answers.")),
    "caseloads.VulnerabilityChoice": _anew(_("Lines of our own list are named there.")),
    "learning.AdoptedUnit": _anew(_("A unit that is taught there too is found again; of others the title stays.")),
    "caseloads.PersonalLink": _anew(_("The person gets a new link to their own page from the other organisation.")),
    # --- of the person, and staying
    "caseloads.ConsentOffer": _stays(_("What was prepared for agreeing to was ours to ask.")),
    "caseloads.Merge": _stays(_("How two records here became one matters here alone.")),
    "caseloads.Mention": _stays(_("Our colleagues were asked to read something.")),
    "caseloads.EmergencyAccess": _stays(_("It says who of us opened the record in an emergency.")),
    "learning.Participant": _stays(_("The groups are ours. How often the person came is told in a note.")),
    "learning.Session": _stays(_("The sessions are ours. How often the person came is told in a note.")),
    "learning.SessionUnit": _stays(_("It belongs to sessions of ours.")),
    "learning.Attendance": _stays(_("The sessions are ours. How often the person came is told in a note.")),
    "referrals.Referral": _stays(_OTHERS),
    "referrals.Step": _stays(_OTHERS),
    "referrals.Enclosure": _stays(_OTHERS),
    "referrals.Message": _stays(_OTHERS),
    "referrals.AnswerLink": _stays(_OTHERS),
    "referrals.Transfer": _stays(_OTHERS),
    "referrals.TransferStep": _stays(_OTHERS),
    "referrals.Access": _stays(_OTHERS),
    "referrals.AccessStep": _stays(_OTHERS),
    "referrals.Presence": _stays(_("The person agreed that we ask the network, not that others do.")),
    "referrals.Match": _stays(_("The person agreed that we ask the network, not that others do.")),
    "relocations.Relocation": _stays(_("How records came and went is kept by either side for itself.")),
    "mergers.MergedRecord": _stays(_("How records came and went is kept by either side for itself.")),
    # --- of the organisation
    "audit.Entry": Decision(Fate.STAYS, "the audit tells what happened here, and stays as its rules say"),
    "audit.Link": _TECHNICAL,
    "caseloads.Target": _OURS,
    "caseloads.RetentionRule": _OURS,
    "caseloads.Erasure": _OURS,
    "caseloads.KeptFigure": _OURS,
    "caseloads.JournalHabit": _OURS,
    "caseloads.Job": _TECHNICAL,
    "caseloads.SavedList": _OURS,
    "caseloads.ColumnMapping": _OURS,
    "caseloads.Draft": Decision(Fate.STAYS, "what a colleague has typed and not sent"),
    "contributions.Contribution": _OURS,
    "learning.AdoptedCurriculum": _OURS,
    "learning.AdoptedModule": _OURS,
    "learning.Settlement": _OURS,
    "learning.Group": _OURS,
    "learning.CalendarFeed": _OURS,
    "integrations.IdempotentAnswer": _TECHNICAL,
    "integrations.Endpoint": _TECHNICAL,
    "integrations.EndpointSecret": _TECHNICAL,
    "integrations.Event": _TECHNICAL,
    "integrations.EventCounter": _TECHNICAL,
    "integrations.Delivery": _TECHNICAL,
    "integrations.Attempt": _TECHNICAL,
    "referrals.Participation": _OURS,
}
CARRIED: Final = frozenset(label for label, decision in DECISIONS.items() if decision.fate == Fate.CARRIED)
