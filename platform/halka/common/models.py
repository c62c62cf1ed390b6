"""Bases of models. Private ones are bound to the organisation they were read in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import connection, connections, models, router

from halka.common.current import NotInside, current_organisation, required_organisation
from halka.common.identifiers import uuid7

M = TypeVar("M", bound=models.Model)


def one_or_none(rows: models.QuerySet[M]) -> M | None:
    """The row of a filter on something unique, if it is there: without the order that `first` asks for."""
    return next(iter(rows.order_by()[:1]), None)


class PrivateQuerySet(models.QuerySet):
    """A query made inside of one organisation refuses to run inside of another."""

    _organisation_id: UUID | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = current_organisation()
        self._organisation_id = organisation.id if organisation else None

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._organisation_id = self._organisation_id
        return clone

    def _bind(self) -> None:
        organisation_id = required_organisation().id
        if self._organisation_id not in (None, organisation_id):
            raise NotInside("A query made in one organisation was run in another.")
        self._organisation_id = organisation_id

    def select_for_update(
        self, nowait: bool = False, skip_locked: bool = False, of: Sequence[str] = (), no_key: bool = True
    ) -> Self:
        """Locks rows against change, not against being referred to: rows that name a locked one never wait for it.

        What waits while it commits holds up the audit of the whole organisation, whose entries are linked then.
        """
        return super().select_for_update(nowait=nowait, skip_locked=skip_locked, of=of, no_key=no_key)

    @property
    def db(self) -> str:
        """Every way of running a query asks for this first."""
        self._bind()
        return super().db

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> Any:
        """Refuses to write over rows found by anything but their keys: sealed values are bound to the key."""
        pk = self.model._meta.pk
        by_key = [*(options.get("unique_fields") or ())] in (["pk"], [pk and pk.name])
        if options.get("update_conflicts") and not by_key:
            sealed = [f.name for f in self.model._meta.concrete_fields if getattr(f, "is_sealed", False)]
            if changed := sorted({*sealed} & {*(options.get("update_fields") or ())}):
                raise FieldError(f"{', '.join(changed)} would be sealed for another row.")
        return super().bulk_create(objs, *args, **options)

    def _fetch_all(self) -> None:
        self._bind()
        super()._fetch_all()

    def _iterator(self, use_chunked_fetch: bool, chunk_size: int | None) -> Iterator[Any]:
        """Rows that come in parts: each part is asked for, and seen, where the query was made."""
        for row in super()._iterator(use_chunked_fetch, chunk_size):  # type: ignore[misc]
            self._bind()
            yield row


class PrivateModel(models.Model):
    """A row of one organisation's own schema.

    It remembers the organisation it belongs to and refuses to be saved or deleted inside of another.
    """

    # Of the organisation's role, beside reading: walls.ddl grants them.
    RIGHTS: ClassVar[tuple[str, ...]] = ("INSERT", "UPDATE", "DELETE")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    objects = PrivateQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any) -> Self:
        instance = super().from_db(db, field_names, values, **options)
        instance._belong()
        return instance

    def __repr__(self) -> str:
        """Neither names nor contents: this is what logs and error reports show."""
        return f"<{type(self).__name__} {self.pk}>"

    def _belong(self) -> None:
        """Binds to the organisation we are inside of, or raises NotInside."""
        organisation_id = required_organisation().id
        if getattr(self._state, "organisation_id", organisation_id) != organisation_id:
            raise NotInside(f"A {self._meta.verbose_name} of one organisation was used in another.")
        self._state.organisation_id = organisation_id  # type: ignore[attr-defined]

    def save_base(  # type: ignore[override]  # Django passes these by name
        self, *, update_fields: Collection[str] | None = None, **options: Any
    ) -> None:
        """Saving a sealed field saves its blind index with it."""
        self._belong()
        if update_fields:
            indexes = {f.name for f in self._meta.concrete_fields if getattr(f, "indexes", None) in update_fields}
            update_fields = frozenset(update_fields) | indexes
        super().save_base(update_fields=update_fields, **options)

    def insert(self, *, once: str = "") -> bool:
        """Saves a new row, in half the time that `save` takes: without signals, as one statement made once.

        For what is written again and again, such as the audit. `once` is a column that is unique: False where a row
        with the same value stands already. Raises NotInside as `save` does.
        """
        self._belong()
        using = router.db_for_write(type(self), instance=self)
        fields = self._meta.local_concrete_fields
        with connections[using].cursor() as cursor:
            values = [field.get_db_prep_save(field.pre_save(self, True), connections[using]) for field in fields]
            cursor.execute(_insertion(type(self), once), values)
            is_new: bool = cursor.rowcount == 1
        self._state.adding = not is_new
        self._state.db = using
        return is_new

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._belong()
        return super().delete(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        self._belong()
        super().refresh_from_db(*args, **kwargs)


@cache
def _insertion(model: type[models.Model], once: str) -> str:
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in model._meta.local_concrete_fields]
    values = ", ".join(["%s"] * len(columns))
    alone = f" ON CONFLICT ({quote(once)}) DO NOTHING" if once else ""
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({values}){alone}"
