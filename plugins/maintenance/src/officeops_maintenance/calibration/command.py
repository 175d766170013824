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
from officeops_maintenance.papers import why_no_paper

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from officeops import Office
    from officeops_maintenance.calibration.calibration import Calibration

    #: A path, or the bytes of a pipe.
    Source: TypeAlias = "str | bytes"

_VERB: Final = "maintenance.equipment.calibrate"
_FOUND: Final = {"in": IN, "out": OUT, None: None}
_RESULT: Final = {True: "passed", False: "failed", None: "open"}


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
    """Enter a calibration with its certificate.

    `-` is standard input. The task of the unit's plan is done with that day. Without a result it stays open.
    """
    office = office_of(ctx)
    office.allow(_VERB)
    if reason and has_passed is not False:
        raise UsageProblem("--reason goes with --failed.", code="not-together")
    fields: dict[str, Any] = {
        "done_on": needed_day(office, "--on", day),
        "vendor_id": _vendor_id(office, vendor),
        "number": number,
        "found": _FOUND[found],
    }
    decision: dict[str, Any] = {
        "result": _RESULT[has_passed],
        "reason": reason,
        "take_out": not keep_in_service,
    }
    entry = Entry(
        office.find(Equipment, unit),
        fields,
        decision,
        _content(certificate),
        name,
    )
    try:
        said = entry.book(office, run_of(ctx).request)
    except Already as done:
        run_of(ctx).repeat(done)
    else:
        say_outcome(ctx, said)


def _vendor_id(office: Office, text: str) -> int | None:
    if not text:
        return None
    return office.find(office.record("vendors.vendor"), text).id


def _content(certificate: str | None) -> Source | None:
    """Return a certificate to attach. A pipe is read here: nobody waits for it at the gate."""
    if certificate == "-":
        return sys.stdin.buffer.read()
    return certificate


class Entry:
    """A calibration as the line gives it: its fields, its decision and its certificate."""

    def __init__(
        self,
        unit: Equipment,
        fields: Mapping[str, Any],
        decision: Mapping[str, Any],
        certificate: Source | None,
        name: str,
    ) -> None:
        self._unit, self._certificate, self._name = unit, certificate, name
        self._fields, self._decision = fields, decision

    def book(self, office: Office, request: str | None) -> str:
        """Enter the calibration, attach its certificate and decide it, in one action."""
        arguments = {
            "of": [f"{Equipment.meta.key}:{self._unit.id}"],
            **self._fields,
            **self._decision,
            # With another file it is another request.
            "file": self._digest(),
            "done_on": str(self._fields["done_on"]),
        }
        office.once(request, _VERB, lambda _, known: known == arguments)
        with office.acting(_VERB, arguments, request=request) as outcome:
            calibration = new_calibration(office, self._unit, **self._fields)
            self._attach(office, calibration)
            outcome.append(decided(office, calibration, **self._decision).words)
        return " ".join([*outcome, *office.remarks])

    def _attach(self, office: Office, calibration: Calibration) -> None:
        """Attach the certificate. Raises Refused where one that passed lacks a demanded one."""
        if self._certificate is not None:
            office.attach(calibration, self._certificate, name=self._name)
            none = why_no_paper(office, calibration)
            # Where a certificate is asked for, the decision says so.
            if none and not lacks_certificate(office, calibration):
                office.remarks.append(f"{none}.")
        elif self._decision["result"] == "passed" and lacks_certificate(office, calibration):
            key = self._unit.human_key
            asks = why_demanded(office, self._unit.id, calibration.task_id)
            why = f"{asks} asks for the certificate; officeops calibrate {key} FILE --passed"
            raise Refused(why, key, code="needed")

    def _digest(self) -> str:
        """Return the digest of the file; blank without one."""
        if self._certificate is None:
            return ""
        content = self._certificate
        if isinstance(content, str):
            try:
                content = Path(content).read_bytes()
            except OSError:
                # The office refuses it with a sentence of its own.
                return ""
        return sha256(content).hexdigest()
