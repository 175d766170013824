"""StoredRecord: a record as its table keeps it and as people name it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, dataclass_transform

from officeops.model.about import columns_of
from officeops.model.fields import MISSING, choice, field, ref
from officeops.model.placeholder import Unreadable, Unusable, same
from officeops.model.sealed_value import typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from inspect import Signature

    from officeops.model.meta import Meta


class _Signature:
    """The signature of a record, built when `help()` or `inspect` asks: a command never does."""

    def __get__(self, record: StoredRecord | None, owner: type[StoredRecord]) -> Signature:
        from inspect import Parameter, Signature

        parameters = []
        for declared in owner.meta.fields if hasattr(owner, "meta") else ():
            default = declared.default_of or declared.default
            if declared.must_be_given:
                default = Parameter.empty
            annotation = owner.__annotations__.get(declared.name, "")
            parameter = Parameter(
                declared.name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation
            )
            parameters.append(parameter)
        return Signature(parameters)


@dataclass_transform(kw_only_default=True, field_specifiers=(field, choice, ref))
class StoredRecord:
    """The fields, the row and the names of a record, without the rules of its kind.

    `Record` adds the rules, and they ask an office. An office reads and writes records by what they
    are here, so neither has to name the other.
    """

    meta: ClassVar[Meta]
    __signature__: ClassVar[Signature] = _Signature()  # type: ignore[assignment] # a descriptor

    id: int = field(default=0)
    version: int = field(default=1)
    archived_at: str | None = field(default=None)

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - dataclass_transform types it
        own = self.__dict__
        own["id"] = values.pop("id", 0)
        own["version"] = values.pop("version", 1)
        own["archived_at"] = values.pop("archived_at", None)
        if self.meta.about and "about" in values:
            about = values.pop("about")
            values |= columns_of(about) if about is not None else {}
        for declared in self.meta.fields:
            value = values.pop(declared.name, declared.default)
            # The office asks for a default that is a function when it adds the record.
            if value is MISSING and declared.default_of is None:
                raise TypeError(f"{type(self).__name__} needs {declared.name}")
            own[declared.name] = typed(value) if declared.sealed else value
        if values:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(values)}")

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Self:
        """Make the record from a row of its table, columns in `meta.columns` order."""
        # Lists and reports read thousands of rows here, so the fields that need no conversion are
        # not looked at.
        self = cls.__new__(cls)
        own = self.__dict__
        own["version"], own["archived_at"] = 1, None
        own.update(zip(cls.meta.columns, row, strict=True))
        for name, convert in cls.meta.converted:
            value = own[name]
            if value is None:
                continue
            try:
                own[name] = convert(value)
            except (ValueError, TypeError):
                # It can still be shown and corrected; code that uses it learns that it cannot be
                # read.
                about = f"{cls.meta.one} #{own['id']}"
                own[name] = Unreadable(cls.meta.by_name[name], about, value)
        return self

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Make a record that has no id yet from all its fields' values as SQLite keeps them.

        Nothing is checked.
        """
        self = cls.__new__(cls)
        self.__dict__.update(id=0, version=1, archived_at=None)
        self.take_values(values)
        return self

    def take_values(self, values: Mapping[str, Any]) -> None:
        """Take all fields' values, as SQLite keeps them, in the place of its own."""
        own = self.__dict__
        own.update(values)
        for name, convert in self.meta.converted:
            if (value := own[name]) is not None:
                own[name] = convert(value)

    # -- names for people ------------------------------------------------------------------------

    @property
    def human_key(self) -> str:
        """The text that people type to name this record: PO-12, or its first unique value."""
        if self.meta.prefix:
            return f"{self.meta.prefix}-{self.id}"
        for declared in self.meta.fields:
            # The number of another record is no name of this one.
            if not declared.unique or declared.sealed or declared.target:
                continue
            value = self.__dict__[declared.name]
            # A value that cannot be used raises when it is asked whether it is blank.
            if not isinstance(value, Unusable) and value:
                return str(value)
        return str(self.id)

    def __str__(self) -> str:
        name = self.__dict__.get(self.meta.display)
        return self.human_key if self.meta.prefix or name is None else str(name)

    def __repr__(self) -> str:
        return f"<{self.meta.key} {self.id} {self}>"

    def __eq__(self, other: object) -> bool:
        """Compare kind and values; values that are withheld count as the same."""
        if type(other) is not type(self) or other.__dict__.keys() != self.__dict__.keys():
            return False
        return all(same(value, other.__dict__[name]) for name, value in self.__dict__.items())

    def __hash__(self) -> int:
        return hash((self.meta.key, self.id))
