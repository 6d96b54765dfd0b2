"""Columns of text that is encrypted at rest, bound to its table, column and row (T24, design rule 3).

SealedText   text of a drawer: sealed in memory too, and opened for a named seat alone
TableText    text of the table: read as plain text by whoever its row's lock lets through, for what a side writes there
             while it keeps a relationship by itself is its own until the other comes, and stays so (M4)
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from goodword.ground.sealing import SealBroken, SealedValue


class Cipher(bytes):
    """Sealed bytes as they lie in the database."""

    def __str__(self) -> str:
        raise SealBroken("private text was about to be shown without unsealing it")

    __repr__ = __str__


class _SameRow:
    """Who asks when Django copies a value between two instances of one row."""


SAME_ROW = _SameRow()


class CipherText(models.BinaryField):  # type: ignore[type-arg]
    """What both kinds have in common: how text becomes a cipher of its row as it is stored, and how it is opened."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"editable": False, **options})

    def place(self, pk: uuid.UUID) -> bytes:
        """Return what binds a cipher to its row."""
        return f"{self.model._meta.db_table}.{self.column}.{pk}".encode()

    def open(self, pk: uuid.UUID, raw: str | bytes) -> str:
        """Return the text of a row's raw content: what was set and not stored yet, or what the database holds."""
        return raw if isinstance(raw, str) else settings.KEY_RING.open(bytes(raw), self.place(pk)) if raw else ""

    def from_db_value(self, value: Any, *_: object) -> Cipher | None:
        """Return database bytes as a Cipher."""
        return None if value is None else Cipher(value)

    def pre_save(self, model_instance: Any, add: bool) -> Cipher:
        """Seal plain text for its row before it is stored, an empty one too."""
        raw = model_instance.__dict__[self.attname]
        if isinstance(raw, str):
            raw = Cipher(settings.KEY_RING.seal(raw, self.place(model_instance.pk)))
            model_instance.__dict__[self.attname] = raw
        return Cipher(raw)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Pass sealed bytes on. Raise SealBroken for plain text: a query must never carry it."""
        if isinstance(value, (str, SealedValue)):
            raise SealBroken("plain private text was about to reach a query")
        return super().get_db_prep_value(value, connection, prepared)

    def get_default(self) -> str:
        """Return the empty text."""
        return ""

    def value_to_string(self, obj: models.Model) -> str:
        """Refuse to serialise."""
        raise SealBroken("private text was about to be serialised")


class SealedAttribute(DeferredAttribute):
    """Hands out a `SealedValue` that knows its row; takes plain text or what came from the database."""

    field: SealedText

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        raw = super().__get__(instance, cls)
        return self.field.sealed(instance, raw)

    def __set__(self, instance: Any, value: Any) -> None:
        if isinstance(value, SealedValue):  # refresh_from_db hands over another instance's attribute
            value = value.unseal(SAME_ROW)
        instance.__dict__[self.field.attname] = value


class SealedText(CipherText):
    """Text of a drawer: encrypted at rest, and sealed in memory."""

    descriptor_class = SealedAttribute

    def sealed(self, row: Any, raw: str | bytes) -> SealedValue:
        """Return the sealed value of a row's raw content."""

        def may(seat: Any) -> bool:
            return seat is SAME_ROW or (seat.relationship_id == row.relationship_id and row.opens_for(seat))

        return SealedValue(lambda: self.open(row.pk, raw), may)


class TableAttribute(DeferredAttribute):
    """Hands out the text of a row; takes plain text or what came from the database."""

    field: TableText

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        return self if instance is None else self.field.open(instance.pk, super().__get__(instance, cls))

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class TableText(CipherText):
    """Text of the table: encrypted at rest, plain in memory. No query searches or sorts by it.

    Not `seals_empty`: an empty text is stored as nothing, where the rest of the row says already whether there is one.
    """

    descriptor_class = TableAttribute

    def __init__(self, *args: Any, seals_empty: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seals_empty = seals_empty

    def deconstruct(self) -> Any:
        """Return how the field is made, for migrations."""
        name, path, args, options = super().deconstruct()
        return name, path, args, options if self.seals_empty else {**options, "seals_empty": False}

    def pre_save(self, model_instance: Any, add: bool) -> Cipher:
        """Seal the text for its row before it is stored, an empty one too where it would tell something."""
        if not self.seals_empty and not model_instance.__dict__[self.attname]:
            return Cipher()
        return super().pre_save(model_instance, add)

    def from_db_value(self, value: Any, *_: object) -> Any:
        """Return database bytes as they are: a row's column opens them, and nothing else does."""
        return None if value is None else bytes(value)


def text_of(model: type[models.Model], column: str, row: Any) -> str:
    """Return the text of a row's TableText, also where `row` is no more than what was read of its columns, its id among them."""
    raw: Any = getattr(row, column)
    field: Any = model._meta.get_field(column)
    return str(raw) if isinstance(row, model) else field.open(row.id, raw)
