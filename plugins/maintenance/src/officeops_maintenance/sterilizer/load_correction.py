"""A correction of a load that was booked wrong: its reason stays with it, and it is judged again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Reason, Refused, action, choice, param
from officeops_maintenance.sterilizer.load import SHOWN
from officeops_maintenance.sterilizer.load_steps import why_not_run
from officeops_maintenance.sterilizer.suspects import FAILURE_OF

if TYPE_CHECKING:
    from datetime import datetime

    from officeops import Office
    from officeops_maintenance.sterilizer.load import Load

#: By these a load is in doubt or not.
_PLACE_AND_TIME: Final = frozenset({"equipment_id", "run_at"})
_UNIT: Final[Any] = param(
    target="maintenance.equipment",
    where="spore_procedure!=",
    default=None,
)
_IMPLANT: Final[Any] = param(
    kind="yes_no",
    default=None,
    help="It has an implantable device",
)
_RUN_AT: Final[Any] = param(kind="instant", default=None)


def _not_to_correct(office: Office, load: Load) -> str | None:  # noqa: ARG001 - of every action
    if load.state == "run":
        return None
    return Reason(f"it is {load.state}; reject it instead", code="wrong-state")


@action("maintenance.sterilizer-load.correct", unless=_not_to_correct)
def correct(
    office: Office,
    load: Load,
    reason: str = param(help="The mistake", example="The printout of another cycle"),
    implant: bool | None = _IMPLANT,  # noqa: FBT001 - a field of a form
    mechanical: str | None = choice(*SHOWN, default=None),
    chemical: str | None = choice(*SHOWN, default=None),
    equipment_id: int | None = _UNIT,
    run_at: datetime | None = _RUN_AT,
) -> Outcome:
    """Correct a load that nobody released yet, and say why. Values left out stay."""
    given = {
        "implant": implant,
        "mechanical": mechanical,
        "chemical": chemical,
        "equipment_id": equipment_id,
        "run_at": run_at,
    }
    changes = _different(load, given)
    moves = not _PLACE_AND_TIME.isdisjoint(changes)
    if moves:
        _refuse_out_of_doubt(office, load)
    names = [load.meta.by_name[name].public_name for name in changes]
    note = f"{', '.join(names)}: {reason}"
    known = office.edit(
        load,
        managed=True,
        **changes,
        corrected=f"{load.corrected}; {note}" if load.corrected else note,
    )
    why = why_not_run(office, known) if moves else None
    if why:
        raise Refused(why, known.human_key, code="wrong-state")
    return Outcome(known, f"{known.human_key} is corrected, {note}.")


def _different(load: Load, given: dict[str, Any]) -> dict[str, Any]:
    """Return the values that differ from those of a load. Raises Refused without any."""
    stated = {name: value for name, value in given.items() if value is not None}
    changes = {name: value for name, value in stated.items() if value != getattr(load, name)}
    if not changes:
        raise Refused("Name the value that was wrong, such as --implant no.", code="needed")
    return changes


def _refuse_out_of_doubt(office: Office, load: Load) -> None:
    """Raise Refused for another time of a load in doubt: a decision alone ends the doubt."""
    number = office.value(FAILURE_OF, load.id)
    if number is not None:
        why = f"it is one of the loads of SF-{number}; decide on it first"
        raise Refused(why, load.human_key, code="in-use")
