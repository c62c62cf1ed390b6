"""What an organisation's role reaches of membership: the secretariat what was sent to the network, a branch what is of
its own province, everybody else the licence and the guide of their own."""

from collections.abc import Iterable

from network_registry.membership.enums import APPLYING, JOINED
from tenants.organisations.enums import Kind
from tenants.organisations.walls.grants import OWN, Grant, is_branch_of

_OF_PROVINCE = is_branch_of("membership_application.province")
_OF_OLD_MEMBER = (
    "application_id IS NULL AND EXISTS (SELECT 1 FROM organisations_organisation AS member, "
    f"organisations_organisation AS branch WHERE member.id = organisation_id AND branch.id {OWN} "
    f"AND branch.kind = '{Kind.BRANCH}' AND branch.province <> '' AND branch.province = member.province)"
)
_SEEN = "state <> 'draft'"
_MADE = "source = 'sheet' AND state = 'licensed' AND organisation_id IS NULL"
_OF_SEEN = "EXISTS (SELECT 1 FROM membership_application AS seen WHERE seen.id = application_id)"
_OF_LICENSED = (
    "EXISTS (SELECT 1 FROM membership_application AS seen WHERE seen.id = application_id AND seen.state = 'licensed')"
)
_OF_OPENING = "EXISTS (SELECT 1 FROM membership_opening AS seen WHERE seen.id = opening_id)"
_IN_OWN_NAME = f"organisation_id {OWN}"
# Who moves an application is called as its kind is.
_AS_WHO_WE_ARE = f"EXISTS (SELECT 1 FROM organisations_organisation AS own WHERE own.id {OWN} AND own.kind = actor)"
_OF_MERGER = "EXISTS (SELECT 1 FROM membership_merger AS seen WHERE seen.id = merger_id)"
# To a proposal by either side; that work goes when it is undone by the one that did it.
_ASKED_OF_US = (
    "EXISTS (SELECT 1 FROM membership_merger AS asked WHERE asked.id = merger_id AND "
    "(about = 'merge' AND asked.state = 'proposed' AND organisation_id IN (asked.absorbed_id, asked.remaining_id) "
    "OR about = 'undo' AND asked.state = 'merged' AND organisation_id = asked.remaining_id))"
)
_MOVED = ("state", "short_name", "decided_at", "changed_at", "version")


def _one_of(kinds: Iterable[Kind]) -> str:
    return f"kind IN ({', '.join(repr(kind.value) for kind in sorted(kinds))})"


