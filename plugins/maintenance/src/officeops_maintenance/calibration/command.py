"""`officeops calibrate`: a calibration with its certificate and its result, in one line."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from officeops import Already, Refused, UsageProblem
from officeops.commands import (
    example,
    needed_day,
    office_of,
    outcome_option,
    run_of,
    say_outcome,
)
from officeops_maintenance.calibration.certificate import lacks_certificate, why_demanded
from officeops_maintenance.calibration.recording import decided, new_calibration
from officeops_maintenance.calibration.tolerance import IN, OUT
from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    from officeops import Office

_VERB: Final = "maintenance.equipment.calibrate"
_FOUND: Final = {"in": IN, "out": OUT}


@example("EQ-1 --passed --number C-20481")
@click.command("calibrate")
@click.argument("unit", metavar="EQUIPMENT")
@click.argument("certificate", required=False, metavar="[FILE]")
@click.option("--passed/--failed", "has_passed", default=None, help="Its result.")
@click.option("--on", "day", default="today", show_default=True, metavar="DAY")
@click.option("--vendor", default="", metavar="REFERENCE", help="Who did it. [default: in house]")
@click.option("--number", metavar="TEXT", help="The certificate's number.")
@click.option("--name", default="", metavar="NAME", help="Another name than the file's.")
@click.option("--found", type=click.Choice(("in", "out")), help="In or out of tolerance as found.")
@click.option("--reason", metavar="TEXT", help="Why it failed.")
@click.option("--keep-in-service", is_flag=True, help="One that failed may still be used.")
@outcome_option
@click.pass_context
def command(
    ctx: click.Context,
    unit: str,
    certificate: str | None,
    day: str,
    vendor: str,
    number: str | None,
    name: str,
    found: str | None,
    reason: str | None,
    *,
    has_passed: bool | None,
    keep_in_service: bool,
) -> None:
    """Enter a calibration, its certificate and its result; `-` is standard input.

    The task of the unit's plan is done with that day. Without a result it stays open.
    """
    office = office_of(ctx)
    office.allow(_VERB)
    if reason and has_passed is not False:
        raise UsageProblem("--reason goes with --failed.", code="not-together")
    arguments: dict[str, Any] = {
        "done_on": needed_day(office, "--on", day),
        "vendor_id": office.find(office.record("vendors.vendor"), vendor).id if vendor else None,
        "number": number,
        "found": _FOUND.get(found or ""),
    }
    subject = office.find(Equipment, unit)
    # Read before the gate: others must not wait for a slow pipe.
    source: Any = sys.stdin.buffer.read() if certificate == "-" else certificate
    result = {True: "passed", False: "failed", None: "open"}[has_passed]
    try:
        said = _recorded(
            office,
            subject,
            source,
            arguments,
            request=run_of(ctx).request,
            name=name,
            decision={"result": result, "reason": reason, "take_out": not keep_in_service},
        )
    except Already as done:
        run_of(ctx).repeat(done)
        return
    say_outcome(ctx, said)


def _recorded(
    office: Office,
    unit: Equipment,
    source: Any,  # noqa: ANN401 - a path or bytes
    fields: dict[str, Any],
    *,
    request: str | None,
    name: str,
    decision: dict[str, Any],
) -> str:
    """Enter the calibration with its file, and decide it, in one action."""
    given = {**fields, "done_on": str(fields["done_on"]), **decision, "file": _digest(source)}
    arguments = {"of": [f"{Equipment.meta.key}:{unit.id}"], **given}
    office.once(request, _VERB, lambda _, known: known == arguments)
    with office.acting(_VERB, arguments, request=request) as outcome:
        calibration = new_calibration(office, unit, **fields)
        if source is not None:
            office.attach(calibration, source, name=name or "")
        elif decision["result"] == "passed" and lacks_certificate(office, calibration):
            asks = why_demanded(office, unit.id, calibration.task_id)
            how = f"officeops calibrate {unit.human_key} FILE --passed"
            raise Refused(f"{asks} asks for the certificate; {how}", unit.human_key, code="needed")
        told = decided(office, calibration, **decision)
        outcome.append(told.words)
    return " ".join([*outcome, *office.remarks])


def _digest(source: Any) -> str:  # noqa: ANN401 - a path or bytes
    """Return the digest of a file, so that the same request with another file is another one."""
    if source is None:
        return ""
    try:
        content = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError:
        # The office refuses it with a sentence of its own.
        return ""
    return sha256(content).hexdigest()
