"""What the views of groups share: doing something that may be refused, and coming back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from halka.common.errors import Refused
from network_registry.working_groups.access import Place


def done(request: Any, act: Callable[[], object], said: str, *to: Any) -> HttpResponse:
    """Does it, says so or why not, and leads to the address `to`."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(*to)


def form_page(
    request: Any,
    place: Place,
    form: forms.Form,
    title: str,
    back: str,
    *,
    lead: str = "",
    tells_all: bool = False,
    has_file: bool = False,
) -> HttpResponse:
    """One form of a group's; `back` is the address of what it belongs to. `tells_all`: saving writes to everybody."""
    context = {
        "place": place, "group": place.group, "form": form, "title": title, "back": back, "lead": lead,
        "tells_all": tells_all, "has_file": has_file,
    }  # fmt: skip
    return render(request, "working_groups/form.html", context, status=400 if form.is_bound else 200)
