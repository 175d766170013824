"""Option faults: the wrong values of one line, named together in one refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.error_words import ended
from officeops.model.errors import NotFound, Problem, Refused, UsageProblem, problem_of
from officeops.model.meta import place_among

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.model.errors import OfficeError
    from officeops.model.fields import Field
    from officeops.office.office import Office


def option_name(field: Field) -> str:
    """Return a field's word as an option: reorder-point."""
    return field.public_name.replace("_", "-")


class OptionFaults:
    """The errors of the options of one line, until all are read."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = fields
        self._errors: dict[str, OfficeError] = {}

    def note(self, field: Field, error: OfficeError) -> None:
        """Note that a field's option cannot be read, or names no record."""
        self._errors[field.name] = error

    def hide(self, field: Field) -> bool:
        """Whether nobody can say what a field's text means: the value that it depends on is wrong."""
        # A lot of an unknown item is no second fault: its item has to be right first.
        if field.within in self._errors:
            return True
        return field.kind.by_clock and place_among(self._fields) in self._errors

    def refuse(self, office: Office, values: Mapping[str, Any]) -> None:
        """Raise one error for all that was noted, and for the wrong values beside it.

        Where nothing was noted, the write checks the values: it knows the whole record.
        """
        if not self._errors:
            return
        others = {problem.field: problem for problem in self._beside(office, values)}
        errors = list(self._errors.values())
        if len(errors) == 1 and not others:
            raise errors[0]
        sentences: list[str] = []
        problems: list[Problem] = []
        for field in self._fields:
            if error := self._errors.get(field.name):
                sentences.append(ended(error))
                problems += error.problems or [problem_of(str(error), field.public_name)]
            elif other := others.get(field.public_name):
                sentences.append(ended(f"--{option_name(field)} {other.message}"))
                problems.append(other)
        raise _together(errors, " ".join(sentences), problems)

    def _beside(self, office: Office, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield the problems of the values that were read: one is needed, or beyond its limits."""
        from officeops.values.field_rules import all_wrong

        for field in self._fields:
            if field.must_be_given and field.name in values and values[field.name] is None:
                yield Problem("is needed", field.public_name, code="needed")
        yield from all_wrong(self._fields, values, lambda: office.ways)


def joined(errors: Sequence[OfficeError]) -> OfficeError:
    """Make one error of those of the fields and of the children of one line."""
    # A record that is not there is found missing by the fields and by the children alike.
    if len({str(error) for error in errors}) == 1:
        return errors[0]
    sentence = " ".join(ended(error) for error in errors)
    problems: list[Problem] = []
    for error in errors:
        problems += error.problems or [problem_of(str(error))]
    return _together(errors, sentence, problems)


def _together(
    errors: Sequence[OfficeError],
    sentence: str,
    problems: list[Problem],
) -> OfficeError:
    """Make the error of several: a line that cannot be read is wrong before anything is looked up."""
    for kind in (UsageProblem, NotFound):
        if any(isinstance(error, kind) for error in errors):
            return kind(sentence, problems)
    return Refused(problems)
