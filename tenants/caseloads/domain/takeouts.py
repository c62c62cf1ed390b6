"""A copy of everything about a person: a PDF to read, JSON for machines, and the documents themselves.

Each field goes by its kind of `Privacy`. Colleagues appear by their role; what is secret or about the software alone
(hashes, search keys) is left out.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Role, Seat
from halka.common.calendars import format_day, format_moment, localise_digits
from halka.common.current import required_organisation
from halka.common.models import PrivateModel
from halka.common.pdf import Paper
from halka.common.privacy import Kind, classification
from tenants.caseloads.domain import jobs
from tenants.caseloads.domain.documents import read_file, with_files
from tenants.caseloads.domain.queries.held import looks_at, names_in_list, told
from tenants.caseloads.domain.queries.person import Rows, has_history, history_of, in_order, rows_about
from tenants.caseloads.enums.clients import Language
from tenants.caseloads.enums.consents import ConsentScope
from tenants.caseloads.enums.work import JobKind
from tenants.caseloads.models import Client, Job
from tenants.caseloads.scales.words import items_of
from tenants.organisations.models import Colleague

FORMAT: Final = "halka.person/1"
# Fields that are nobody's to know, or that only repeat others -> why.
LEFT_OUT: Final = {
    "caseloads.Client.search_key": "repeats the names",
    "caseloads.Client.sort_key": "repeats the names",
    "caseloads.Client.national_number_index": "a digest of the national number",
    "caseloads.PersonalLink.token_hash": "guards the own page",
    "caseloads.PersonalLink.code_hash": "guards the own page",
    "caseloads.Document.file": "the file itself is in the folder documents",
    "referrals.Enclosure.file": "the file itself is in the folder documents",
    "referrals.AnswerLink.token_hash": "guards the page of whoever answers without an account",
    "referrals.AnswerLink.code": "guards the page of whoever answers without an account",
    "mergers.MergedRecord.written": "digests of what arrived",
    "relocations.Relocation.written": "digests of what arrived",
}
ENDINGS: Final = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}  # fmt: skip
SILENT: Final = frozenset({"id", "version", "position"})  # in the JSON, not in the PDF


def start_takeout(*, client: Client, by: Seat) -> Job:
    """Has the copy made in the background; it can be fetched for a day. Raises PermissionDenied."""
    job = jobs.start_job(kind=JobKind.TAKEOUT, ask={"client": str(client.pk)}, by=by)
    record(action="client.taken_out", on=client, by=by)
    return job


def may_fetch(job: Job, seat: Seat) -> bool:
    return Client.objects.filter(pk=job.ask.get("client")).exists()


def run(job: Job, seat: Seat) -> None:
    """What a worker does."""
    client = Client.objects.filter(pk=job.ask["client"]).first()
    if client is None:
        raise jobs.JobBroken(_("This record is not here any more."))
    stamp = timezone.localdate().isoformat()
    jobs.finish(job, result=_chunks(archive(client, job)), result_name=f"halka-{stamp}.zip")


def archive(client: Client, job: Job | None = None) -> io.BytesIO:
    """The ZIP: `read-me-first.pdf`, `everything.json`, `documents/…`."""
    rows = rows_about(client)
    documents = with_files(rows)
    total = 2 + len(documents)
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as files:
        copy = as_data(client, rows)
        files.writestr("everything.json", json.dumps(copy, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        _note(job, 1, total)
        files.writestr("read-me-first.pdf", as_pdf(client, rows))
        _note(job, 2, total)
        for number, document in enumerate(documents, 1):
            with files.open(f"documents/{_file_name(number, document)}", "w") as target:
                for part in read_file(document):
                    target.write(part)
            _note(job, 2 + number, total)
    store.seek(0)
    return store


def _note(job: Job | None, done: int, total: int) -> None:
    if job is not None:
        jobs.progress(job, done=done, total=total)


def _chunks(store: io.BytesIO) -> Iterator[bytes]:
    while part := store.read(64 * 1024):
        yield part


def _file_name(number: int, document: Any) -> str:
    title = re.sub(r"[^\w .-]", "_", document.title).strip(" .")[:60] or "document"
    ending = ENDINGS.get(document.content_type, "")
    return f"{number:03} {title}.{ending}" if ending and not title.endswith(f".{ending}") else f"{number:03} {title}"


# --- for machines ------------------------------------------------------------------------------------------
def as_data(client: Client, rows: Rows) -> dict[str, Any]:
    """Everything, with what each field is called and of which kind it is."""
    records = {model._meta.label_lower: _records(model, keys) for model, keys in in_order(rows)}
    history = {
        model._meta.label_lower: [
            {"at": event.pgh_created_at, "what": event.pgh_label, "id": event.pgh_obj_id, **_values(event, model)}
            for event in history_of(model, keys)
        ]
        for model, keys in in_order(rows)
        if has_history(model)
    }
    entries = list(looks_at(client).order_by("at", "id"))
    organisation = required_organisation()
    return {
        "format": FORMAT,
        "organisation": organisation.name(organisation.language),
        "made_at": timezone.now(),
        "person": client.pk,
        "records": records,
        "history": history,
        "looked_at": [{"at": look.at, "who": look.who, "what": look.what} for look in told(entries)],
        "left_out": LEFT_OUT,
    }


def _records(model: type[PrivateModel], keys: set[Any]) -> dict[str, Any]:
    fields = {
        name: {"label": str(model._meta.get_field(name).verbose_name), "kind": kind}  # type: ignore[union-attr]
        for name, kind in classification(model).items()
        if not _is_left_out(model, name)
    }
    found = [_values(row, model) for row in model.objects.filter(pk__in=keys).order_by("pk")]
    return {"name": str(model._meta.verbose_name), "fields": fields, "rows": found}


def _is_left_out(model: Any, name: str) -> bool:
    return f"{model._meta.label}.{name}" in LEFT_OUT


def _values(row: Any, model: type[PrivateModel]) -> dict[str, Any]:
    known = {field.name for field in row._meta.concrete_fields}
    return {
        name: _staff(row, name) if kind == Kind.STAFF else _plain(row, name)
        for name, kind in classification(model).items()
        if name in known and not _is_left_out(model, name)
    }


def _plain(row: Any, name: str) -> Any:
    field = row._meta.get_field(name)
    value = getattr(row, field.attname)
    return value.hex() if isinstance(value, bytes) else value


def _staff(row: Any, name: str) -> str | None:
    """The role of a colleague; names and addresses of the organisation's people are not the person's data."""
    field = row._meta.get_field(name)
    if not isinstance(field, models.ForeignKey) or field.related_model is not Colleague:
        return None
    return role_of(getattr(row, field.attname))


def role_of(key: UUID | None) -> str | None:
    if key is None:
        return None
    role = Colleague.objects.filter(pk=key).values_list("role", flat=True).first()
    return str(Role(role).label) if role else _("Somebody who worked here")


# --- for people --------------------------------------------------------------------------------------------
def as_pdf(client: Client, rows: Rows) -> bytes:
    """In the active language and calendar."""
    organisation = required_organisation().name(get_language() or "en")
    paper = Paper(_("What %(organisation)s holds about %(name)s") % {"organisation": organisation, "name": client})
    paper.foot = organisation
    paper.paragraph(_("Made on %(moment)s.") % {"moment": format_moment(timezone.now())}, soft=True)
    for model, keys in in_order(rows):
        paper.heading(capfirst(str(model._meta.verbose_name_plural)))
        for row in model.objects.filter(pk__in=keys).order_by("pk"):
            paper.facts(_lines(row, model))
    paper.heading(_("Who has looked at it"))
    for look in told(list(looks_at(client).order_by("-at", "-id"))):
        paper.paragraph(f"{format_moment(look.at)}  ·  {look.who}  ·  {look.what}")
    return paper.bytes()


def _lines(row: PrivateModel, model: type[PrivateModel]) -> Iterator[tuple[str, str]]:
    for name, kind in classification(model).items():
        field: Any = model._meta.get_field(name)
        if name in SILENT or _is_left_out(model, name) or _is_inner(field):
            continue
        text = (_staff(row, name) or "") if kind == Kind.STAFF else in_words(row, field)
        if text:
            yield capfirst(str(field.verbose_name)), text


def _is_inner(field: Any) -> bool:
    """A reference between rows that stand in the copy anyway."""
    return isinstance(field, models.ForeignKey) and issubclass(field.related_model, PrivateModel)


def in_words(row: Any, field: Any) -> str:
    """A value as people read it."""
    value = getattr(row, field.name if isinstance(field, models.ForeignKey) else field.attname, None)
    if value is None or value in ("", [], {}):
        return ""
    if speak := _SPOKEN.get(f"{row._meta.label}.{field.name}"):
        return speak(row)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if choices := dict(getattr(field, "flatchoices", None) or ()):
        return str(choices.get(value, value))
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, list | dict):
        return _flat(value)
    return localise_digits(value) if isinstance(value, int) else str(value)


def _scopes(row: Any) -> str:
    return ", ".join(str(ConsentScope(scope).label) for scope in row.scopes)


def _answers(row: Any) -> str:
    items = {item.key: item for item in items_of(row.scale)}
    return "\n".join(
        f"{items[key].text}: {localise_digits(f'{answer + 1}/{items[key].steps}')}"
        for key, answer in row.answers.items()
        if key in items
    )


def _language(row: Any) -> str:
    return str(dict(Language.choices).get(row.language, row.language))


# Fields whose values are codes that only another place explains.
_SPOKEN: Final[dict[str, Callable[[Any], str]]] = {
    "caseloads.Assessment.answers": _answers,
    "caseloads.Client.languages": lambda row: names_in_list(row, "languages"),
    "caseloads.Client.vulnerabilities": lambda row: names_in_list(row, "vulnerabilities"),
    "caseloads.Consent.language": _language,
    "caseloads.Consent.scopes": _scopes,
    "caseloads.ConsentOffer.language": _language,
    "caseloads.ConsentOffer.scopes": _scopes,
    "caseloads.PersonalLink.language": _language,
    "caseloads.Plan.language": _language,
}


def _flat(value: Any) -> str:
    """Lists and maps as lines."""
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_flat(item)}" for key, item in value.items())
    if isinstance(value, list):
        inner = [item for item in value if isinstance(item, list | dict)]
        return "\n".join(": ".join(map(str, item)) if isinstance(item, list) else _flat(item) for item in inner) or (
            ", ".join(map(str, value))
        )
    return str(value)


def register() -> None:
    jobs.register(JobKind.TAKEOUT, run, Permission.RIGHTS_MANAGE, may_fetch)
