"""What an organisation's role reaches of the exchange: the envelopes that it is a side of."""

from tenants.organisations.walls.grants import OWN, Grant

_SIDE = f"sender_id {OWN} OR target_id {OWN}"
_ANSWERING = f"target_id {OWN}"  # every move of TRANSITIONS is the recipient's
_OF_OWN_ENVELOPE = "EXISTS (SELECT 1 FROM exchange_envelope AS own WHERE own.id = envelope_id)"  # under its policy

GRANTS = (
    Grant(
        "exchange_envelope",
        select=("*",),
        insert=("*",),
        update=("state", "decline_reason", "opened_at", "answered_at"),
        rows=_SIDE,
        written_rows=_ANSWERING,
        added_rows=f"sender_id {OWN} AND state = 'sent'",
    ),
    Grant(
        "exchange_envelopeevent",
        select=("*",),
        insert=("*",),
        rows=_OF_OWN_ENVELOPE,
        added_rows=f"organisation_id {OWN} AND {_OF_OWN_ENVELOPE}",
    ),
    # Neither delivered nor in somebody's hands by the organisation's own word: carrying is the network's.
    Grant(
        "exchange_outboxitem",
        select=("*",),
        insert=("*",),
        rows=_OF_OWN_ENVELOPE,
        added_rows=f"done_at IS NULL AND claimed_until IS NULL AND attempts = 0 AND {_OF_OWN_ENVELOPE}",
    ),
)
