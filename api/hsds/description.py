"""The description of the public directory (OpenAPI 3.1), made from its own table; docs/generated/hsds.json holds it."""

from __future__ import annotations

import json
from typing import Any, Final

from api.hsds.shapes import SHAPES, UUID, ref

PATHS: Final[dict[str, tuple[str, str, str]]] = {
    # path below /hsds/v3: operation, what it answers, its parameters
    "/": ("about", "About", ""),
    "/services": (
        "services_list", "Service[]", "page per_page search format taxonomy_term_id taxonomy_id organization_id "
        "modified_after minimal full",
    ),
    "/services/{id}": ("services_read", "Service", ""),
    "/service_at_locations": (
        "service_at_locations_list", "ServiceAtLocation[]", "page per_page search format taxonomy_term_id taxonomy_id "
        "organization_id modified_after full postcode",
    ),
    "/service_at_locations/{id}": ("service_at_locations_read", "ServiceAtLocation", ""),
    "/locations": ("locations_list", "Location[]", "page per_page search format"),
    "/locations/{id}": ("locations_read", "Location", ""),
    "/organizations": (
        "organizations_list", "Organization[]", "page per_page search format taxonomy_term_id taxonomy_id full "
        "full_service",
    ),
    "/organizations/{id}": ("organizations_read", "Organization", "full_service"),
    "/taxonomies": ("taxonomies_list", "Taxonomy[]", "page per_page search format"),
    "/taxonomies/{id}": ("taxonomies_read", "Taxonomy", ""),
    "/taxonomy_terms": (
        "taxonomy_terms_list", "TaxonomyTerm[]", "page per_page search format taxonomy_id top_only parent_id"
    ),
    "/taxonomy_terms/{id}": ("taxonomy_terms_read", "TaxonomyTerm", ""),
}  # fmt: skip
YES_OR_NO: Final = {"type": "boolean", "default": False}
PARAMETERS: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "page": ({"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}, "Number of the page."),
    "per_page": ({"type": "integer", "minimum": 1, "maximum": 500, "default": 50}, "How many on a page."),
    "search": ({"type": "string", "maxLength": 200}, "Words, in any script, with or without marks."),
    "format": ({"type": "string", "enum": ["json"]}, "JSON alone."),
    "taxonomy_term_id": (UUID, "With this term."),
    "taxonomy_id": (UUID, "With any term of this taxonomy."),
    "organization_id": (UUID, "Of this organization."),
    "modified_after": ({"type": "string", "format": "date-time"}, "Changed at or after this moment."),
    "minimal": (YES_OR_NO, "Keys and moments of change alone, up to 10,000 on a page."),
    "full": (YES_OR_NO, "Each with all that belongs to it."),
    "full_service": (YES_OR_NO, "Services of an organization with all that belongs to them."),
    "postcode": ({"type": "string", "maxLength": 12}, "At places with this postal code."),
    "top_only": (YES_OR_NO, "Terms without terms below them: all are."),
    "parent_id": (UUID, "Terms below this one: there are none."),
}
LICENCE: Final = {"name": "Creative Commons Attribution 4.0 International", "identifier": "CC-BY-4.0"}  # of the data
LIMITED: Final = {
    "RateLimit-Limit": {"schema": {"type": "integer"}, "description": "Requests a minute for one address."},
    "RateLimit-Remaining": {"schema": {"type": "integer"}, "description": "What is left of them."},
    "RateLimit-Reset": {"schema": {"type": "integer"}, "description": "Seconds until they begin again."},
}


def openapi() -> dict[str, Any]:
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Halka, public directory",
            "version": "3.1",
            "description": "Services of the network's active member organisations as Open Referral HSDS 3.1: public, "
            "read only, without any person. `Accept-Language` chooses the language of names. Answers may be kept for "
            "five minutes; `ETag` and `If-None-Match` spare what has not changed.",
            "license": LICENCE,
        },
        "servers": [{"url": "/hsds/v3"}],
        "paths": {path: {"get": _operation(path, *row)} for path, row in PATHS.items()},
        "components": {
            "schemas": SHAPES,
            "responses": {name: _problem(code) for name, code in _PROBLEMS.items()},
        },
    }


_PROBLEMS: Final = {"404": "not_found", "422": "invalid_fields", "429": "too_many_requests"}


def _problem(code: str) -> dict[str, Any]:
    return {
        "description": f"`{code}`: problem details of RFC 9457",
        "content": {"application/problem+json": {"schema": ref("Problem")}},
    }


def _operation(path: str, operation: str, answer: str, parameters: str) -> dict[str, Any]:
    in_path = [{"name": "id", "in": "path", "required": True, "schema": UUID}] if "{id}" in path else []
    asked = [_parameter(name) for name in parameters.split()]
    problems = ["429", *(["404"] if in_path else []), *(["422"] if asked else [])]
    responses: dict[str, Any] = {
        "200": {
            "description": "As asked.",
            "headers": {"ETag": {"schema": {"type": "string"}}, **LIMITED},
            "content": {"application/json": {"schema": _answer(answer)}},
        },
        "304": {"description": "Nothing has changed since the answer with this ETag."},
    }
    responses |= {code: {"$ref": f"#/components/responses/{code}"} for code in sorted(problems)}
    described: dict[str, Any] = {"operationId": operation, "responses": responses}
    return described | ({"parameters": in_path + asked} if in_path or asked else {})


def _parameter(name: str) -> dict[str, Any]:
    schema, description = PARAMETERS[name]
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _answer(answer: str) -> dict[str, Any]:
    if not answer.endswith("[]"):
        return ref(answer)
    item: dict[str, Any] = ref(answer.removesuffix("[]"))
    if answer == "Service[]":
        item = {"anyOf": [item, ref("ServiceMinimal")]}
    contents = {
        "type": "object",
        "required": ["contents"],
        "properties": {"contents": {"type": "array", "items": item}},
    }
    return {"allOf": [ref("Page"), contents]}


def as_text() -> str:
    return json.dumps(openapi(), ensure_ascii=False, indent=2) + "\n"
