"""Before something that cannot be taken back: is it still the person who signed in?"""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpResponseRedirect

from halka.common.addresses import network_url


def recently_confirmed(request: Any) -> bool:
    """Signed in, or gave password or second factor again, within the last minutes. Asks the session alone."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)


def confirm_first(request: Any, back: str) -> HttpResponseRedirect:
    """To the network site, where password or second factor is asked again, and back to this address."""
    address = request.build_absolute_uri(back)
    return HttpResponseRedirect(f"{network_url('account_reauthenticate')}?next={quote(address, safe='')}")
