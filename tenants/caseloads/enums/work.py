"""What background work, imports and exports choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobKind(TextChoices):
    IMPORT = "import", _("Import")
    EXPORT = "export", _("Export")
    TAKEOUT = "takeout", _("Everything about a person")
    RETENTION = "retention", _("Removing what is kept long enough")


class JobState(TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


AUDITED: dict[str, object] = {}
