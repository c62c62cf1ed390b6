"""Columns whose contents only the organisation's own key opens.

On an instance the attribute is the plain value; it is opened when it is first asked for and sealed when the instance
is saved. The database, `values()` and the log of queries see sealed bytes. Sealed columns are written by saving
instances: `QuerySet.update` can only empty them, and the database can only be asked whether they are empty.
A sealed value is bound to the names of table and column: whoever renames one in Python keeps it in `db_column`.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core import checks, validators
from django.core.exceptions import FieldError, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.lookups import Exact
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from halka.common.current import NotInside, required_organisation
from halka.common.sealing.keyring import keys_of
from halka.common.sealing.seals import Place, is_newest, key_number, seal, unseal

SHORT_TEXT = 200  # up to this length a form shows one line


class Sealed:
    """Sealed bytes on their way: comparable, and telling nothing. Empty is false."""

    __slots__ = ("token",)

    def __init__(self, token: bytes) -> None:
        self.token = token

    def __repr__(self) -> str:
        return "<sealed>"

    def __bool__(self) -> bool:
        return bool(self.token)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.token == self.token

    def __hash__(self) -> int:
        return hash(self.token)


def seal_value(organisation_id: UUID, table: str, column: str, pk: Any, text: str) -> bytes:
    """As a SealedTextField of that row keeps it, or a SealedJSONField given JSON. For migrations of plain columns."""
    return seal(Place(organisation_id, table, column, str(pk)), text.encode()) if text else b""


def open_value(organisation_id: UUID, table: str, column: str, pk: Any, sealed: bytes | memoryview | Sealed) -> str:
    """The text out of what `seal_value` or a field made. Raises SealBroken, KeyMissing."""
    token = sealed.token if isinstance(sealed, Sealed) else bytes(sealed)
    return unseal(Place(organisation_id, table, column, str(pk)), token).decode() if token else ""


def place_of(instance: models.Model, column: str) -> Place:
    """The place of a column of this row. An event of a record's history opens as the record did.

    Raises NotInside where the row is of another organisation than the one we are inside of.
    """
    organisation_id = required_organisation().id
    if getattr(instance._state, "organisation_id", organisation_id) != organisation_id:
        raise NotInside(f"A {instance._meta.verbose_name} of one organisation was used in another.")
    tracked = getattr(instance, "pgh_tracked_model", None)
    if tracked is not None:
        return Place(organisation_id, tracked._meta.db_table, column, str(instance.pgh_obj_id))  # type: ignore[attr-defined]
    return Place(organisation_id, instance._meta.db_table, column, str(instance.pk))


class SealedAttribute(DeferredAttribute):
    """Opens the value when it is first asked for, and remembers the seal of what nobody changes."""

    field: SealedField

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            assert instance is not None
            return self._open(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value

    def _open(self, instance: models.Model, sealed: Sealed) -> Any:
        place = place_of(instance, self.field.column)
        text = unseal(place, sealed.token).decode() if sealed else ""
        value = self.field.value_of(text)
        instance.__dict__[self.field.attname] = value
        instance.__dict__[self.field.kept_name] = (place, text, sealed)
        return value


class Emptiness(Exact):
    """All that can be asked of a sealed column beside `isnull`."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if rhs is not None and rhs != "":
            raise FieldError("A sealed column is compared with nothing but emptiness.")
        super().__init__(lhs, rhs)


class SealedField(models.Field):
    """What sealed text and sealed JSON have in common."""

    column: str
    db_index: bool
    is_sealed = True
    descriptor_class = SealedAttribute
    empty_strings_allowed = True

    @property
    def kept_name(self) -> str:
        return f"_sealed_{self.attname}"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def text_of(self, value: Any) -> str:
        """What is sealed for this value; empty for an empty one."""
        return str(value)

    def value_of(self, text: str) -> Any:
        """The value that was sealed as `text`."""
        return text

    # --- to and from the database
    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """What is saved: the same bytes where nothing changed, so that history shows no change either."""
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        text = self.text_of(value)
        if not text:
            return Sealed(b"")
        place = place_of(model_instance, self.column)
        kept_place, kept_text, kept = model_instance.__dict__.get(self.kept_name, (None, None, None))
        if kept and (kept_place, kept_text) == (place, text) and is_newest(place.organisation_id, kept.token):
            sealed: Sealed = kept
        else:
            sealed = Sealed(seal(place, text.encode()))
            model_instance.__dict__[self.kept_name] = (place, text, sealed)
        return sealed

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if isinstance(value, Sealed):
            return connection.Database.Binary(value.token)
        if isinstance(value, bytes | str) and not value:
            return connection.Database.Binary(b"")
        raise FieldError(f"{self.name} is sealed: it is written by saving an instance.")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "exact":
            return Emptiness
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: the database cannot look into it.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> None:
        raise FieldError(f"{self.name} is sealed: the database cannot look into it.")

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is sealed: it does not leave through a serializer.")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        errors: list[checks.CheckMessage] = super().check(**kwargs)
        if self.primary_key or self.unique or self.db_index:
            errors.append(checks.Error("A sealed column cannot be a key or have an index.", obj=self, id="halka.E101"))
        return errors


