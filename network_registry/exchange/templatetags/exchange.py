"""Figures of the fairness board as people read them."""

from __future__ import annotations

from django import template

from network_registry.exchange import board

register = template.Library()

register.filter("days", board.days)
register.filter("percent", board.percent)
register.filter("row_name", board.name_of)
register.filter("month_name", board.month_name)
