"""Arguments of a schedule that its mode does not go by: given all the same, they are a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from officeops.model.office import Office
    from officeops.model.records import Record

    # The schedule asks this module, so that its class cannot be named here.
    class Declared(Protocol):
        """The arguments of a schedule, some of them columns of the plan."""

        named: dict[str, Any]
        columns: frozenset[str]

        def value(self, plan: Record, argument: str) -> Any:  # noqa: ANN401 - of the column's kind
            """Return what an argument is for one plan."""


#: What the dates of each mode follow from, beside the anchor.
_USED: Final[dict[str, frozenset[str]]] = {
    "fixed": frozenset({"every", "unit"}),
    "weekdays": frozenset({"every", "weekdays"}),
    "nth_weekday": frozenset({"every", "weekdays", "nth"}),
    "floating": frozenset({"every", "unit"}),
    "meter": frozenset({"meter_every"}),
    "first_of": frozenset({"every", "unit", "meter_every"}),
}
_ARGUMENTS: Final = ("every", "unit", "weekdays", "nth", "meter_every")
#: The unit that such a mode counts in, whatever its column says: to name it is right.
_COUNTED_IN: Final = {"weekdays": "week", "nth_weekday": "month"}


def unused(
    office: Office,
    schedule: Declared,
    plan: Record,
) -> Iterator[tuple[str, str]]:
    """Yield (argument, why) for what somebody gave a plan now, and what its dates do not go by."""
    mode = schedule.value(plan, "mode")
    before = office.get(type(plan), plan.id) if plan.id else None
    for argument in _ARGUMENTS:
        column = schedule.named[argument]
        is_used = argument in _USED[mode] or column not in schedule.columns
        if is_used or not _is_given(plan, argument, column, mode):
            continue
        if before is None or _is_new(schedule, plan, before, argument):
            fitting = ", ".join(name for name, used in _USED.items() if argument in used)
            yield argument, f"is not what dates of the mode {mode} go by; it is of {fitting}"


def _is_new(
    schedule: Declared,
    plan: Record,
    before: Record,
    argument: str,
) -> bool:
    """Whether an edit brings it: a plan of an older release may be edited in its other columns."""
    if schedule.value(plan, argument) != schedule.value(before, argument):
        return True
    # Every plan has a step, so one of a plan that goes by use from now on is no slip.
    is_step = argument in {"every", "unit"}
    return not is_step and schedule.value(plan, "mode") != schedule.value(before, "mode")


def _is_given(
    plan: Record,
    argument: str,
    column: str,
    mode: str,
) -> bool:
    value: Any = getattr(plan, column)
    # The default of a column is what nobody typed.
    if value in {None, "", plan.meta.by_name[column].default}:
        return False
    return not (argument == "unit" and value == _COUNTED_IN.get(mode))
