"""The same application for an ASGI server. Views are synchronous; each runs in a thread of its own."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halka.settings.development")
application = get_asgi_application()
