"""FormState: the texts of a form, as typed and as they were before.

It has no widgets, so that "unsaved" is known.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Final

from officeops.model.about import KEY, NUMBER, SubjectField, columns_of, filled_by
from officeops.model.errors import OfficeError, Problem, Refused
from officeops.model.fields import MISSING
from officeops.query.references import scope, ways_beside
from officeops.query.subject import subject_named
from officeops.tui.forms.conflict import FieldConflict
from officeops.tui.forms.field_text import asked_default, understood
from officeops.values.convert import reader
from officeops.values.text import Pattern, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from re import Match

    from officeops.model.fields import Field
    from officeops.office.office import Office
    from officeops.tui.forms.form import Form
    from officeops.values.conventions import Conventions

_OPTION: Final = Pattern(r"--([a-z][a-z-]*)")


class FormState:
    """The texts of a form's fields, their errors, and their conflicts."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.fields = tuple(form.fields)
        self.before = {field.name: form.texts.get(field.name, "") for field in self.fields}
        self.texts = dict(self.before)
        self.errors: dict[str, str] = {}
        #: The texts that a scanned code filled in, by field.
        self._scanned: dict[str, str] = {}
        #: The fields that someone else changed too, until the person decides whose text to keep.
        self.conflicts: dict[str, FieldConflict] = {}

    @property
    def changed(self) -> list[Field]:
        """The fields whose text differs from the beginning."""
        return [field for field in self.fields if self._is_changed(field)]

    def _is_changed(self, field: Field) -> bool:
        return self.texts[field.name] != self.before[field.name]

    @property
    def dirty(self) -> bool:
        """Whether leaving would lose something."""
        return bool(self.changed)

    # -- scans -------------------------------------------------------------------------------------

    def take_scans(self, office: Office) -> dict[str, str]:
        """Put the parts of scanned codes into the fields that take them, and return those texts.

        A second scan replaces what the first one filled. Raises Refused for a code that cannot be
        used, or that says otherwise than a person typed.
        """
        if not any(field.scan for field in self.fields):
            return {}
        from officeops.query.scanned_items import filled_for

        # A text that a scan filled in is not a person's, who scans the next package now.
        typed = {
            name: "" if self._scanned.get(name) == text else text
            for name, text in self.texts.items()
        }
        texts = filled_for(office, self.fields, typed, self.form.about)
        filled = {name: text for name, text in texts.items() if text or typed[name]}
        self.texts |= filled
        self._scanned |= filled
        return filled

    # -- reading the values ------------------------------------------------------------------------

    def read(self, office: Office) -> dict[str, Any] | None:
        """Return the typed values by field, or None if any cannot be read.

        In that case `errors` says why, by field.
        """
        self.errors = {}
        values: dict[str, Any] = {}
        # An edit saves only the fields that changed, so that two people can edit one record.
        for field in self.changed if self.form.only_changed else self.fields:
            try:
                value = self._value(office, field)
            except (ValueError, OfficeError) as error:
                self.errors[field.name] = safe(str(error))
                continue
            if value is None and field.required and field.default_of is not None:
                value = asked_default(office, field)
                if value is None:
                    # Asked again once somebody has signed.
                    continue
            if value is None and field.required:
                self.errors[field.name] = "is needed"
            elif value is None and field.default is not MISSING and field.default is not None:
                # A blank means the declared default, as on the command line.
                value = field.default
            if isinstance(field, SubjectField):
                values |= columns_of(value) if value else dict.fromkeys((KEY, NUMBER))
            else:
                values[field.name] = value
        return None if self.errors else values

    def remark(
        self,
        office: Office,
        field: Field,
        *,
        is_here: bool,
    ) -> tuple[str, bool]:
        """Return what a text means, where that is not what it says, and whether it is an error.

        A word that is still being typed may become the name of a record or of a choice.
        """
        text = self.texts[field.name]
        if field.sealed or not text.strip() or (is_here and field.kind.editor != "line"):
            return "", False
        try:
            value = self._value(office, field)
        except (ValueError, OfficeError) as error:
            return safe(str(error)), True
        except sqlite3.Error:
            return "", False  # saving shows the error
        return understood(office, field, text, value), False

    def _value(self, office: Office, field: Field) -> Any:  # noqa: ANN401 - any field's value
        text = self.texts[field.name]
        if isinstance(field, SubjectField):
            return subject_named(office, text) if text.strip() else None
        if not field.target:
            return reader(field, self._ways(office, field))(text)
        if not text.strip():
            return None
        return office.refer(field, text, self.within(office, field), self.form.about)

    def _ways(self, office: Office, field: Field) -> Conventions:
        """Return how a value is written; a time is by the clock of the location in the form."""

        def value_of(name: str) -> object:
            return self._value_by_name(office, name)

        try:
            return ways_beside(office, field, self.fields, value_of, self.form.about)
        except (ValueError, OfficeError):
            return office.ways  # the location has an error of its own

    def within(self, office: Office, field: Field) -> dict[str, int]:
        """Return the columns that limit where a reference is looked up, from the other fields.

        There are none while the texts of those fields mean nothing.
        """
        target = office.target(field)
        if not field.within or target is None:
            return {}

        def value_of(name: str) -> object:
            return self._value_by_name(office, name)

        about = self.form.about
        owner = about.meta.key if about else ""
        try:
            return scope(
                field,
                target,
                self.fields,
                value_of,
                owner,
            )
        except (ValueError, OfficeError):
            return {}

    def _value_by_name(self, office: Office, name: str) -> object:
        if name == "id" and self.form.about:
            return self.form.about.id
        field = next(field for field in self.fields if field.name == name)
        return self._value(office, field)

    # -- errors ------------------------------------------------------------------------------------

    def blame(self, error: Exception) -> list[Problem]:
        """Put each problem of a refusal at the field it is about.

        Return the problems that are about no field of the form.
        """
        code = error.code if isinstance(error, OfficeError) else "malformed"
        problems = (
            error.problems if isinstance(error, Refused) else [Problem(str(error), code=code)]
        )
        names: dict[str, str] = {}
        for field in self.fields:
            names[field.public_name] = names[field.name] = field.name
            names |= {part.name: field.name for part in filled_by(field)}
        for entries in self.form.children:
            names[entries.child.option] = entries.child.option
        self.errors = {}
        elsewhere = []
        for problem in problems:
            message = self._with_labels(problem.message)
            if problem.field in names:
                self.errors[names[problem.field]] = safe(message)
            else:
                elsewhere.append(problem.replace(message=message))
        return elsewhere

    def _with_labels(self, message: str) -> str:
        """Return a message with the form's labels in place of command-line options.

        A command to type, which a message may end with, stays as it is.
        """
        labels = {field.public_name: field.label for field in self.fields}
        # From `officeops ` on the message is a command.
        words, officeops, command = message.partition("officeops ")

        def label(option: Match[str]) -> str:
            name = option[1].replace("-", "_")
            return f'"{labels[name]}"' if name in labels else option[0]

        return str(_OPTION.sub(label, words)) + officeops + command

    # -- someone else's changes --------------------------------------------------------------------

    def rebase(self, texts: Mapping[str, str], conflicting: Iterable[str]) -> None:
        """Continue from the record as it is now.

        A field that only someone else changed takes their text; one that both changed becomes a
        conflict. `conflicting` are the fields that the office knows both changed: it also compares
        sealed values, which have no text here.
        """
        now = {name: texts.get(name, "") for name in self.texts}
        for name, mine in self.texts.items():
            theirs, before = now[name], self.before[name]
            if mine == before:
                self.texts[name] = theirs
            elif theirs not in {before, mine} or name in conflicting:
                self.conflicts[name] = FieldConflict(theirs, before)
        self.before = now

    def settle(self, name: str, *, theirs: bool) -> str:
        """End a conflict and return the field's text from now on.

        It is the typed text, or with `theirs` the text someone else saved.
        """
        conflict = self.conflicts.pop(name)
        if theirs:
            self.texts[name] = conflict.theirs
        return self.texts[name]

    # -- lost permissions --------------------------------------------------------------------------

    def blank(self, field: Field) -> None:
        """Make a field blank, and count that as unchanged."""
        self.texts[field.name] = self.before[field.name] = ""
        self.errors.pop(field.name, None)
        self.conflicts.pop(field.name, None)

    def drop(self, field: Field) -> None:
        """Remove a field and its text."""
        self.blank(field)
        self.fields = tuple(other for other in self.fields if other is not field)