GRANTS = (
    Grant(
        "membership_application",
        select=("*",),
        insert=("*",),
        update=_MOVED,
        rows=f"{_SEEN} AND {_OF_PROVINCE}",
        # appeals are decided above, and what was declined comes back by one alone
        written_rows=f"state IN ('sent', 'asked', 'licensed') AND {_OF_PROVINCE}",
        changed_rows=f"state IN ('sent', 'asked', 'declined', 'licensed') AND {_OF_PROVINCE}",
        added_rows=f"{_MADE} AND {_one_of(APPLYING)} AND {_OF_PROVINCE}",
    ),
    Grant(
        "membership_application",
        rows=_SEEN,
        written_rows="state IN ('sent', 'asked', 'declined', 'appealed', 'licensed')",
        added_rows=f"{_MADE} AND {_one_of(JOINED)}",  # never another secretariat
        secretariat=True,
    ),
    Grant("membership_paperfile", select=("*",), rows=_OF_SEEN, written_rows="false"),
    Grant(
        "membership_event",
        select=("*",),
        insert=("*",),
        rows=_OF_SEEN,
        written_rows="false",
        added_rows=f"{_OF_SEEN} AND {_IN_OWN_NAME} AND {_AS_WHO_WE_ARE} AND state IN ('asked', 'declined', 'licensed')",
    ),
    Grant("membership_frameworkversion", select=("*",), rows="true", written_rows="false"),
    Grant("membership_frameworkversion", insert=("*",), rows="true", written_rows="false", added_rows="true",
          secretariat=True),
    Grant("membership_licensingstep", select=("*",), rows="true", written_rows="false"),
    Grant(
        "membership_licensingstep",
        insert=("*",),
        update=("names", "hints", "kinds", "is_required", "is_used", "order", "version"),
        rows="true",
        secretariat=True,
    ),
    Grant(
        "membership_stepcheck",
        select=("*",),
        insert=("*",),
        update=("is_done", "note", "by_name", "at"),
        rows=_OF_SEEN,
        added_rows=f"{_OF_SEEN} AND {_IN_OWN_NAME}",
    ),
    Grant(
        "membership_licence",
        select=("*",),
        insert=("*",),
        update=("valid_until", "conditions", "is_provisional", "renewed_at", "reminded", "version"),
        rows=f"{_OF_SEEN} OR {_OF_OLD_MEMBER} OR organisation_id {OWN}",
        written_rows=f"{_OF_SEEN} OR {_OF_OLD_MEMBER}",
        added_rows=f"{_OF_LICENSED} AND granted_by_id {OWN} AND organisation_id IS NULL",
    ),
    Grant(
        "membership_licence",
        rows="true",
        added_rows=f"granted_by_id {OWN} AND (application_id IS NULL OR organisation_id IS NULL)",
        secretariat=True,
    ),
    # Members agree to the framework in their own name; that they did is for those who license them.
    Grant(
        "membership_agreement",
        select=("*",),
        insert=("*",),
        rows=_IN_OWN_NAME,
    ),
    Grant("membership_agreement", rows="true", written_rows="false", added_rows="false", secretariat=True),
    Grant(
        "membership_opening",
        select=("*",),
        insert=("*",),
        update=("due_at", "tries"),
        rows=_OF_SEEN,
        added_rows=f"{_OF_LICENSED} AND tried = '{{}}'",
    ),
    Grant("membership_openingstep", select=("*",), insert=("*",), rows=_OF_OPENING, written_rows="false",
          added_rows=f"{_OF_OPENING} AND state = 'waiting'"),
    Grant(
        "membership_batch",
        select=("*",),
        insert=("*",),
        update=("rows", "confirmed_at"),
        rows=_IN_OWN_NAME,
    ),
    Grant(
        "membership_changerequest",
        select=("*",),
        insert=("*",),
        update=("state", "decided_at"),
        rows=_IN_OWN_NAME,
        written_rows=f"{_IN_OWN_NAME} AND state IN ('waiting', 'taken_back')",
        added_rows=f"{_IN_OWN_NAME} AND state = 'waiting'",
    ),
    Grant(
        "membership_changerequest",
        update=("state", "answer", "decided_at", "decided_by_name"),
        rows="true",
        written_rows="state IN ('waiting', 'granted', 'declined')",
        added_rows="false",
        secretariat=True,
    ),
    # A merger is known to the two that are merged; the secretariat has it carried out by a worker of the network's.
    Grant(
        "membership_merger",
        select=("*",),
        rows=f"absorbed_id {OWN} OR remaining_id {OWN}",
        written_rows="false",
    ),
    Grant(
        "membership_merger",
        insert=("*",),
        update=("state", "begun_at", "begun_by_name", "merged_at", "undo_reason", "undo_at", "undo_by_name", "ended_at",
                "trouble", "obstacles", "done", "total", "due_at", "turn", "tries", "version"),
        rows="true",
        added_rows="state = 'proposed' AND moved = '{}' AND begun_at IS NULL AND merged_at IS NULL",
        secretariat=True,
    ),
    # Either side answers for itself, whatever the secretariat would like.
    Grant(
        "membership_mergeranswer",
        select=("*",),
        insert=("*",),
        rows=_OF_MERGER,
        written_rows="false",
        added_rows=f"{_IN_OWN_NAME} AND {_ASKED_OF_US}",
    ),
    Grant(
        "membership_firstday",
        select=("*",),
        update=("ended_at", "ended_by_name"),
        rows=_IN_OWN_NAME,
    ),
)  # fmt: skip
