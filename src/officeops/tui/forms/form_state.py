"""What a form holds: its fields, what was typed and what was there before. Plain, so that "unsaved" is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import OfficeError, Problem, Refused
from officeops.model.fields import MISSING
from officeops.model.immutable import Value
from officeops.model.placeholder import Unusable
from officeops.model.sql_values import to_sql
from officeops.query.lookup import given, scope
from officeops.values.convert import plain, reader, safe, show
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from re import Match

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

_OPTION: Final = Pattern(r"--([a-z][a-z-]*)")
#: How many candidates stand under a field at once.
CANDIDATES: Final = 5


@dataclass
class Form:
    """A dialog: its title, fields, the texts they begin with, and what saving does.

    `save(office, values)` runs in a thread and returns what to say; `values` are those of all fields, or with
    `only_changed` of those that differ from the beginning. `question` is asked before saving, where saving is grave.
    """

    title: str
    fields: Sequence[Field]
    save: Callable[[Office, dict[str, Any]], str]
    texts: dict[str, str] = field(default_factory=dict)
    only_changed: bool = False
    question: str = ""
    #: Called after a clash: reads the record again and returns the texts the form would begin with now. What is
    #: saved from then on is a change of the record as it was read here.
    rebase: Callable[[Office], dict[str, str]] | None = None
    #: The permissions without which the form is not the acting person's, and by field, what guards its value.
    needs: tuple[str, ...] = ()
    #: The record that an action is about, inside which a reference may be looked up.
    about: Record | None = None
    guarded: Mapping[str, str] = field(default_factory=dict)


class Rift(Value):
    """One field that two people changed: what someone else made of it, and what it was before."""

    theirs: str
    before: str


class FormState:
    """What was typed into a form so far."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.fields = tuple(form.fields)
        self.before = {f.name: form.texts.get(f.name, "") for f in self.fields}
        self.texts = dict(self.before)
        self.errors: dict[str, str] = {}
        #: The fields that someone else changed too, until it is settled whose text is kept.
        self.rifts: dict[str, Rift] = {}

    @property
    def changed(self) -> list[Field]:
        """The fields whose text differs from the beginning."""
        return [f for f in self.fields if self.texts[f.name] != self.before[f.name]]

    @property
    def dirty(self) -> bool:
        """Whether leaving would lose something."""
        return bool(self.changed)

    def read(self, office: Office) -> dict[str, Any] | None:
        """Return the values typed; None where some cannot be read, and then `errors` says why, by field."""
        self.errors = {}
        values: dict[str, Any] = {}
        for each in self.changed if self.form.only_changed else self.fields:
            try:
                values[each.name] = value = self._value(office, each)
            except (ValueError, OfficeError) as error:
                self.errors[each.name] = safe(str(error))
                continue
            if value is None and each.required:
                self.errors[each.name] = "is needed"
            elif value is None and each.default is not MISSING and each.default is not None:
                # A blank stands for the declared default, as on the command line.
                values[each.name] = each.default
        return None if self.errors else values

    def _value(self, office: Office, each: Field) -> object:
        text = self.texts[each.name]
        if each.kind != "reference":
            return reader(each, office.ways)(text)
        if not text.strip():
            return None
        return office.refer(each, text, self.within(office, each))

    def within(self, office: Office, each: Field) -> dict[str, int]:
        """Return the columns inside which a reference is looked up, from what is typed beside it; none while that means nothing."""
        target = office.target(each)
        if not each.within or target is None:
            return {}
        try:
            return scope(
                each, target, self.fields, lambda name: self._beside(office, name), self._owner
            )
        except (ValueError, OfficeError):
            return {}

    @property
    def _owner(self) -> str:
        return self.form.about.meta.key if self.form.about else ""

    def _beside(self, office: Office, name: str) -> object:
        if name == "id" and self.form.about:
            return self.form.about.id
        return self._value(office, next(f for f in self.fields if f.name == name))

    def blame(self, error: Exception) -> list[Problem]:
        """Put what was refused beside the fields it is about, and return what is about none of them."""
        problems = error.problems if isinstance(error, Refused) else [Problem(str(error))]
        names = {f.public_name: f.name for f in self.fields} | {f.name: f.name for f in self.fields}
        self.errors = {
            names[p.field]: safe(self._on_screen(p.message)) for p in problems if p.field in names
        }
        return [
            Problem(self._on_screen(p.message), p.field) for p in problems if p.field not in names
        ]

    def _on_screen(self, message: str) -> str:
        """Return a sentence with the form's own fields in place of the options that a command line has for them.

        What stands in a command to type stays as it is.
        """
        labels = {f.public_name: f.label for f in self.fields}
        words, officeops, command = message.partition("officeops ")

        def label(option: Match[str]) -> str:
            name = option[1].replace("-", "_")
            return f'"{labels[name]}"' if name in labels else option[0]

        return str(_OPTION.sub(label, words)) + officeops + command

    def rebase(self, texts: Mapping[str, str], clashing: Iterable[str]) -> None:
        """Go on from what a record is now. A field only they changed is theirs, one both did becomes a rift.

        `clashing` are fields both changed as the office says: it knows of sealed ones, whose texts are not shown.
        """
        now = {name: texts.get(name, "") for name in self.texts}
        for name, mine in self.texts.items():
            theirs, before = now[name], self.before[name]
            if mine == before:
                self.texts[name] = theirs
            elif theirs not in {before, mine} or name in clashing:
                self.rifts[name] = Rift(theirs, before)
        self.before = now

    def blank(self, each: Field) -> None:
        """Leave a field blank, and unchanged by that."""
        self.texts[each.name] = self.before[each.name] = ""
        self.errors.pop(each.name, None)
        self.rifts.pop(each.name, None)

    def drop(self, each: Field) -> None:
        """Have a field no longer, nor what was in it."""
        self.blank(each)
        self.fields = tuple(f for f in self.fields if f is not each)

    def settle(self, name: str, *, theirs: bool) -> str:
        """Close a rift and return the text the field has now: as typed, or as someone else wrote it."""
        rift = self.rifts.pop(name)
        if theirs:
            self.texts[name] = rift.theirs
        return self.texts[name]


