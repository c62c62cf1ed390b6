"""The objects of HSDS 3.1 that we give, field by field: the description says no more, and no more is sent."""

from __future__ import annotations

from typing import Any, Final

UUID: Final = {"type": "string", "format": "uuid"}
TEXT: Final = {"type": "string"}
NUMBER: Final = {"type": "number"}
DATE: Final = {"type": "string", "format": "date"}
MOMENT: Final = {"type": "string", "format": "date-time"}
URI: Final = {"type": "string", "format": "uri"}


def one_of(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def many(name: str) -> dict[str, Any]:
    return {"type": "array", "items": ref(name)}


def shape(required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


STATUS: Final = one_of("active", "inactive", "defunct", "temporarily closed")

SHAPES: Final[dict[str, dict[str, Any]]] = {
    "About": shape("version profile openapi_url", version=TEXT, profile=URI, openapi_url=URI, description=TEXT),
    "Taxonomy": shape("id name description", id=UUID, name=TEXT, description=TEXT, uri=URI, version=TEXT),
    "TaxonomyTerm": shape(
        "id name description", id=UUID, code=TEXT, name=TEXT, description=TEXT, taxonomy=TEXT, taxonomy_id=UUID,
        language=TEXT, taxonomy_detail=ref("Taxonomy"),
    ),
    "Attribute": shape(
        "id", id=UUID, link_id=UUID, taxonomy_term_id=UUID, link_entity=TEXT, taxonomy_term=ref("TaxonomyTerm")
    ),
    "Phone": shape(
        "id number", id=UUID, location_id=UUID, service_at_location_id=UUID, number=TEXT, type=TEXT
    ),
    "Language": shape("id", id=UUID, service_id=UUID, name=TEXT, code=TEXT),
    "Address": shape(
        "id address_1 city state_province postal_code country address_type", id=UUID, location_id=UUID, address_1=TEXT,
        city=TEXT, state_province=TEXT, postal_code=TEXT, country=TEXT,
        address_type=one_of("physical", "postal", "virtual"),
    ),
    "Accessibility": shape("id", id=UUID, location_id=UUID, description=TEXT),
    "Schedule": shape(
        "id", id=UUID, service_at_location_id=UUID, timezone=NUMBER, freq=one_of("WEEKLY", "MONTHLY"),
        wkst=one_of("MO", "TU", "WE", "TH", "FR", "SA", "SU"), byday=TEXT, opens_at=TEXT, closes_at=TEXT, notes=TEXT,
    ),
    "Unit": shape("id name", id=UUID, name=TEXT),
    "ServiceCapacity": shape(
        "id unit available updated", id=UUID, service_id=UUID, unit=ref("Unit"), available=NUMBER, description=TEXT,
        updated=MOMENT,
    ),
    "Location": shape(
        "id location_type", id=UUID, location_type=one_of("physical", "postal", "virtual"), organization_id=UUID,
        name=TEXT, latitude=NUMBER, longitude=NUMBER, addresses=many("Address"), phones=many("Phone"),
        accessibility=many("Accessibility"),
    ),
    "ServiceAtLocation": shape(
        "id", id=UUID, service_id=UUID, location_id=UUID, phones=many("Phone"), schedules=many("Schedule"),
        location=ref("Location"), service=ref("Service"),
    ),
    "Service": shape(
        "id name status", id=UUID, organization_id=UUID, name=TEXT, alternate_name=TEXT, description=TEXT,
        status=STATUS, application_process=TEXT, fees_description=TEXT, eligibility_description=TEXT,
        minimum_age=NUMBER, maximum_age=NUMBER, assured_date=DATE, last_modified=MOMENT,
        service_at_locations=many("ServiceAtLocation"), languages=many("Language"),
        organization=ref("Organization"), attributes=many("Attribute"), capacities=many("ServiceCapacity"),
    ),
    "Organization": shape(
        "id name description", id=UUID, name=TEXT, alternate_name=TEXT, description=TEXT, website=URI, logo=URI,
        legal_status=TEXT, parent_organization_id=UUID, locations=many("Location"), services=many("Service"),
    ),
    "ServiceMinimal": shape("id modified_date", id=UUID, modified_date=MOMENT),
    "Page": shape(
        "total_items total_pages page_number size first_page last_page empty",
        total_items={"type": "integer"}, total_pages={"type": "integer"}, page_number={"type": "integer"},
        size={"type": "integer"}, first_page={"type": "boolean"}, last_page={"type": "boolean"},
        empty={"type": "boolean"},
    ),
    "Fault": shape("field code message", field=TEXT, code=TEXT, message=TEXT),
    "Problem": shape(
        "type title status code", type=TEXT, title=TEXT, status={"type": "integer"}, code=TEXT, detail=TEXT,
        fields=many("Fault"),
    ),
}  # fmt: skip
