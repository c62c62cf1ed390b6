"""Accounts in the network's admin: opened by invitation, closed here, never deleted."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from halka.accounts.admin_site import site
from halka.accounts.models import User


@admin.register(User, site=site)
class UserAdmin(admin.ModelAdmin):
    list_display: ClassVar = ["email", "name", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter: ClassVar = ["is_active", "is_staff"]
    search_fields: ClassVar = ["email", "name"]
    ordering: ClassVar = ["email"]
    fields: ClassVar = [
        "email", "name", "language", "calendar", "is_active", "is_staff", "is_superuser", "date_joined", "last_login",
    ]  # fmt: skip
    readonly_fields: ClassVar = ["email", "date_joined", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
