"""The register of organisations in the network's admin, to read."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from halka.accounts.admin_site import ReadOnlyAdmin, site
from tenants.organisations.models import Domain, Membership, Organisation


@admin.register(Organisation, site=site)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display: ClassVar = ["schema_name", "__str__", "kind", "state", "province", "created_at"]
    list_filter: ClassVar = ["kind", "state"]
    search_fields: ClassVar = ["schema_name"]
    ordering: ClassVar = ["schema_name"]
    exclude: ClassVar = ["logo"]


@admin.register(Domain, site=site)
class DomainAdmin(ReadOnlyAdmin):
    list_display: ClassVar = ["domain", "tenant", "is_primary"]
    list_select_related: ClassVar = ["tenant"]
    search_fields: ClassVar = ["domain"]


@admin.register(Membership, site=site)
class MembershipAdmin(ReadOnlyAdmin):
    list_display: ClassVar = ["user", "organisation", "role", "started_at", "ended_at"]
    list_filter: ClassVar = ["role"]
    list_select_related: ClassVar = ["user", "organisation"]
    search_fields: ClassVar = ["user__email", "organisation__schema_name"]
