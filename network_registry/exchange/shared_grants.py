"""What an organisation's role reaches of the exchange: the envelopes that it is a side of."""

from tenants.organisations.walls.grants import OWN, Grant

_SIDE = f"sender_id {OWN} OR target_id {OWN}"
_OF_OWN_ENVELOPE = "EXISTS (SELECT 1 FROM exchange_envelope AS own WHERE own.id = envelope_id)"  # under its policy

GRANTS = (
    Grant(
        "exchange_envelope",
        select=("*",),
        insert=("*",),
        update=("state", "decline_reason", "opened_at", "answered_at"),
        rows=_SIDE,
        added_rows=f"sender_id {OWN} AND state = 'sent'",
    ),
    Grant(
        "exchange_envelopeevent",
        select=("*",),
        insert=("*",),
        rows=_OF_OWN_ENVELOPE,
        added_rows=f"organisation_id {OWN} AND {_OF_OWN_ENVELOPE}",
    ),
    Grant("exchange_outboxitem", select=("*",), insert=("*",), rows=_OF_OWN_ENVELOPE),
)
