"""The rows of a report, which are whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from officeops.access.permissions import opening
from officeops.model.error_words import repr_of
from officeops.plugins.blame import Blame
from officeops.plugins.hook_results import cell_in, sentence_in

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from officeops.model.declarations import Report
    from officeops.office.office import Office


def rows_of(
    office: Office,
    plugin: str,
    report: Report,
) -> list[dict[str, Any]]:
    """Return a report's rows.

    Raises PluginFault where its code fails, the rows do not all have the same columns, or a cell
    is of a type that no format holds.
    """
    place = f"report {report.name}"
    asking = office.plugins.asking(
        place,
        plugin,
        office,
        then="A report is printed whole or not at all.",
    )
    opened: AbstractContextManager[None] = nullcontext()
    if report.opens:
        opened = office.seals.openings.declared(report.opens, place, opening(plugin, report))
    # Its totals are of the rows that the person reaches.
    with opened, office.trusted("report"), asking, Blame(plugin, f"the {place}", report.run):
        answer = report.run(office)
        return list(map(_written, _given(answer)))


def _written(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with every name and cell as it may be printed."""
    written = {}
    for name, cell in row.items():
        written[sentence_in(name)] = cell_in(cell)
    return written


def _given(answer: object) -> list[Mapping[str, Any]]:
    """Return what a report gave as rows with the same columns. Raises TypeError."""
    if isinstance(answer, Mapping) or not isinstance(answer, Iterable):
        raise TypeError(f"a report gives rows, a dictionary each, and not {repr_of(answer)}")
    given = list(answer)
    for row in given:
        if not isinstance(row, Mapping):
            raise TypeError(f"a row of a report is a dictionary, and not {repr_of(row)}")
        # Columns come from the first row: another one would print under the wrong heads.
        if row.keys() != given[0].keys():
            raise TypeError(f"a report gives rows with the same columns, not {repr_of(row)}")
    return given
