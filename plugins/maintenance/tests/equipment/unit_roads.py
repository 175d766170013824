"""Roads beside a unit's own steps: files, loans, merges of its places, and papers that are put away."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from plugins.maintenance.tests.equipment.unit_steps import UnitSteps

from officeops.core.attachment_record import Attachment
from officeops.core.checklist_records import ChecklistItem
from officeops.core.records import Location
from officeops.exchange.formats.reading import open_table
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options
from officeops.office.crud import archive_record, edit_record
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.ticket import Ticket

#: What a file may change in records that are there, by their own numbers.
_BY_FILE: Final[dict[type[Any], tuple[str, ...]]] = {
    Equipment: ("make", "model", "category"),
    Category: ("release_checklist", "release_second_sign"),
    ChecklistItem: ("type", "low", "high", "required", "blocks"),
    Ticket: ("unsafe", "equipment"),
    Calibration: ("done_on", "found"),
}
_PAPERS: Final = "about_key = 'maintenance.calibration'"

if TYPE_CHECKING:
    from collections.abc import Sequence


class UnitRoads(UnitSteps):
    """The roads that no step of a unit takes."""

    def by_file(self) -> str | None:
        """Change a record by a file, or bring a report with it."""
        if self.is_chance(0.3):
            return self._report_by_file()
        kind = self.draw.choice(list(_BY_FILE))
        record = self.record(kind)
        if record is None:
            return None
        name = self.draw.choice(_BY_FILE[kind])
        field = kind.meta.field(name)
        value = self.value(field)
        cell = "" if value is None else f"#{value}" if field.target else str(value).lower()
        self._import(kind, ("own_number", name), (str(record.id), cell))
        self.tell(kind, record.id, "edit", {field.name: value})
        return f"file {record.human_key} {name}={cell}"

    def _report_by_file(self) -> str:
        unit, before = self.unit(), self.office.last_id(Ticket)
        row = (f"Smoke {before}", f"#{unit.id}", "yes")
        self._import(Ticket, ("title", "equipment", "unsafe"), row)
        for number in range(before + 1, self.office.last_id(Ticket) + 1):
            self.tell(Ticket, number, "add", {})
        return f"report by file on {unit.human_key}"

    def _import(
        self,
        kind: type[Any],
        heads: Sequence[str],
        cells: Sequence[str],
    ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.csv"
            path.write_text(f"{','.join(heads)}\n{','.join(cells)}\n")
            with open_table(path) as table:
                import_table(self.office, kind, table, Options(update=True))

    def lend(self) -> str:
        """Lend a unit, or take it back from its loan."""
        unit = self.unit()
        if unit.lent_to:
            return self.step_of(unit, "take-back", at=None)
        until = self.office.today + timedelta(days=7)
        return self.step_of(unit, "lend", lent_to="Dr. Hahn", due_back_on=until, at=None)

    def merge_places(self) -> str:
        """Merge the place of a unit into another one."""
        office, unit = self.office, self.unit()
        with office.acting("core.location.add"):
            kept, gone = (office.add(Location(name=f"{unit.id} {word} {self.at}")) for word in "ab")
        edit_record(office, unit, {"location_id": gone.id})
        with office.acting("core.location.merge"):
            office.merge(kept, gone)
        return f"merge the place of {unit.human_key}"

    def lose_paper(self) -> str | None:
        """Archive the paper of a calibration."""
        paper = self.office.first(Attachment, _PAPERS, order="id DESC")
        if paper is None:
            return None
        archive_record(self.office, paper)
        return f"archive the paper {paper.id}"

    def judge_papers(self) -> None:
        """Ask for the paper of each calibration that passed by one."""
        for calibration in self.office.all(
            Calibration, "state = 'passed' AND certified_by = 'file'"
        ):
            where = f"{_PAPERS} AND about_id = ?"
            paper = self.office.first(Attachment, where, calibration.id)
            assert paper, "\n".join([f"{calibration.human_key} has no paper", *self.log])
