"""Words of joining the network: states, who moves them, papers, steps of opening."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tenants.organisations.enums import Kind

# Who may apply by the public form; branches are brought in by the secretariat's sheet.
APPLYING: Final = (Kind.NGO, Kind.AGENCY, Kind.PARTNER)
JOINED: Final = frozenset({*APPLYING, Kind.BRANCH})  # who asks something of the network
REVIEWING: Final = frozenset({Kind.SECRETARIAT, Kind.BRANCH})  # organisations whose people decide


class ApplicationState(TextChoices):
    DRAFT = "draft", _("Being written")
    SENT = "sent", _("With the network")
    ASKED = "asked", _("A question is open")
    DECLINED = "declined", _("Declined")
    APPEALED = "appealed", _("Appealed")
    LICENSED = "licensed", _("Licensed")
    OPENED = "opened", _("Member")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @property
    def tone(self) -> str:
        return TONES[self.value]


TONES: Final = {
    "draft": "quiet",
    "sent": "wait",
    "asked": "go",
    "declined": "stop",
    "appealed": "wait",
    "licensed": "go",
    "opened": "good",
    "withdrawn": "quiet",
}


# What happened when an application came to a state.
HAPPENED: Final = {
    "sent": _("Sent to the network"),
    "asked": _("Question asked"),
    "declined": _("Declined"),
    "appealed": _("Appealed"),
    "licensed": _("Licensed"),
    "opened": _("Workspace opened"),
    "withdrawn": _("Withdrawn"),
}


class Actor(TextChoices):
    """As whom somebody moves an application."""

    APPLICANT = "applicant", _("The applicant")
    BRANCH = "branch", _("Provincial branch")
    SECRETARIAT = "secretariat", _("Network secretariat")
    SYSTEM = "system", _("Halka")


_S = ApplicationState
_REVIEWERS: Final = frozenset({Actor.BRANCH, Actor.SECRETARIAT})
_ABOVE: Final = frozenset({Actor.SECRETARIAT})  # an appeal is not decided by whoever declined
_APPLICANT: Final = frozenset({Actor.APPLICANT})

# From → to → who.
TRANSITIONS: Final[dict[ApplicationState, dict[ApplicationState, frozenset[Actor]]]] = {
    _S.DRAFT: {_S.SENT: _APPLICANT, _S.WITHDRAWN: _APPLICANT},
    _S.SENT: {_S.ASKED: _REVIEWERS, _S.DECLINED: _REVIEWERS, _S.LICENSED: _REVIEWERS, _S.WITHDRAWN: _APPLICANT},
    _S.ASKED: {_S.SENT: _APPLICANT, _S.DECLINED: _REVIEWERS, _S.LICENSED: _REVIEWERS, _S.WITHDRAWN: _APPLICANT},
    _S.DECLINED: {_S.APPEALED: _APPLICANT},
    _S.APPEALED: {_S.DECLINED: _ABOVE, _S.LICENSED: _ABOVE, _S.WITHDRAWN: _APPLICANT},
    _S.LICENSED: {_S.OPENED: frozenset({Actor.SYSTEM})},
    _S.OPENED: {},
    _S.WITHDRAWN: {},
}
OPEN: Final = frozenset({_S.SENT, _S.ASKED, _S.APPEALED})  # somebody has to do something
TAKEN: Final = OPEN | {_S.LICENSED}  # its short name is spoken for


class Source(TextChoices):
    FORM = "form", _("Public form")
    SHEET = "sheet", _("Sheet of a branch")


class Paper(TextChoices):
    STATUTES = "statutes", _("Statutes")
    REGISTRATION = "registration", _("Proof of registration")
    LICENCE = "licence", _("Licence of an authority")
    REPORT = "report", _("Report of the last year")
    OTHER = "other", _("Something else")


class DeclineReason(TextChoices):
    INCOMPLETE = "incomplete", _("Papers are missing, and did not come")
    NOT_REGISTERED = "not_registered", _("The registration could not be confirmed")
    OUTSIDE = "outside", _("The work is outside of what the network does")
    DUPLICATE = "duplicate", _("The organisation is a member already")
    OTHER = "other", _("Another reason")


class OpeningStepKind(TextChoices):
    """What is done between a licence and a workspace that answers, in this order."""

    WORKSPACE = "workspace", _("Make the workspace: database, keys, address")
    LICENCE = "licence", _("Hand over the licence and the first-day guide")
    INVITATION = "invitation", _("Invite the first manager")
    ANNOUNCEMENT = "announcement", _("Tell the applicant")


class StepState(TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Did not work")

    @property
    def tone(self) -> str:
        return {"waiting": "quiet", "running": "go", "done": "good", "failed": "stop"}[self.value]


class ChangeKind(TextChoices):
    """What a member asks of the network."""

    PROVINCE = "province", _("Another province")
    BRANCH = "branch", _("Another branch")
    ADDRESS = "address", _("Another name in the address")


class ChangeState(TextChoices):
    WAITING = "waiting", _("Waits for the secretariat")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken_back", _("Taken back")

    @property
    def tone(self) -> str:
        return {"waiting": "wait", "granted": "good", "declined": "stop", "taken_back": "quiet"}[self.value]


class MergerState(TextChoices):
    """Of the merger of two members. From MERGED on the remaining organisation has the records, up to UNDOING."""

    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed by both")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGING = "merging", _("Being merged")
    FAILED = "failed", _("Could not be merged")
    MERGED = "merged", _("Merged")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")

    @property
    def tone(self) -> str:
        return MERGER_TONES[self.value]


MERGER_TONES: Final = {
    "proposed": "wait",
    "agreed": "go",
    "declined": "stop",
    "withdrawn": "quiet",
    "merging": "go",
    "failed": "stop",
    "merged": "good",
    "undoing": "go",
    "undone": "quiet",
}
_M = MergerState
_SECRETARIAT: Final = frozenset({Actor.SECRETARIAT})
_SYSTEM: Final = frozenset({Actor.SYSTEM})
# From → to → who. That both have agreed, or one has not, follows from their answers.
MERGER_TRANSITIONS: Final[dict[MergerState, dict[MergerState, frozenset[Actor]]]] = {
    _M.PROPOSED: {_M.AGREED: _SYSTEM, _M.DECLINED: _SYSTEM, _M.WITHDRAWN: _SECRETARIAT},
    _M.AGREED: {_M.MERGING: _SECRETARIAT, _M.WITHDRAWN: _SECRETARIAT},
    _M.MERGING: {_M.MERGED: _SYSTEM, _M.FAILED: _SYSTEM},
    _M.MERGED: {_M.UNDOING: _SECRETARIAT},
    _M.UNDOING: {_M.UNDONE: _SYSTEM, _M.MERGED: _SYSTEM},
    _M.DECLINED: {},
    _M.WITHDRAWN: {},
    _M.FAILED: {},
    _M.UNDONE: {},
}
MERGER_WORKED_ON: Final = frozenset({_M.MERGING, _M.UNDOING})  # a worker takes it on, as often as it has to
MERGER_OPEN: Final = frozenset({_M.PROPOSED, _M.AGREED}) | MERGER_WORKED_ON
MERGER_HOLDS: Final = frozenset({_M.MERGING, _M.MERGED, _M.UNDOING})  # what was absorbed stays as it is meanwhile
MERGER_UNDO_DAYS: Final = 30
MERGING_KINDS: Final = (Kind.NGO, Kind.AGENCY, Kind.PARTNER)  # others stand on a branch, or are one


class MergerMatter(TextChoices):
    """What a manager of one of both answers."""

    MERGE = "merge", _("The merger")
    UNDO = "undo", _("Undoing it")


class MergerTrouble(TextChoices):
    """Why a merger was rolled back, or stays although it was to be undone."""

    BLOCKED = "blocked", _("Something has to be ended first")
    ADDED = "added", _("More work was done since than anybody has confirmed")
    BROKEN = "broken", _("Something could not be read or written")


class MergerObstacle(TextChoices):
    """What has to be ended first; counted, in either organisation."""

    REFERRALS = "referrals", _("referrals under way")
    TRANSFERS = "transfers", _("cases being handed over")
    ACCESS = "access", _("records shared with another organisation, or asked for")
    MOVES = "moves", _("records that move or have moved, and can still go back")
    JOBS = "jobs", _("imports, exports and copies being made")
    MERGES = "merges", _("records that were merged with another one since")
    PLACES = "places", _("own services offered at places that came along")
    MANAGERS = "managers", _("managers, since all of them came along")


class Trouble(TextChoices):
    """Why a workspace was not made."""

    NAME = "name", _("The short name was taken by somebody else meanwhile. Choose another one.")
    OURS = "ours", _("Something went wrong on our side.")


AUDITED: Final = {
    "application.asked": _("Asked an applicant a question"),
    "application.declined": _("Declined an application"),
    "application.licensed": _("Licensed an organisation"),
    "application.step_checked": _("Ticked a step of licensing"),
    "application.short_name_changed": _("Changed the short name of an application"),
    "application.read": _("Read an application"),
    "application.paper_read": _("Read a paper of an application"),
    "licence.granted": _("Granted a licence to a member"),
    "licence.renewed": _("Renewed a licence"),
    "licence.confirmed": _("Confirmed a provisional licence"),
    "licensing_step.added": _("Added a step of licensing"),
    "licensing_step.changed": _("Changed a step of licensing"),
    "framework.agreed": _("Agreed to the network's framework"),
    "framework.published": _("Published a version of the framework"),
    "opening.tried_again": _("Had the making of a workspace tried again"),
    "batch.confirmed": _("Licensed the organisations of a sheet"),
    "change.asked": _("Asked the network for a change"),
    "change.taken_back": _("Took a request back"),
    "change.granted": _("Granted a member's request"),
    "change.declined": _("Declined a member's request"),
    "merger.proposed": _("Proposed the merger of two organisations"),
    "merger.withdrawn": _("Withdrew the merger of two organisations"),
    "merger.agreed": _("Agreed to the merger with another organisation"),
    "merger.declined": _("Declined the merger with another organisation"),
    "merger.confirmed": _("Confirmed that work done since a merger goes when it is undone"),
    "merger.begun": _("Had two organisations merged"),
    "merger.merged": _("Merged two organisations"),
    "merger.failed": _("Rolled the merger of two organisations back"),
    "merger.undoing": _("Had the merger of two organisations undone"),
    "merger.undone": _("Undid the merger of two organisations"),
    "merger.stays": _("Left two organisations merged, though it was to be undone"),
    "first_day.dismissed": _("Put the first-day guide away"),
}
# Keys of its details: what each is called, and what its codes mean.
DETAILS: Final[tuple[tuple[str, Any, dict[str, Any]], ...]] = (
    ("application", _("Application"), {}),
    ("number", _("Number"), {}),
    ("change", _("What"), dict(ChangeKind.choices)),
    ("organisations", _("Organisations"), {}),
    ("reason", _("Reason"), dict(DeclineReason.choices)),
    ("absorbed", _("Absorbed"), {}),
    ("remaining", _("Remaining"), {}),
    ("records", _("Records"), {}),
    ("trouble", _("Why"), dict(MergerTrouble.choices)),
    ("from", _("From"), dict(ApplicationState.choices)),
    ("to", _("To"), dict(ApplicationState.choices)),
)
