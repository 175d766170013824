"""Common waived tests as data with their sources; not the insert's rules until somebody confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import NotFound, action, folded, param, ref, report
from officeops_maintenance.laboratory.lab_test import LabTest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Action, Office, Report

_WHERE: Final = "`officeops report waived-tests` lists them"


def waived_tests() -> dict[str, dict[str, str]]:
    """Return the common tests by their names, each as a row of text."""
    import csv
    from importlib.resources import files

    text = files("officeops_maintenance.laboratory").joinpath("waived_tests.csv").read_text("utf-8")
    return {row["name"]: row for row in csv.DictReader(text.splitlines())}


def _test_named(text: str) -> dict[str, str]:
    """Find a common test by its name, or a beginning that no other has. Raises NotFound."""
    word = folded(text)
    same, begun = [], []
    for name, row in waived_tests().items():
        if folded(name) == word:
            same.append(row)
        elif word and folded(name).startswith(word):
            begun.append(row)
    # A whole name wins over longer names that begin with it: Hemoglobin, and Hemoglobin A1c.
    matching = same or begun
    if len(matching) == 1:
        return matching[0]
    facts = {"kind": "test", "text": text}
    raise NotFound(f"There is no common test {text!r}; {_WHERE}.", code="not-found", facts=facts)


@action("maintenance.lab-test-from-list", beside=("maintenance.lab-test",))
def lab_test_from_list(
    office: Office,
    test: str = param(example="Strep A", help=_WHERE),
    kit: str | None = param(
        default=None,
        label="Maker and kit",
        example="Quidel QuickVue",
    ),
    item_id: int | None = ref(
        "inventory.item",
        default=None,
        help="The kit in the stock",
    ),
) -> LabTest:
    """Add a common waived test to the menu, not confirmed.

    Compare it with the insert of your kit.
    """
    from datetime import date

    row = _test_named(test)
    return office.add(
        LabTest(
            name=row["name"],
            kit=kit,
            item_id=item_id,
            complexity=row["complexity"] or None,
            cpt=row["cpt"],
            controls=row["controls"],
            new_lot=row["new_lot"] == "yes",
            new_shipment=row["new_shipment"] == "yes",
            source=row["source"],
            checked_on=date.fromisoformat(row["checked_on"]) if row["checked_on"] else None,
            # Which part of it was read where, and which is by kit.
            note=row["note"],
        )
    )


@report("waived-tests", title="Common waived tests")
def list_waived_tests(office: Office) -> Iterator[dict[str, Any]]:  # noqa: ARG001 - of reports
    """The tests that many practices do, with their source and when somebody last read that."""
    for row in waived_tests().values():
        yield {
            "name": row["name"],
            "complexity": row["complexity"] or "by kit",
            "CPT": row["cpt"],
            "controls": row["controls"],
            "source": row["source"],
            "read on": row["checked_on"] or "not yet",
        }


ACTIONS: Final[list[Action[..., Any]]] = [lab_test_from_list]
REPORTS: Final[list[Report]] = [list_waived_tests]
