"""The network's own words as taxonomies: needs, dimensions, target groups. They are code, and so are their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from halka.common.choices import Dimension
from network_registry.directory.enums import TargetGroup
from network_registry.exchange.enums import Service as Need

SPACE: Final = uuid5(NAMESPACE_URL, "urn:halka:directory")


def key(*parts: object) -> UUID:
    """The same for the same parts, in every installation and for ever."""
    return uuid5(SPACE, "/".join(map(str, parts)))


@dataclass(frozen=True)
class Taxonomy:
    """`column` is the service's; it holds one code of `terms` or a list of them."""

    code: str
    column: str
    name: str | Promise
    description: str | Promise
    terms: type[TextChoices]

    @property
    def id(self) -> UUID:
        return key("taxonomy", self.code)

    def body(self) -> dict[str, Any]:
        return {"id": str(self.id), "name": str(self.name), "description": str(self.description), "version": "1"}


@dataclass(frozen=True)
class Term:
    taxonomy: Taxonomy
    code: str

    @property
    def id(self) -> UUID:
        return key("term", self.taxonomy.code, self.code)

    def body(self) -> dict[str, Any]:
        label = str(self.taxonomy.terms(self.code).label)
        return {
            "id": str(self.id),
            "code": self.code,
            "name": label,
            "description": f"{self.taxonomy.name}: {label}",
            "taxonomy": str(self.taxonomy.name),
            "taxonomy_id": str(self.taxonomy.id),
            "language": get_language() or "en",
            "taxonomy_detail": self.taxonomy.body(),
        }


TAXONOMIES: Final = (
    Taxonomy("need", "need", _("Needs"), _("What a service is for, in the words of a referral."), Need),
    Taxonomy("dimension", "dimension", _("Dimensions"), _("What a service strengthens in a person."), Dimension),
    Taxonomy("group", "target_groups", _("Target groups"), _("Whom a service is for."), TargetGroup),
)
TERMS: Final = tuple(Term(taxonomy, code) for taxonomy in TAXONOMIES for code in taxonomy.terms.values)


def terms_of(service: Any) -> list[Term]:
    """In the order of the taxonomies."""
    values = {taxonomy: getattr(service, taxonomy.column) for taxonomy in TAXONOMIES}
    return [term for term in TERMS if term.code in _codes(values[term.taxonomy])]


def _codes(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def having_term(term: Term) -> dict[str, Any]:
    """As a filter on services."""
    if term.taxonomy.column == "target_groups":
        return {"target_groups__contains": [term.code]}
    return {term.taxonomy.column: term.code}


def having_any(taxonomy: Taxonomy) -> dict[str, Any]:
    """As a filter on services: some term of it."""
    return {
        f"{taxonomy.column}__overlap" if taxonomy.column == "target_groups" else f"{taxonomy.column}__in": list(
            taxonomy.terms.values
        )
    }
