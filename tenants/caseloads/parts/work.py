"""What work in the background adds to other pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common.sheets import Format
from tenants.caseloads import columns
from tenants.caseloads.domain import exports, imports, jobs
from tenants.caseloads.enums.work import JobKind


def register() -> None:
    """Called once, when the app is ready."""
    jobs.register(
        JobKind.EXPORT,
        exports.run_export,
        Permission.DATA_EXPORT,
        may_fetch=exports.has_kept_role,
        words=exports.words,
    )
    jobs.register(
        JobKind.IMPORT, imports.run_import, Permission.DATA_IMPORT, words=imports.words, page="client-import-check"
    )
    actions.register_detail("work", _("What"), dict(JobKind.choices))
    actions.register_detail("columns", _("Columns"), {column.key: column.label for column in columns.ALL})
    for key, name in (
        ("added", _("Added")),
        ("changed", _("Changed")),
        ("enrolled", _("Joined a programme")),
        ("refused", _("Refused")),
    ):
        actions.register_detail(key, name)
    actions.register_detail("format", _("Kind of file"), dict(Format.choices))
