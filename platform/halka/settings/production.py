"""A network that people rely on: refuses to start on anything unsafe."""

from django.core.exceptions import ImproperlyConfigured

from halka.settings.base import *  # noqa: F403
from halka.settings.base import DEBUG, DEMO, HTTPS, LOGGING, MASTER_KEYS, METRICS_TOKEN, SECRET_KEY

_faults = [
    fault
    for fault, present in {
        "SECRET_KEY is a development secret": SECRET_KEY.startswith("development"),
        "SECRET_KEY is shorter than 50 characters": len(SECRET_KEY) < 50,
        "MASTER_KEYS is empty": not MASTER_KEYS,
        "MASTER_KEYS holds a development key": any(key.startswith("development") for key in MASTER_KEYS),
        "MASTER_KEYS holds a key shorter than 32 characters": any(len(key) < 32 for key in MASTER_KEYS),
        "HTTPS is off, so cookies would travel in the clear": not HTTPS,
        "DEBUG is on": DEBUG,
        "DEMO is on": DEMO,
        "METRICS_TOKEN is shorter than 20 characters": bool(METRICS_TOKEN) and len(METRICS_TOKEN) < 20,
    }.items()
    if present
]
if _faults:
    raise ImproperlyConfigured("Production settings refuse to start: " + "; ".join(_faults) + ".")

SECURE_SSL_REDIRECT = True
# The proxy, health checks and Prometheus ask from inside, in plain http.
SECURE_REDIRECT_EXEMPT = [r"^-/", r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True

# One JSON object a line, for whatever gathers them; docs/operating.md says what stands in each.
LOGGING["handlers"]["stderr"]["formatter"] = "json"
LOGGING["loggers"]["halka.requests"]["level"] = "INFO"
