"""What of the directory is an organisation's own: its services and where they are."""

from tenants.organisations.leaving.own_rows import OwnRows

OWN = "own.organisation_id = %(organisation)s"


def _of(table: str, column: str) -> str:
    return f"own.{column} IN (SELECT own.id FROM {table} AS own WHERE {OWN})"


OWN_ROWS = (
    OwnRows("directory_service", OWN, gone="removed"),
    OwnRows("directory_location", OWN, gone="removed"),
    OwnRows("directory_closure", _of("directory_location", "location_id"), gone="removed"),
    OwnRows("directory_offer", OWN, gone="removed"),
    OwnRows("directory_hours", _of("directory_offer", "offer_id"), gone="removed"),
    OwnRows("directory_entry", OWN, gone="removed"),
    OwnRows("directory_capacityquestion", "own.target_id = %(organisation)s", gone="removed"),
)
NOT_OWN: dict[str, str] = {}
