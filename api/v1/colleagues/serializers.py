"""Colleagues, as far as others must know them to name one as responsible."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.paging import PageQuery
from halka.authorization.roles import ROLES, Permission, Role
from tenants.organisations.models import Colleague


class ColleagueSerializer(serializers.Serializer[Colleague]):
    membership = serializers.UUIDField(source="id")
    name = serializers.CharField()


class ColleagueRowSerializer(ColleagueSerializer):
    role = serializers.ChoiceField(Role.choices)
    may_be_responsible = serializers.SerializerMethodField(help_text="For clients and for referrals.")

    def get_may_be_responsible(self, colleague: Colleague) -> bool:
        return Permission.CLIENT_EDIT in ROLES[Role(colleague.role)].permissions


class ColleaguesQuery(PageQuery):
    """The page of colleagues."""


class ColleaguesSerializer(serializers.Serializer[Any]):
    results = ColleagueRowSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
