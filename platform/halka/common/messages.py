"""Messages to the person at the page, in a cookie of this host alone: no other organisation's host sees them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class HostMessages(CookieStorage):
    cookie_name = "halka_messages"
    key_salt = "halka.messages"

    def _update_cookie(self, encoded_data: str, response: Any) -> None:
        """As Django's, without the session's domain."""
        if encoded_data:
            response.set_cookie(
                self.cookie_name,
                encoded_data,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        else:
            response.delete_cookie(self.cookie_name, samesite="Lax")
