"""What background work, imports and exports choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobKind(TextChoices):
    IMPORT = "import", _("Import")
    EXPORT = "export", _("Export")
    TAKEOUT = "takeout", _("Everything about a person")
    RETENTION = "retention", _("Removing what is kept long enough")


class JobState(TextChoices):
    DRAFT = "draft", _("Not begun")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


AUDITED = {
    "job.begun": _("Began work in the background"),
    "job.fetched": _("Downloaded what work in the background made"),
    "job.refused": _("Work in the background was not allowed any more"),
    "client.listed": _("Looked at a list of clients"),
    "client.searched": _("Searched for clients"),
    "client.exported": _("Exported a list of clients"),
    "client.imported": _("Imported clients from a sheet"),
}
