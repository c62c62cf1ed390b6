"""What an organisation's role reaches of the exchange: the envelopes that it is a side of.

Which side moves an envelope from where to where, and what a move writes down, is watched by triggers (migration 0005).
"""

from tenants.organisations.walls.grants import OWN, Grant, is_branch_of

_SIDE = f"sender_id {OWN} OR (target_id {OWN} AND sent_at IS NOT NULL)"
_HELD = "held_at IS NOT NULL"  # what the secretariat was ever asked about
_OF_OWN_ENVELOPE = "EXISTS (SELECT 1 FROM exchange_envelope AS own WHERE own.id = envelope_id{more})"  # its policy
_READ = _OF_OWN_ENVELOPE.format(more="")
_TRUE_STATE = _OF_OWN_ENVELOPE.format(more=" AND own.state = exchange_envelopeevent.state")
# To the other side, where it knows of it: our own event, or what follows without one. To the recipient itself: its
# call for what the consent covers.
_OWN_EVENT = (
    "EXISTS (SELECT 1 FROM exchange_envelopeevent AS event WHERE event.id = exchange_outboxitem.event_id "
    f"AND event.envelope_id = exchange_outboxitem.envelope_id AND event.organisation_id {OWN})"
)
_TO_A_SIDE = _OF_OWN_ENVELOPE.format(
    more=" AND (to_id = own.sender_id OR (to_id = own.target_id AND own.sent_at IS NOT NULL)) AND "
    f"CASE WHEN to_id {OWN} THEN to_id = own.target_id AND freight = 'disclosure' AND event_id IS NULL "
    "AND source IS NULL WHEN freight IN ('read', 'link', 'link_asked') THEN event_id IS NULL "
    f"ELSE freight <> 'disclosure' AND {_OWN_EVENT} END"
)
_MOVED = (
    "state", "reason", "result", "remains", "held_at", "sent_at", "opened_at", "answered_at", "started_at", "ended_at",
    "closed_at", "moved_at", "days", "waited", "clock_since", "passed", "due", "due_at", "version",
)  # fmt: skip

_SIDE_OF_DEALING = f"sender_id {OWN} OR target_id {OWN}"
_MOVED_DEALING = ("state", "reason", "moved_at", "version")


def _dealing(table: str, more: str = "") -> str:
    """Under the policy of its own table."""
    return f"EXISTS (SELECT 1 FROM {table} AS own WHERE own.id = dealing{more})"


_TABLES = ("exchange_transfer", "exchange_access", "exchange_relocation")
_OF_DEALING = " OR ".join(_dealing(table) for table in _TABLES)
_TRUE_STATE_OF_DEALING = " OR ".join(
    [
        *(_dealing(table, " AND own.state = type") for table in _TABLES),
        _dealing("exchange_access", f" AND type = 'settled' AND own.remains = 'erased' AND own.sender_id {OWN}"),
    ]
)
_TO_A_SIDE_OF_DEALING = " OR ".join(
    _dealing(table, " AND to_id IN (own.sender_id, own.target_id)") for table in _TABLES
)

_OF_PROVINCE = is_branch_of("exchange_fairness.province")
_OF_MEMBER = is_branch_of(
    "(SELECT member.province FROM organisations_organisation AS member WHERE member.id = organisation_id)"
)

GRANTS = (
    Grant(
        "exchange_envelope",
        select=("*",),
        insert=("*",),
        update=("target_id", "service", "offer", *_MOVED),
        delete=True,  # of drafts: the trigger
        rows=_SIDE,
        added_rows=f"sender_id {OWN} AND state = 'draft' AND sent_at IS NULL",
    ),
    Grant("exchange_envelope", update=_MOVED, rows=_HELD, secretariat=True),
    Grant(
        "exchange_envelopeevent",
        select=("*",),
        insert=("*",),
        rows=_READ,
        added_rows=f"organisation_id {OWN} AND {_TRUE_STATE}",
    ),
    # Neither delivered nor in somebody's hands by the organisation's own word: carrying is the network's.
    Grant(
        "exchange_outboxitem",
        select=("*",),
        insert=("*",),
        rows=_READ,
        added_rows="done_at IS NULL AND claimed_until IS NULL AND attempts = 0 AND created_at = statement_timestamp() "
        f"AND {_TO_A_SIDE}",
    ),
    # Computed by the network. The secretariat reads all, a branch what is of its province, an organisation its own row;
    # the middle one of all everybody.
    Grant(
        "exchange_fairness",
        select=("*",),
        rows=f"kind = 'median' OR (kind = 'organisation' AND (organisation_id {OWN} OR {_OF_MEMBER})) "
        f"OR (kind = 'province' AND {_OF_PROVINCE})",
        written_rows="false",
    ),
    Grant("exchange_fairness", select=("*",), rows="true", written_rows="false", secretariat=True),
    # How long others let a referral wait is known to all: the shorter deadline counts.
    Grant(
        "exchange_deadlines",
        select=("*",),
        insert=("*",),
        update=("first_reminder", "second_reminder", "escalation", "expiry", "closing", "version"),
        rows="true",
        written_rows=f"organisation_id {OWN}",
    ),
    # Nobody reads a sign, not even their own: which there are is for the network to compare.
    Grant(
        "exchange_token",
        select=("id", "organisation_id", "person"),
        insert=("*",),
        delete=True,
        rows=f"organisation_id {OWN}",
        added_rows=f"organisation_id {OWN} AND compared_at IS NULL",
    ),
    Grant("exchange_tokencount", select=("*",), rows=f"organisation_id {OWN}"),
    # Who is on the other side stands in rows of theirs; what follows from the answers is the network's to say.
    Grant(
        "exchange_matchside",
        select=("*",),
        update=("agreed", "answered_at"),
        rows=f"organisation_id {OWN}",
        written_rows=f"organisation_id {OWN} AND state <> 'ended'",
    ),
    # Which side moves what from where to where is watched by a trigger (migration 0008).
    Grant(
        "exchange_transfer",
        select=("*",),
        insert=("*",),
        update=_MOVED_DEALING,
        rows=_SIDE_OF_DEALING,
        added_rows=f"sender_id {OWN} AND state = 'offered'",
    ),
    Grant(
        "exchange_access",
        select=("*",),
        insert=("*",),
        update=(*_MOVED_DEALING, "until", "remains"),
        rows=_SIDE_OF_DEALING,
        added_rows=f"sender_id {OWN} AND state = 'asked' AND remains = ''",
    ),
    # Likewise (migration 0011). That a worker has something to do is said with a move; taking it on is the network's.
    Grant(
        "exchange_relocation",
        select=("*",),
        insert=("*",),
        update=(*_MOVED_DEALING, "carried_at", "is_due", "due_at", "tries"),
        rows=_SIDE_OF_DEALING,
        added_rows=f"sender_id {OWN} AND state = 'asked' AND carried_at IS NULL AND is_due",
    ),
    Grant(
        "exchange_dealingevent",
        select=("*",),
        insert=("*",),
        rows=_OF_DEALING,
        added_rows=f"organisation_id {OWN} AND ({_TRUE_STATE_OF_DEALING})",
    ),
    Grant(
        "exchange_parcel",
        select=("*",),
        insert=("*",),
        rows=_OF_DEALING,
        added_rows=f"done_at IS NULL AND claimed_until IS NULL AND attempts = 0 AND ({_TO_A_SIDE_OF_DEALING})",
    ),
)
