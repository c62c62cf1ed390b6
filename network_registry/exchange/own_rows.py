"""What of the exchange is an organisation's own: what it is a side of."""

from tenants.organisations.leaving.own_rows import OwnRows

SIDE = "(own.sender_id = %(organisation)s OR own.target_id = %(organisation)s)"
OF_DEALING = " OR ".join(
    f"own.dealing IN (SELECT own.id FROM {table} AS own WHERE {SIDE})"
    for table in ("exchange_transfer", "exchange_access", "exchange_relocation")
)

OWN_ROWS = (
    OwnRows("exchange_envelope", SIDE),
    OwnRows(
        "exchange_envelopeevent",
        f"own.envelope_id IN (SELECT own.id FROM exchange_envelope AS own WHERE {SIDE})",
    ),
    OwnRows("exchange_deadlines", "own.organisation_id = %(organisation)s", gone="removed"),
    OwnRows("exchange_transfer", SIDE),
    OwnRows("exchange_access", SIDE),
    OwnRows("exchange_relocation", SIDE),
    OwnRows("exchange_dealingevent", f"({OF_DEALING})"),
)
NOT_OWN = {
    "exchange_fairness": "computed by the network",
    "exchange_token": "signs that only the network that made them can compare",
    "exchange_tokencount": "counted against guessing, by the network",
    "exchange_matchside": "a question between organisations of this network",
    "exchange_outboxitem": "on its way, to be delivered here",
    "exchange_parcel": "on its way, to be delivered here",
}
# Signs of people, and what would still be delivered there.
ERASED = {
    "exchange_token": "own.organisation_id = %(organisation)s",
    "exchange_tokencount": "own.organisation_id = %(organisation)s",
    "exchange_matchside": "own.organisation_id = %(organisation)s",
    "exchange_outboxitem": "own.to_id = %(organisation)s",
    "exchange_parcel": "own.to_id = %(organisation)s",
}