def starting_texts(
    office: Office, fields: Sequence[Field], record: Record | None = None
) -> dict[str, str]:
    """Return the texts a form begins with: a record's values, or the declared defaults."""
    texts: dict[str, str] = {}
    for f in fields:
        target = office.target(f) if record and f.within else None
        within = scope(f, target, fields, given({}, record)) if target else None
        texts[f.name] = text_of(office, f, getattr(record, f.name) if record else f.default, within)
    return texts


def text_of(
    office: Office, each: Field, value: object, within: Mapping[str, int] | None = None
) -> str:
    """Return a value as a person would type it, inside what it is looked up in; a sealed one is not shown."""
    if value is None or value is MISSING or each.sealed or isinstance(value, Unusable):
        return safe(value.shown) if isinstance(value, Unusable) else ""
    if each.kind == "reference" and isinstance(value, int):
        target = office.target(each)
        return name_of(office, target, value, within) if target else f"#{value}"
    if each.kind == "duration" and isinstance(value, int):
        return f"{value // 60}:{value % 60:02}"
    if each.kind == "yes_no":
        return "yes" if value else "no"
    if each.kind == "instant":
        return show(each, value, office.ways)
    return safe_lines(str(plain(each, value, office.ways)), long=each.kind == "long_text")


def safe_lines(text: str, *, long: bool) -> str:
    """Return text with nothing that drives a terminal; a long text keeps its lines."""
    return "\n".join(map(safe, text.split("\n"))) if long else safe(text)


def name_of(
    office: Office, target: type[Record], record_id: int, within: Mapping[str, int] | None = None
) -> str:
    """Return a word that means this record and no other: its name where that is enough, or its #number."""
    label = office.label(target, record_id)
    means = office.find_ids(target, label, within=within)
    return label if means == [record_id] and label == safe(label) else f"#{record_id}"


def candidates(
    office: Office, each: Field, text: str, within: Mapping[str, int] | None = None
) -> list[tuple[str, str]]:
    """Return what a text may be on its way to: the word to write, and what more is known of it."""
    words = ("yes", "no") if each.kind == "yes_no" else each.choices
    if words:
        return [(word, "") for word in words if word.casefold().startswith(text.strip().casefold())]
    target = office.target(each) if each.kind == "reference" else None
    return (
        _records_like(office, target, text.strip(), within or {}) if target and text.strip() else []
    )


def _records_like(
    office: Office, target: type[Record], text: str, within: Mapping[str, int]
) -> list[tuple[str, str]]:
    meta = target.meta
    ids = office.find_ids(target, text, within=within)[:CANDIDATES]
    columns = list(
        dict.fromkeys([meta.display, *(f.name for f in meta.fields if f.search and not f.sealed)])
    )
    pattern = "%" + "".join(f"\\{c}" if c in "\\%_" else c for c in text) + "%"
    live = "" if meta.derived else "archived_at IS NULL AND "
    like = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns)
    inside = "".join(f"{column} = ? AND " for column in within)
    sql = f"SELECT id FROM {meta.table} WHERE {live}{inside}({like}) ORDER BY {meta.display} LIMIT {CANDIDATES}"
    rows = office.rows(sql, *within.values(), *[pattern] * len(columns))
    found = dict.fromkeys([*ids, *(row[0] for row in rows)])
    return [_candidate(office, target, each, within) for each in list(found)[:CANDIDATES]]


def _candidate(
    office: Office, target: type[Record], record_id: int, within: Mapping[str, int]
) -> tuple[str, str]:
    record = office.get(target, record_id)
    word = name_of(office, target, record_id, within)
    more = [
        str(to_sql(getattr(record, f.name)))
        for f in target.meta.fields
        if f.unique and not f.sealed and to_sql(getattr(record, f.name)) is not None
    ]
    name = "" if word == office.name(record) else office.describe(record)
    return word, safe("  ".join(each for each in (name, *more) if each))
