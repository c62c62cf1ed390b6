"""What a record was before: triggers of the database copy every state of a tracked row, whoever changed it (ADR 8).

`@tracked()` on a private model makes a model of events beside it, named after it (`Client` → `ClientEvent`). Nobody
writes events but the triggers; `forget` alone removes them, and says so in the audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import pghistory
import pghistory.models
import pghistory.trigger
import pgtrigger
from django.db import connection, models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from pgtrigger import compiler

from halka.authorization.roles import Seat
from halka.common.models import PrivateModel, PrivateQuerySet

M = TypeVar("M", bound=type[PrivateModel])
OWN = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj")  # columns of every event


class TriggerSql(compiler.UpsertTriggerSql):
    """pgtrigger's SQL without its function that lets a session ignore triggers: nobody may write past the history.

    Migrations refer to it: a changed template needs a new class.
    """

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS trigger AS $$ BEGIN {func} END; $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} {when} {operation} ON {table} FOR EACH {level} {condition} EXECUTE FUNCTION {execute};
        """


class GuardSql(TriggerSql):
    """A trigger that runs a function of the shared schema."""

    def get_template(self) -> str:
        return """
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} {when} {operation} ON {table} FOR EACH {level} {condition} EXECUTE FUNCTION {func};
        """


def _compiled(trigger: pgtrigger.Trigger, model: Any, kind: type[TriggerSql]) -> compiler.Trigger:
    sql = kind(
        pgid=trigger.get_pgid(model),
        func=trigger.render_func(model),
        table=model._meta.db_table,
        when=trigger.when,
        operation=trigger.operation,
        condition=trigger.render_condition(model),
    )
    return compiler.Trigger(name=trigger.name, sql=sql)


class Copy(pghistory.trigger.Event):
    """Copies the row into its table of events."""

    def compile(self, model: Any) -> compiler.Trigger:
        return _compiled(self, model, TriggerSql)


class Guard(pgtrigger.Trigger):
    """Refuses an event that does not come from a trigger."""

    name = "guard"
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    condition = pgtrigger.Condition("pg_trigger_depth() = 0")
    func = "public.history_guard()"

    def compile(self, model: Any) -> compiler.Trigger:
        return _compiled(self, model, GuardSql)


class Differs(pgtrigger.Condition):
    """Something in these fields changed. In plain SQL: sealed fields refuse to be looked up, as pgtrigger would."""

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = tuple(fields)

    def resolve(self, model: Any) -> str:
        columns = [f'"{model._meta.get_field(name).column}"' for name in self.fields]
        return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


class _Copied:
    """For pghistory's kinds of events: with our trigger and condition."""

    def setup(self: Any, event_model: Any) -> None:
        if self.operation == pgtrigger.Update:
            known = {field.name for field in event_model.pgh_tracked_model._meta.fields}
            self.condition = Differs([field.name for field in event_model._meta.fields if field.name in known])
        self.add_event_trigger(event_model)

    def add_event_trigger(self: Any, event_model: Any) -> None:
        copy = Copy(
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=self.operation,
            condition=self.condition,
            level=self.level,
        )
        pgtrigger.register(copy)(event_model.pgh_tracked_model)


class Inserted(_Copied, pghistory.InsertEvent):
    pass


class Updated(_Copied, pghistory.UpdateEvent):
    pass


class Deleted(_Copied, pghistory.DeleteEvent):
    pass


class HistoryEvent(PrivateModel, pghistory.models.Event):
    """A state that a record had: after `insert` and `update`, before `delete`."""

    RIGHTS = ("INSERT",)  # by the triggers of the record: the guard refuses any other

    pgh_id = models.BigAutoField(primary_key=True)

    objects = PrivateQuerySet.as_manager()  # type: ignore[misc]  # pghistory's own offers what we do not use

    class Meta:
        abstract = True


def tracked(*, of: str = "", exclude: Sequence[str] = ()) -> Callable[[M], M]:
    """Keeps a history of the model: of all its columns but `exclude` (those that are computed, and keys of searches).

    Nothing is kept of a change in excluded columns alone. `of` is the foreign key by which a page asks for the
    histories of several records; without it they are found by their own keys.
    """

    def decorate(model: M) -> M:
        name: str = model._meta.model_name or ""
        indexes = [models.Index(fields=["pgh_obj", "-pgh_created_at"], name=f"{name}_history")]
        if of:
            indexes.append(models.Index(fields=[of, "-pgh_created_at"], name=f"{name}_history_of"))
        pghistory.track(
            Inserted(),
            Updated(),
            Deleted(),
            exclude=list(exclude),
            obj_field=pghistory.ObjForeignKey(related_name="+", related_query_name="+", db_index=False),
            context_field=None,  # it would need set_config, which organisations' roles may not call
            base_model=HistoryEvent,
            model_name=f"{model.__name__}Event",
            attrs={"Privacy": _privacy_of(model, exclude)},
            meta={
                "verbose_name": format_lazy("{} ({})", model._meta.verbose_name, _("history")),
                "verbose_name_plural": format_lazy("{} ({})", model._meta.verbose_name_plural, _("history")),
                "base_manager_name": "objects",
                "indexes": indexes,
                "triggers": [Guard()],
            },
        )(model)
        for field in events_of(model)._meta.concrete_fields:
            field.db_index = False  # type: ignore[attr-defined]  # the indexes above are all that is asked for
        return model

    return decorate


def _privacy_of(model: Any, exclude: Iterable[str]) -> type:
    """The classes of the record's own columns; those of events alone are plain."""
    classes = {name: set(fields) - set(exclude) for name, fields in vars(model.Privacy).items() if name[0] != "_"}
    classes["plain"] = classes.get("plain", set()) | set(OWN)
    return type("Privacy", (), {name: fields for name, fields in classes.items() if fields})


def events_of(model: Any) -> type[HistoryEvent]:
    """The model of the events of a tracked model."""
    events: type[HistoryEvent] = model.pgh_event_model
    return events


def forget(model: Any, keys: Iterable[UUID], *, about: UUID | None = None, by: Seat) -> int:
    """Removes what the history remembers of these rows, and writes `history.erased` into the audit; how many events.

    For erasure: call it after the rows themselves are gone, since their removal is the last event. `about` is the
    client whose records they were.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public.forget_history(%s, CAST(%s AS uuid[]), %s, %s, %s)",
            [model._meta.db_table, [str(key) for key in keys], by.user_id or None, by.name, about and str(about)],
        )
        return int(cursor.fetchone()[0])
