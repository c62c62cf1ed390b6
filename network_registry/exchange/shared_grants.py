"""What an organisation's role reaches of the exchange: the envelopes that it is a side of.

Which side moves an envelope from where to where is watched by a trigger (migration 0003), out of the same table.
"""

from tenants.organisations.walls.grants import OWN, Grant

_SIDE = f"sender_id {OWN} OR (target_id {OWN} AND sent_at IS NOT NULL)"
_HELD = "held_at IS NOT NULL"  # what the secretariat was ever asked about
_OF_OWN_ENVELOPE = "EXISTS (SELECT 1 FROM exchange_envelope AS own WHERE own.id = envelope_id{more})"  # its policy
_READ = _OF_OWN_ENVELOPE.format(more="")
_TRUE_STATE = _OF_OWN_ENVELOPE.format(more=" AND own.state = exchange_envelopeevent.state")
_TO_A_SIDE = _OF_OWN_ENVELOPE.format(more=" AND to_id IN (own.sender_id, own.target_id)")
_MOVED = (
    "state", "reason", "result", "remains", "held_at", "sent_at", "opened_at", "answered_at", "started_at", "ended_at",
    "closed_at", "moved_at", "days", "waited", "clock_since", "passed", "due", "due_at", "version",
)  # fmt: skip

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
        added_rows=f"done_at IS NULL AND claimed_until IS NULL AND attempts = 0 AND {_TO_A_SIDE}",
    ),
    # How long others let a referral wait is known to all: the shorter deadline counts.
    Grant(
        "exchange_deadlines",
        select=("*",),
        insert=("*",),
        update=("first_reminder", "second_reminder", "escalation", "expiry", "closing", "version"),
        rows="true",
        written_rows=f"organisation_id {OWN}",
    ),
)
