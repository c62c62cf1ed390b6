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
    request: Any, place: Place, form: forms.Form, title: str, back: str, *, status: int = 0, **more: Any
) -> HttpResponse:
    """One form of a group's; `back` is the address of what it belongs to."""
    context = {"place": place, "group": place.group, "form": form, "title": title, "back": back, **more}
    status = status or (400 if form.is_bound else 200)
    return render(request, "working_groups/form.html", context, status=status)
