"""Erasing an organisation whose time has come, and proving it.

Each step may be done again, and is noted when it is done: whatever stops this, the next run goes on. The key goes
before everything else: from then on nobody reads what was sealed, in the tables, the files and every backup.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from allauth.idp.oidc.models import Client as OAuthClient
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.common.sealing import keyring
from tenants.organisations.directory import forget_hosts
from tenants.organisations.enums import Kind, State, Why
from tenants.organisations.enums_leaving import ClosingState
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.leaving.own_rows import erased
from tenants.organisations.models import Closing, Membership, Organisation, StateChange
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls import ddl

LOCK: Final = 4_862_004  # advisory, with the organisation's own number
TABLES: Final = (
    "SELECT relname::text FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r' ORDER BY 1"
)
THERE: Final = """
SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname IN (%s, %s)), EXISTS (SELECT FROM pg_roles WHERE rolname = %s)
"""

logger = logging.getLogger("halka.leaving")


class NotErased(RuntimeError):
    """Something is still there at the end."""


def erase_outstanding(*, say: Callable[[str], None] = lambda _: None) -> list[Closing]:
    """All whose time to object has passed, and those that were stopped. The owner's rights are needed."""
    return [done for closing in Closing.objects.outstanding().order_by("due_at") if (done := erase(closing, say=say))]


def erase(closing: Closing, *, say: Callable[[str], None] = lambda _: None) -> Closing | None:
    """None where another process is at it, or it was called off. Raises NotErased."""
    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [LOCK, str(closing.organisation_id)])
            if not cursor.fetchone()[0]:
                return None
        if not Closing.objects.outstanding().filter(pk=closing.pk).update(state=ClosingState.ERASING):
            return None
        work = _Erasing(Closing.objects.select_related("organisation").get(pk=closing.pk), say)
        for step in (work.close, work.note_what_there_is, work.destroy_keys, work.remove_files, work.remove_shared,
                     work.drop, work.check):  # fmt: skip
            work.take(step)
    return _settle(work)


def _settle(work: _Erasing) -> Closing:
    """The proof, its checksum in the secretariat's audit as well."""
    closing = work.closing
    proof_hash = hash_of(closing.proof)
    secretariat = Organisation.objects.filter(kind=Kind.SECRETARIAT).exclude(state=State.CLOSED).first()
    if secretariat is not None:
        with inside(secretariat.ref()), transaction.atomic():
            record(action="closing.done", on=work.organisation, detail={"sha256": proof_hash}, by=SYSTEM)
    with as_owner():
        values = {"state": ClosingState.DONE, "done_at": timezone.now(), "proof_hash": proof_hash}
        Closing.objects.filter(pk=closing.pk).update(**values)
    logger.info("%s is erased; proof %s", work.organisation.schema_name, proof_hash)
    return Closing.objects.get(pk=closing.pk)


def hash_of(proof: dict[str, Any]) -> str:
    """Of its canonical JSON: keys in order, no spaces."""
    text = json.dumps(proof, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class _Erasing:
    def __init__(self, closing: Closing, say: Callable[[str], None]) -> None:
        self.closing, self.organisation, self.say = closing, closing.organisation, say
        self.schema, self.role = self.organisation.schema_name, self.organisation.db_role

    @property
    def media(self) -> Path:
        return Path(settings.MEDIA_ROOT, "organisations", str(self.organisation.pk))

    def take(self, step: Callable[[], dict[str, Any]]) -> None:
        """Once: what a finished step has noted is not noted again."""
        if step.__name__ in self.closing.proof:
            return
        self.say(step.__name__.replace("_", " "))
        noted = step()
        self.closing.proof[step.__name__] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **noted}
        Closing.objects.filter(pk=self.closing.pk).update(proof=self.closing.proof)

    def close(self) -> dict[str, Any]:
        """From here on nobody enters."""
        with transaction.atomic():
            self._mark_closed()
            still = Membership.objects.filter(organisation_id=self.organisation.pk, ended_at=None)
            ended = still.update(ended_at=timezone.now())
        forget_hosts(self.organisation.pk)
        return {
            "organisation": str(self.organisation.pk),
            "short_name": self.schema,
            "names": self.organisation.names,
            "announced_at": self.closing.asked_at.isoformat(timespec="seconds"),
            "announced_by": self.closing.asked_by_name,
            "reason": self.closing.reason,
            "memberships_ended": ended,
        }

    def _mark_closed(self) -> None:
        before = Organisation.objects.values_list("state", flat=True).get(pk=self.organisation.pk)
        if before != State.CLOSED:
            Organisation.objects.filter(pk=self.organisation.pk).update(state=State.CLOSED, earlier_states=[])
            StateChange.objects.create(
                organisation=self.organisation, before=before, after=State.CLOSED, why=Why.ERASED, by_name=SYSTEM.name
            )

    def note_what_there_is(self) -> dict[str, Any]:
        """How much of what, and checksums by which it is known again; never what it says."""
        with connection.cursor() as cursor:
            cursor.execute(TABLES, [self.schema])
            rows = {}
            for (table,) in cursor.fetchall():
                cursor.execute(f'SELECT count(*) FROM "{self.schema}"."{table}"')
                rows[table] = cursor.fetchone()[0]
            last = None
            if "audit_link" in rows:
                cursor.execute(f'SELECT number, hash FROM "{self.schema}".audit_link ORDER BY number DESC LIMIT 1')
                last = cursor.fetchone()
        files = [path for path in self.media.glob("**/*") if path.is_file()]
        return {
            "rows": rows,
            "files": len(files),
            "bytes": sum(path.stat().st_size for path in files),
            "audit": {"number": last[0], "hash": bytes(last[1]).hex()} if last else None,
            "keyring_sha256": keyring.checksum(self.organisation.pk),
            "schema": self.schema,
            "role": self.role,
        }

    def destroy_keys(self) -> dict[str, Any]:
        keyring.destroy(self.organisation.pk)
        return {}

    def remove_files(self) -> dict[str, Any]:
        """Its own backups with them: nobody can read them any more."""
        for folder in (self.media, Path(settings.BACKUP_ROOT, self.schema)):
            if folder.exists():
                shutil.rmtree(folder)
        return {}

    def remove_shared(self) -> dict[str, Any]:
        """What is left is a name, a number and that it is closed; and that others once exchanged something with it."""
        removed: dict[str, int] = {}
        forget_hosts(self.organisation.pk)
        with transaction.atomic(), connection.cursor() as cursor:
            OAuthClient.objects.filter(software__organisation_id=self.organisation.pk).delete()
            for table, condition in erased():
                cursor.execute(
                    f'DELETE FROM "{table}" AS own WHERE {condition}', {"organisation": str(self.organisation.pk)}
                )
                removed[table] = cursor.rowcount
            Organisation.objects.filter(pk=self.organisation.pk).update(
                logo=None, logo_type="", contact_email="", province=""
            )
        return {"rows": removed}

    def drop(self) -> dict[str, Any]:
        walls.forget(self.role)
        with transaction.atomic():
            ddl.drop_organisation(self.role, self.schema)
            Organisation.objects.filter(pk=self.organisation.pk).update(schema_version="")
        return {}

    def check(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(THERE, [self.schema, ddl.restored(self.schema), self.role])
            schema, role = cursor.fetchone()
        left = {
            "schema": schema,
            "role": role,
            "key": keyring.exists(self.organisation.pk) or not keyring.is_destroyed(self.organisation.pk),
            "files": self.media.exists(),
        }
        if any(left.values()):
            raise NotErased(f"Still there: {', '.join(name for name, is_there in left.items() if is_there)}.")
        return {"left": left}
