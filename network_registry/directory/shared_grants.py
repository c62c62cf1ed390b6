"""What an organisation's role reaches of the directory: all that is shown, and its own to change.

Tables of facts are read in full. A condition on them would also keep the trigram index from being used, since
PostgreSQL looks at such conditions first; what is not shown yet is in `directory_service` and `directory_offer` alone.
"""

from tenants.organisations.walls.grants import OWN, Grant

_OWN_ROW = f"organisation_id {OWN}"


def _own(table: str, column: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} AS own WHERE own.id = {column} AND own.organisation_id {OWN})"


_OWN_OFFER = _own("directory_offer", "offer_id")
_OWN_LOCATION = _own("directory_location", "location_id")

GRANTS = (
    Grant(
        "directory_service",
        select=("*",),
        insert=("*",),
        update=(
            "names", "descriptions", "need", "dimension", "eligibility", "fees", "application", "languages",
            "target_groups", "minimum_age", "maximum_age", "is_published", "changed_at", "version",
        ),
        rows=f"is_published OR {_OWN_ROW}",
        written_rows=_OWN_ROW,
    ),
    Grant(
        "directory_location",
        select=("*",),
        insert=("*",),
        update=(
            "name", "address", "place", "postal_code", "province", "country", "latitude", "longitude",
            "accessibility", "phone", "changed_at", "version",
        ),
        rows="true",
        written_rows=_OWN_ROW,
    ),
    Grant("directory_closure", select=("*",), insert=("*",), delete=True, rows="true", written_rows=_OWN_LOCATION),
    Grant(
        "directory_offer",
        select=("*",),
        insert=("*",),
        update=("phone", "is_offered", "free_places", "waiting_weeks", "confirmed_at", "changed_at", "version"),
        # under the service's own condition
        rows="EXISTS (SELECT 1 FROM directory_service AS seen WHERE seen.id = service_id)",
        written_rows=f"{_OWN_ROW} AND {_own('directory_service', 'service_id')} AND {_OWN_LOCATION}",
    ),
    Grant("directory_hours", select=("*",), insert=("*",), delete=True, rows="true", written_rows=_OWN_OFFER),
    Grant(
        "directory_entry",
        select=("*",),
        insert=("*",),
        update=("free_places",),
        delete=True,
        rows="true",
        written_rows=f"{_OWN_ROW} AND {_OWN_OFFER} AND {_OWN_LOCATION}",
    ),
    # Single words, nobody's: what is in no entry any more goes each night.
    Grant("directory_word", select=("*",), insert=("*",)),
    # The answer is the target's; whom it is asked of is whoever offers it.
    Grant(
        "directory_capacityquestion",
        select=("*",),
        insert=("*",),
        update=("answer", "waiting_weeks", "answered_at"),
        rows=f"asker_id {OWN} OR target_id {OWN}",
        written_rows=f"target_id {OWN}",
        added_rows=f"asker_id {OWN} AND answer = '' AND EXISTS (SELECT 1 FROM directory_offer AS asked "
        "WHERE asked.id = offer_id AND asked.organisation_id = target_id)",
    ),
)  # fmt: skip
