"""A child as one line of text: `work=555-0101; note=ask for Dana`.

The parts are parted by semicolons, each `field=value`. The first part is the value that names the
child, and may have a choice of its first choice field before it. The command line, forms' lists and
exported files write it so, and read it back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from officeops.model.errors import OfficeError, Problem, Reason, Refused, problem_of
from officeops.model.placeholder import Unusable
from officeops.model.text_folding import folded
from officeops.values.convert import reader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.children import Child
    from officeops.model.fields import Field
    from officeops.model.office import Office
    from officeops.model.records import Record


class EntryText:
    """Reads and writes the texts of one kind of child."""

    def __init__(
        self,
        office: Office,
        child: Child,
        kind: type[Record],
    ) -> None:
        self._office = office
        self.child = child
        self.kind = kind
        self.fields: Sequence[Field] = child.fields(kind)
        self._by_word = {_word(field.public_name): field for field in self.fields}
        names = "|".join(re.escape(field.public_name) for field in self.fields)
        # A semicolon parts only where one of the child's fields follows.
        self._part = re.compile(rf"(?<!\\);\s*(?=(?:{names})\s*=)", re.IGNORECASE)
        self._escape = re.compile(rf"(\\*;\s*(?:{names})\s*=)", re.IGNORECASE)

    @property
    def main(self) -> Field:
        """The field whose value a text begins with: the one that names the child."""
        names = [field.name for field in self.fields]
        main = self.kind.meta.display
        return self.fields[names.index(main) if main in names else 0]

    @property
    def choice(self) -> Field | None:
        """The field whose choice may be written before that value, if there is one."""
        return next((field for field in self.fields if field.choices), None)

    def named(self, word: str) -> Field:
        """Return the field of a word. Raises Refused, naming the words that there are."""
        field = self._by_word.get(_word(word))
        if field is None:
            known = ", ".join(known.public_name for known in self.fields)
            why = f"{word!r} is none of {known}"
            raise Refused([Problem(why, self.child.option, code="unknown-field")])
        return field

    def must_be_whole(self, values: Mapping[str, Any]) -> None:
        """Raise Refused for a new child that lacks a value it needs."""
        lacking = [
            field for field in self.fields if field.must_be_given and values.get(field.name) is None
        ]
        if lacking:
            names = ", ".join(field.words for field in lacking)
            raise Refused([Problem(f"{names} is needed", self.child.option, code="needed")])

    # -- from a text -------------------------------------------------------------------------------

    def texts(self, text: str) -> dict[str, str]:
        """Split a text into the texts of fields, by their names. Raises Refused."""
        texts: dict[str, str] = {}
        for number, part in enumerate(self._part.split(text)):
            head, sign, value = part.partition("=")
            field = self._by_word.get(_word(head)) if sign else None
            if field is not None:
                self._put(texts, field, value)
            elif number:
                self._put(texts, self.main, part)
            else:
                self._put_first(texts, part, head if sign else "", value)
        return texts

    def _put_first(
        self,
        texts: dict[str, str],
        part: str,
        head: str,
        value: str,
    ) -> None:
        """Put the first part: the value that names the child, with or without a choice."""
        choice = self.choice
        if choice is not None and _is_word(head):
            if not (word := _chosen(choice, head)):
                words = ", ".join(choice.choices)
                why = f"{head.strip()!r} is none of {words}; or write {self._name_it(part)}"
                facts = {"choices": list(choice.choices)}
                problem = Problem(why, self.child.option, code="unknown-choice", facts=facts)
                raise Refused([problem])
            texts[choice.name] = word
            part = value
        self._put(texts, self.main, part)

    def _name_it(self, part: str) -> str:
        return f"{self.main.public_name}={part.strip()}"

    def _put(
        self,
        texts: dict[str, str],
        field: Field,
        text: str,
    ) -> None:
        if field.name in texts:
            why = f"says {field.public_name} twice"
            raise Refused([Problem(why, self.child.option, code="given-twice")])
        texts[field.name] = self._escape.sub(lambda found: found[0][1:], text).strip()

    def read(self, text: str) -> dict[str, Any]:
        """Read a text into values by field. Raises Refused, naming the field that is not in order."""
        return self.values(self.texts(text))

    def values(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """Read the texts of fields into values. Raises Refused with the problem of each."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for field in self.fields:
            if field.name not in texts:
                continue
            try:
                values[field.name] = self.value(field, texts[field.name])
            except (ValueError, OfficeError) as error:
                problems.append(self._problem(field, error))
        if problems:
            raise Refused(problems)
        return values

    def value(self, field: Field, text: object) -> object:
        """Read one field's value, or the record that a reference's text means."""
        if not field.target:
            return reader(field, self._office.ways)(text)
        word = str(text or "").strip()
        return self._office.refer(field, word) if word else None

    def _problem(self, field: Field, error: Exception) -> Problem:
        """Make the problem of one field, about the child's option."""
        reason: str = str(error)
        code = field.kind.code
        if isinstance(error, OfficeError):
            code = error.problems[0].code if error.problems else error.code
        elif error.args and isinstance(error.args[0], Reason):
            reason = error.args[0]
        if field is not self.main or field.public_name != self.child.option:
            reason = f"{field.public_name}: {reason}"
        return problem_of(reason, self.child.option, code=code)

    # -- to a text ---------------------------------------------------------------------------------

    def text(self, row: Record) -> str:
        """Write a child as the text that reads back to it; a sealed value has none."""
        return self.joined({field.name: self.shown(field, row) for field in self.fields})

    def shown(self, field: Field, row: Record) -> str:
        """Return the text of one value of a child, as a person would type it."""
        value = getattr(row, field.name)
        if value is None or field.sealed or isinstance(value, Unusable):
            return ""
        if field.target:
            target = self._office.target(field)
            return self._office.label(target, value) if target else f"#{value}"
        return field.kind.typed(value, field, self._office.ways)

    def joined(self, texts: Mapping[str, str]) -> str:
        """Join the texts of fields into one."""
        main, choice = self.main, self.choice
        first = texts.get(main.name, "")
        parts: list[str] = []
        named = [field for field in self.fields if field is not main]
        if first and choice is not None and texts.get(choice.name):
            named.remove(choice)
            parts.append(f"{texts[choice.name]}={self._escaped(first)}")
        elif first:
            parts.append(self._plain_first(first))
        parts += [
            f"{field.public_name}={self._escaped(text)}"
            for field in named
            if (text := texts.get(field.name, ""))
        ]
        return "; ".join(parts)

    def _plain_first(self, text: str) -> str:
        """Write the first value without a choice, with its name where it looks like a named part."""
        head, sign, _ = text.partition("=")
        escaped = self._escaped(text)
        return f"{self.main.public_name}={escaped}" if sign and _is_word(head) else escaped

    def _escaped(self, text: str) -> str:
        text = self._escape.sub(r"\\\1", text)
        # A backslash at the end would take the semicolon behind it for a part of the value.
        return f"{text} " if text.endswith("\\") else text


def _word(text: str) -> str:
    return folded(text).replace(" ", "_").replace("-", "_")


def _is_word(text: str) -> bool:
    """Whether a text before = is meant as a word: of a field, or of a choice."""
    return _word(text).replace("_", "").isalpha()


def _chosen(field: Field, text: str) -> str:
    """Return the choice that a word means; blank for none."""
    word = _word(text)
    return next((choice for choice in field.choices if _word(choice) == word), "")
