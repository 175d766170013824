"""Actions on kits and tests: open a kit, finish it, hold its lot again, confirm what the insert asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason, action, param
from officeops_maintenance.laboratory.holds import follow_lot
from officeops_maintenance.laboratory.kits import kit_now
from officeops_maintenance.laboratory.use import WORDS

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office
    from officeops_maintenance.laboratory.lab_control import LabControl
    from officeops_maintenance.laboratory.lab_kit import LabKit
    from officeops_maintenance.laboratory.lab_test import LabTest


def _opened_before(office: Office, kit: LabKit) -> str | None:  # noqa: ARG001 - of every action
    if kit.finished_on is not None:
        return Reason(f"it was finished on {kit.finished_on}", code="wrong-state")
    if kit.opened_on is not None:
        return Reason(f"it was opened on {kit.opened_on}", code="nothing-to-do")
    return None


@action("maintenance.lab-kit.open", means="use", unless=_opened_before)
def open_kit(
    office: Office,
    kit: LabKit,
    opened_on: date | None = param(  # noqa: B008 - a declaration
        default=None, help="The day that is written on the box. [default: today]"
    ),
) -> str:
    """Open a kit; the day to discard it follows from its insert."""
    # The sticker on the box wins over the day on which it is typed.
    day = opened_on or office.today
    kit = office.edit(kit, opened_on=day)
    return f"{opened(office, kit)}. {use_words(office, kit)}"


def opened(office: Office, kit: LabKit) -> str:
    """Say of an opened kit by when to discard it."""
    now = kit_now(office, kit)
    by = "its time after opening is not known"
    if now.discard_by is not None:
        by = f"discard by {now.discard_by}"
    return f"{now.name} is opened, {by}"


def use_words(office: Office, kit: LabKit) -> str:
    """Say whether a kit may be used, with its name."""
    now = kit_now(office, kit)
    return f"{now.name}: {WORDS[now.use]}."


def _finished_before(office: Office, kit: LabKit) -> str | None:  # noqa: ARG001
    if kit.finished_on is None:
        return None
    return Reason(f"it was finished on {kit.finished_on}", code="nothing-to-do")


@action("maintenance.lab-kit.finish", means="do", bulk=True, unless=_finished_before)
def finish(
    office: Office,
    kit: LabKit,
    reason: str = param(example="Used up", help="Used up, expired, sent back or thrown away"),
) -> str:
    """Say that a kit is used up, sent back or thrown away."""
    finished = office.edit(
        kit,
        managed=True,
        finished_on=office.today,
        finished_why=reason,
    )
    name = kit_now(office, finished).name
    said = [f"{name} is finished: {reason}."]
    # The rest of a lot that failed or was never tried stays held in the stock.
    said += follow_lot(office, kit.test_id, kit.number)
    return " ".join(said)


@action("maintenance.lab-kit.hold", bulk=True)
def hold(office: Office, kit: LabKit) -> str:
    """Hold or release its lot in the stock, as its controls ask: for a lot that came in later."""
    said = follow_lot(office, kit.test_id, kit.number)
    return " ".join([*said, use_words(office, kit)])


def _not_read(office: Office, test: LabTest) -> str | None:  # noqa: ARG001
    # Without it the day to discard would be a guess.
    if test.open_days is None and not test.until_expiry:
        why = "how long an opened kit is good is not entered: --open-days, or --until-expiry yes"
        return Reason(why, code="needed")
    return None


@action("maintenance.lab-test.confirm", means="approve", unless=_not_read)
def confirm(
    office: Office,
    test: LabTest,
    insert_version: str | None = param(
        default=None, example="Rev. 7, 2025-03", help="The version of the insert that you read"
    ),
) -> str:
    """Confirm the rules of a test, once you have compared them with the insert of its kit."""
    office.edit(
        test,
        managed=True,
        insert_version=insert_version or test.insert_version,
        # Confirming says that somebody read the insert today.
        checked_on=office.today,
        confirmed_on=office.today,
        confirmed_by=office.actor,
    )
    return f"{test.name} is confirmed."


def _void_before(office: Office, control: LabControl) -> str | None:  # noqa: ARG001
    if control.void_because is None:
        return None
    return Reason("it is void already", code="nothing-to-do")


@action("maintenance.lab-control.void", danger=True, unless=_void_before)
def void(
    office: Office,
    control: LabControl,
    reason: str = param(example="Typed for the other kit", help="The mistake"),
) -> str:
    """Take a control out of the count, because it was typed wrong. It stays in the log as void."""
    from officeops_maintenance.laboratory.lab_kit import LabKit

    office.edit(control, managed=True, void_because=reason)
    kit = office.get(LabKit, control.kit_id)
    said = ["The control is void."]
    said += follow_lot(office, kit.test_id, kit.number)
    said.append(use_words(office, kit))
    return " ".join(said)


ACTIONS: Final[list[Action[..., Any]]] = [
    open_kit,
    finish,
    hold,
    confirm,
    void,
]