class SealedTextField(SealedField):
    """Text. With `max_length` a form counts letters, and shows one line up to SHORT_TEXT of them."""

    description = _("Sealed text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    def to_python(self, value: Any) -> str | None:
        return value if value is None or isinstance(value, str) else str(value)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        long = self.max_length is None or self.max_length > SHORT_TEXT
        defaults: dict[str, Any] = {"max_length": self.max_length, "form_class": forms.CharField}
        if long:
            defaults["widget"] = forms.Textarea
        if self.null:
            defaults["empty_value"] = None
        return super().formfield(**{**defaults, **kwargs})


class SealedJSONField(SealedField):
    """Anything JSON can hold."""

    description = _("Sealed JSON")
    empty_values: ClassVar[list[Any]] = [None, "", [], (), {}]  # type: ignore[misc]
    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Value must be valid JSON.")}

    def text_of(self, value: Any) -> str:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))

    def value_of(self, text: str) -> Any:
        return json.loads(text) if text else self.get_default()

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        try:
            self.text_of(value)
        except TypeError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed) and value == self.get_default():
            return connection.Database.Binary(b"")  # a migration adds the column to rows that are there
        return super().get_db_prep_value(value, connection, prepared)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": forms.JSONField, "show_hidden_initial": False, **kwargs})


class BlindIndexField(models.Field):
    """Finds rows by the exact value of a sealed field: a keyed digest of it, made when the row is saved.

    Ask with `filter(number_index__in=blind_indexes(Model, "number_index", text))`. Empty values have none.
    """

    column: str
    db_index: bool
    description = _("Blind index")

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.indexes = source
        kwargs["null"] = True
        kwargs["editable"] = False
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["null"], kwargs["editable"]
        if not self.db_index:
            kwargs["db_index"] = False
        else:
            del kwargs["db_index"]
        return name, path, args, {**kwargs, "source": self.indexes}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        """Under the key that its source was sealed under just now: both go on to the next key together."""
        text = getattr(model_instance, self.indexes)
        message = self.message(text) if text else b""
        if message:
            source = self.model._meta.get_field(self.indexes)
            assert isinstance(source, SealedField)
            sealed = source.pre_save(model_instance, add)
            assert sealed is not None
            keys = keys_of(place_of(model_instance, self.column).organisation_id)
            digest = keys.numbered(key_number(sealed.token) or 0).index_of(message)
        else:
            digest = None
        setattr(model_instance, self.attname, digest)
        return digest

    def message(self, text: str) -> bytes:
        """Bound to the column, so that equal values of two columns do not look equal."""
        normal = normalised(text)
        tracked = getattr(self.model, "pgh_tracked_model", self.model)
        return f"{tracked._meta.db_table}\0{self.column}\0{normal}".encode() if normal else b""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return None if value is None else connection.Database.Binary(value)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        errors: list[checks.CheckMessage] = super().check(**kwargs)
        fields = {field.name: field for field in self.model._meta.concrete_fields}
        if not isinstance(fields.get(self.indexes), SealedTextField):
            message = f"A blind index needs a SealedTextField; {self.indexes} is none."
            errors.append(checks.Error(message, obj=self, id="halka.E102"))
        elif fields[self.indexes].creation_counter > self.creation_counter:
            errors.append(checks.Error("A blind index stands below its source.", obj=self, id="halka.E103"))
        return errors


def normalised(text: str) -> str:
    """Letters and digits alone, small, in one form: a number is found however it was spaced."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(str(unicodedata.digit(letter, letter)) for letter in letters if letter.isalnum())


def blind_indexes(model: type[models.Model], field_name: str, text: str) -> list[bytes]:
    """Under every key of the organisation, since a rotation may be half done. None for an empty text."""
    field = model._meta.get_field(field_name)
    assert isinstance(field, BlindIndexField)
    message = field.message(text)
    keys = keys_of(required_organisation().id).by_number.values()
    return [key.index_of(message) for key in keys] if message else []
