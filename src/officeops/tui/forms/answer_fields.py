"""The questions of a task's checklist, as fields of the form that completes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.core.task_record import Task
from officeops.model.fields import MISSING, Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.core.checklist_records import ChecklistItem
    from officeops.model.records import Record
    from officeops.office.office import Office

#: The parameter that holds all answers, and the beginning of the fields' names.
ANSWER: Final = "answer"
WHEN: Final = "when"
_FIELD: Final = "answer_"


def with_answers(
    office: Office,
    verb: str,
    fields: Sequence[Field],
    chosen: Sequence[Record | None],
) -> Sequence[Field]:
    """Return the fields of an action, with one for each question in the place of the answers.

    Of several tasks, and of one without a checklist, nothing is asked.
    """
    if verb != "core.task.complete":
        return fields
    # A line of `Item=pass` is for the command line; a form has a field for each item.
    others = [field for field in fields if field.name not in {ANSWER, WHEN}]
    first = chosen[0]
    if len(chosen) > 1 or not isinstance(first, Task) or first.checklist_id is None:
        return others
    # Somebody may have done an overdue task in time, and type its answers in afterwards.
    if first.due_on < office.today:
        others += [field for field in fields if field.name == WHEN]
    from officeops.core.checklist_answers import items_of

    return [*others, *map(_asked, items_of(office, first.checklist_id))]


def _asked(item: ChecklistItem) -> Field:
    default: Any = MISSING if item.required else None
    facts: dict[str, Any] = {"label": item.text, "default": default}
    if item.type == "pass_fail":
        field = Field("choice", choices=("pass", "fail"), **facts)
    elif item.type == "choice":
        field = Field("choice", choices=tuple(item.words), **facts)
    else:
        # A number is typed as text: the item reads it, and names the fault in it.
        field = Field("text", help=_limits(item), **facts)
    return field.named(f"{_FIELD}{item.id}", "")


def _limits(item: ChecklistItem) -> str:
    from officeops.values.amounts import money_text

    low, high = (None if one is None else money_text(one, 2) for one in (item.low, item.high))
    limits = f"{low} to {high}"
    if low is None or high is None:
        limits = f"at least {low}" if low else f"at most {high}" if high else ""
    return f"{limits} {item.unit or ''}".strip()


def as_answers(fields: Sequence[Field], values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a form, with those of questions as the one parameter."""
    given = dict(values)
    lines = list(_lines(fields, given))
    if lines:
        given[ANSWER] = "\n".join(lines)
    return given


def _lines(fields: Sequence[Field], given: dict[str, object]) -> Iterator[str]:
    for field in fields:
        if field.name.startswith(_FIELD):
            value = given.pop(field.name, None)
            if value not in {None, ""}:
                yield f"{field.label}={value}"
