"""The web process: `gunicorn halka.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halka.settings.development")
application = get_wsgi_application()
