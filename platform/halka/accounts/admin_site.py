"""Django's admin at /admin/ on the network's host: shared models, for superusers. Nothing private is registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from halka.accounts.second_factor import has_second_factor
from halka.common.models import PrivateModel


class NetworkAdminSite(admin.AdminSite):
    site_header = _("Halka: the network's own records")
    site_title = _("Halka")
    index_title = _("Shared records")
    site_url = "/"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """As Django's. Raises ImproperlyConfigured for a private model: it belongs to an organisation alone."""
        found = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        for model in found:
            if issubclass(model, PrivateModel):
                raise ImproperlyConfigured(f"{model.__name__} is private: it has no place in the network's admin.")
            super().register(model, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        if not (user.is_active and user.is_staff and user.is_superuser):
            return False
        return settings.DEMO or has_second_factor(user)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Everybody else finds nothing here; a superuser without a second factor is led to set one up."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user: Any = request.user
            if self.has_permission(request):
                return inner(request, *args, **kwargs)
            if user.is_staff and user.is_superuser:
                return HttpResponseRedirect(reverse("security") + "?demanded=admin")
            raise Http404

        return guarded

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_login"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows and changes nothing: there are verbs for it, which check and write the audit."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


site = NetworkAdminSite(name="admin")
