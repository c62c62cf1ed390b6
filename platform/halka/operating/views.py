"""Health for monitors and containers, and what Prometheus reads. Strangers learn whether it works, and no more."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from halka.authorization.public import public_view
from halka.operating import checks, exposition


def _is_operator(request: HttpRequest) -> bool:
    """Whoever shows METRICS_TOKEN; nobody where there is none."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    return bool(settings.METRICS_TOKEN) and secrets.compare_digest(shown, settings.METRICS_TOKEN.encode())


@public_view("asked by containers: this process answers, and that is all it says")
@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@public_view("asked by monitors; only whoever shows the operator's token learns what is wrong")
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    results = checks.results()
    status = 200 if all(result.is_good for result in results) else 503
    if _is_operator(request):
        return JsonResponse({result.name: result.fault or "ok" for result in results}, status=status)
    return HttpResponse("ok\n" if status == 200 else "not ready\n", status=status, content_type="text/plain")


@public_view("read by Prometheus, with the operator's token; nobody else finds it")
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if not _is_operator(request):
        raise Http404
    return HttpResponse(exposition.exposition(), content_type=exposition.CONTENT_TYPE)
