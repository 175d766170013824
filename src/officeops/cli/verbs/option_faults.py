"""Option faults: the wrong values of one line, named together in one refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from officeops.model.about import ABOUT, KEY, NEEDED, NUMBER, needed
from officeops.model.error_words import ended
from officeops.model.errors import NotFound, Problem, Refused, UsageProblem, problem_of
from officeops.model.immutable import Value
from officeops.model.meta import place_among

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from officeops.model.errors import OfficeError
    from officeops.model.fields import Field
    from officeops.office.office import Office

    #: Yields the problems of a record, by the values there are and the fields without a readable one.
    Rest = Callable[[Mapping[str, Any], Collection[str]], Iterable[Problem]]


_NEEDS_SUBJECT: Final = f"--{ABOUT} {NEEDED}."


def option_name(field: Field) -> str:
    """Return a field's word as an option: reorder-point."""
    return field.public_name.replace("_", "-")


class _Fault(Value):
    """A wrong option, or a fault of the line beside its options."""

    sentence: str
    problems: Sequence[Problem]


def refuse_bare(fields: Sequence[Field], given: Mapping[str, object]) -> None:
    """Raise UsageProblem for a line without any option that needs some: no office is opened for it."""
    if all(value is None or value == () for value in given.values()):
        faults = OptionFaults(fields)
        for field in fields:
            if field.must_be_given and field.name in given:
                faults.miss(field)
        faults.refuse_noted()


class OptionFaults:
    """The errors of the options of one line, until all are read.

    `rest` yields what the record as a whole is refused for, by the values that were read and the
    names of the fields that were not. `others` are the errors of what the line has beside fields.
    """

    def __init__(
        self,
        fields: Sequence[Field],
        rest: Rest | None = None,
        others: Sequence[OfficeError] = (),
    ) -> None:
        self._fields, self._rest, self._others = fields, rest, others
        self._errors: dict[str, OfficeError] = {}
        #: The next step, where an option is missing.
        self._cures: list[str] = []

    def note(self, field: Field, error: OfficeError) -> None:
        """Note that a field's option cannot be read, or names no record."""
        self._errors[field.name] = error

    def miss(self, field: Field) -> None:
        """Note that an option is missing that has to be given, unless its fault is known."""
        if field.name in {KEY, NUMBER}:
            self._miss_subject()
        elif field.name not in self._errors:
            problem = Problem("is missing", field.public_name, code="needed")
            self.note(field, UsageProblem(f"--{option_name(field)} is missing.", [problem]))
            command = click.get_current_context().command_path
            self._cures = [f"`{command} --help` explains the command."]

    def _miss_subject(self) -> None:
        """Note that a record that is about another one lacks that one: an option for two columns."""
        if KEY not in self._errors:
            problem = Problem(_NEEDS_SUBJECT, ABOUT, code="needed", is_whole=True)
            self._errors[KEY] = UsageProblem(_NEEDS_SUBJECT, [problem])

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
        if self._errors or self._others:
            self.refuse_noted(self._beside(office, values))

    def refuse_noted(self, beside: Iterable[Problem] = ()) -> None:
        """Raise one error for all that was noted, and for the problems beside it."""
        errors = [*self._errors.values(), *self._others]
        if not errors:
            return
        faults = self._in_order(beside)
        if len(faults) == 1 and not self._cures:
            raise errors[0]
        sentences: list[str] = []
        problems: list[Problem] = []
        for fault in faults:
            sentences.append(fault.sentence)
            problems += fault.problems
        raise _together(errors, " ".join(sentences + self._cures), problems)

    def _in_order(self, beside: Iterable[Problem]) -> list[_Fault]:
        """Return the faults in the order of the options, then those of the line as a whole."""
        faults: dict[int, _Fault] = {}
        for name, error in self._errors.items():
            place = self._place(name)
            problems = error.problems
            if not problems:
                problems = [problem_of(str(error), self._fields[place].public_name)]
            faults[place] = _Fault(ended(error), problems)
        whole: list[_Fault] = []
        for problem in beside:
            place = self._place(problem.field)
            if place == len(self._fields):
                whole.append(_Fault(ended(problem), [problem]))
            # The first fault of a field is said, the others when that one is right.
            elif place not in faults:
                sentence = str(problem)
                if not problem.is_whole:
                    option = option_name(self._fields[place])
                    sentence = f"--{option} {problem.message}"
                faults[place] = _Fault(ended(sentence), [problem])
        whole += [_Fault(ended(error), error.problems) for error in self._others]
        of_options = [faults[place] for place in sorted(faults)]
        return of_options + whole

    def _place(self, name: str) -> int:
        """Return the place of the field of a column or a public name; one behind all for none."""
        for place, field in enumerate(self._fields):
            if name in {field.name, field.public_name}:
                return place
        return len(self._fields)

    def _beside(self, office: Office, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield the problems of the values that were read: one is needed, or beyond its limits."""
        from officeops.values.field_rules import all_wrong

        asked = [field for field in self._fields if field.must_be_given and field.name in values]
        yield from needed([field for field in asked if values[field.name] is None])
        yield from all_wrong(self._fields, values, lambda: office.ways)
        if self._rest is not None:
            hidden = {field.name for field in self._fields if self.hide(field)}
            yield from self._rest(values, self._errors.keys() | hidden)


def joined(errors: Sequence[OfficeError]) -> OfficeError:
    """Make one error of those of several children."""
    if len(errors) == 1:
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
