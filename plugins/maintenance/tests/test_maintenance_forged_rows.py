"""A file that claims what only proofs could show brings no such state, by no kind of this plugin.

The kinds and their states come from the declarations: a state that nobody classified here fails.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final

import pytest

from officeops.core.task_record import Task
from officeops.exchange.formats.reading import open_table
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options, Outcome
from officeops.model.declarations import named
from officeops.model.hand_verbs import verbs_of
from officeops.query.columns import is_exported
from officeops_maintenance.declared.records import RECORDS
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.testing import Cli

#: The states that rest on proofs, with the columns that carry them.
RELEASE: Final = {"mechanical": "pass", "chemical": "pass"}
DECISION: Final = {"recall_by": "Dr. Hahn", "recall_on": "2026-03-01", "recall_reason": "Empty"}
PROVEN: Final[dict[tuple[str, str, str], dict[str, str]]] = {
    ("sterilizer-load", "state", "released"): RELEASE,
    ("sterilizer-load", "recall", "recall"): DECISION,
    ("sterilizer-load", "recall", "implants_only"): DECISION,
    ("sterilizer-load", "recall", "none"): DECISION,
    ("spore-test", "state", "negative"): {"test_vial": "no_growth", "control_vial": "growth"},
    ("spore-test", "state", "withdrawn"): {"reason": "Vial lost"},
    # The class of the other unit asks for a certificate, which no row carries.
    ("calibration", "state", "passed"): {"equipment": "Lamp"},
    ("visit", "state", "came"): {"came_at": "2026-03-01 09:00"},
}
#: The states that claim nothing that somebody has to prove. A unit is proved as it returns, by its
#: own test; a repair by its unit; and what a vial shows is the proof itself.
PLAIN: Final = {
    ("equipment", "status"): "in_service out_of_service quarantined on_loan retired",
    ("ticket", "state"): "new triaged assigned in_progress waiting resolved verified closed "
    "rejected duplicate cancelled",
    ("ticket", "waiting_for"): "vendor parts approval",
    ("visit", "state"): "expected not_came cancelled",
    ("monitored-unit", "first_half"): "am pm",
    ("calibration", "state"): "open failed withdrawn",
    ("sterilizer-load", "state"): "run rejected",
    ("spore-test", "state"): "sent positive invalid",
    ("spore-test", "test_vial"): "no_growth growth",
    ("spore-test", "control_vial"): "no_growth growth",
    ("spore-test", "mechanical"): "pass fail",
    ("spore-test", "chemical"): "pass fail",
}
#: What makes another row of it.
OTHER: Final = {"calibration": {"number": "2"}, "visit": {"purpose": "Filter"}}
KINDS: Final = {kind.meta.noun: kind for kind in RECORDS}
NEEDED: Final = {
    "equipment": "Autoclave",
    "run_at": "2026-03-01 08:00",
    "done_on": "2026-03-01",
    "expected_on": "2026-03-01",
}


def brought() -> Iterator[tuple[str, str, str]]:
    """Yield each state that a file may bring: the noun, the field and the state."""
    for noun, kind in KINDS.items():
        restores = named(kind.importer).restores if kind.importer else ()
        for field in kind.meta.fields:
            if "import" in verbs_of(kind) and field.managed and field.name in restores:
                for state in field.choices or ():
                    yield noun, field.name, state


def bring(office: Office, folder: Path, kind: type[Record], **values: str) -> Outcome:
    """Import a file of one row, which looks like an office's own export."""
    fields = (*kind.meta.fields, *kind.meta.computed)
    columns = [field.public_name for field in fields if is_exported(field)]
    for field in kind.meta.fields:
        if field.must_be_given or field.public_name in NEEDED:
            values.setdefault(field.public_name, NEEDED.get(field.public_name, "X"))
    path = folder / "forged.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*columns, *sorted(values.keys() - set(columns))])
        writer.writeheader()
        writer.writerow(values)
    with open_table(path) as table:
        return import_table(office, kind, table, Options(update=True, skip_bad=True))


def said(outcome: Outcome) -> str:
    """Return all that an import says of what it did not take over."""
    return " ".join([*outcome.left, *[bad.reason for bad in outcome.bad]])


def states_of(office: Office, noun: str, name: str) -> list[Any]:
    kind = KINDS[noun]
    return [getattr(record, name) for record in office.all(kind, order="id")]


@pytest.fixture
def practice(office: Office) -> Office:
    """An office with a sterilizer whose class asks for certificates, and a lamp."""
    with office.acting("test.setup"):
        category = office.add(Category(name="Sterilizers", needs_certificate=True))
        office.add(Equipment(name="Autoclave", category_id=category.id, spore_procedure="cdc_2008"))
        office.add(Equipment(name="Lamp"))
    return office


def test_each_state_that_a_file_may_bring_is_proved_or_claims_nothing() -> None:
    plain = {(*place, state) for place, states in PLAIN.items() for state in states.split()}
    assert set(brought()) == plain | PROVEN.keys()


@pytest.mark.parametrize(("noun", "name", "state"), PROVEN)
def test_a_state_comes_in_with_its_proofs_alone(
    practice: Office, tmp_path: Path, noun: str, name: str, state: str
) -> None:
    kind, forged = KINDS[noun], {name: state}
    outcome = bring(practice, tmp_path, kind, **forged)
    assert state not in states_of(practice, noun, name)
    assert said(outcome)
    # What the file says is kept with the record, unless its row is refused.
    for record in practice.all(kind):
        assert f"The file says {state}" in getattr(record, "reason", "")
    # With --update, a record that is there takes no state either.
    if not outcome.added:
        bring(practice, tmp_path, kind)
    bring(practice, tmp_path, kind, **forged)
    assert state not in states_of(practice, noun, name)
    proved = OTHER.get(noun, {"run_at": "2026-03-01 10:00"})
    bring(practice, tmp_path, kind, **forged, **proved, **PROVEN[noun, name, state])
    assert state in states_of(practice, noun, name)


@pytest.mark.parametrize("name", RELEASE)
@pytest.mark.parametrize("shown", ["", "fail"])
def test_no_load_is_released_by_a_file_without_each_indicator(
    practice: Office, tmp_path: Path, name: str, shown: str
) -> None:
    row = {**RELEASE, name: shown, "state": "released", "released_by": "mia"}
    outcome = bring(practice, tmp_path, Load, **row)
    [load] = practice.all(Load)
    assert load.state == "run"
    assert load.reason is not None
    assert load.reason.startswith("The file says released by mia: ")
    assert f"its {name} indicator" in said(outcome)


def test_an_implant_of_a_file_is_released_as_its_spore_test_comes_in(
    practice: Office, tmp_path: Path
) -> None:
    row = {**RELEASE, "implant": "yes", "state": "released", "released_by": "mia"}
    bring(practice, tmp_path, Load, **row)
    assert states_of(practice, "sterilizer-load", "state") == ["run"]
    bring(practice, tmp_path, SporeTest, load="LD-1", result="negative")
    [load] = practice.all(Load)
    assert (load.state, load.released_by, load.reason) == ("released", "mia", None)
    assert load.release_proofs == "BI-1=negative"


def test_a_row_that_denies_its_own_state_is_refused_with_the_field_and_the_cure(
    practice: Office, tmp_path: Path
) -> None:
    grew = bring(practice, tmp_path, SporeTest, state="negative", test_vial="growth")
    assert "its vials show a positive test; correct" in said(grew)
    used = bring(practice, tmp_path, Equipment, name="ECG", status="in_service", reason="Sparks")
    assert "reason says that it is out" in said(used)
    points = {"equipment": "Lamp", "point": "37; as_found=39; tolerance=0.5"}
    off = bring(practice, tmp_path, KINDS["calibration"], state="passed", **points)
    assert "a point was left out of tolerance" in said(off)
    assert states_of(practice, "calibration", "state") == ["open"]


def test_a_task_of_a_file_that_says_done_without_answers_returns_no_unit(
    autoclave: Equipment, office: Office, tmp_path: Path, cli: Cli
) -> None:
    with office.acting("test.setup"):
        category_id = autoclave.category_id
        lamp = office.add(Equipment(name="Lamp"))
    key = lamp.human_key
    assert cli("equipment", "take-out", key, "--reason", "Flickers").code == 0
    # Its class began to ask after it went down, so that nothing else is asked.
    assert cli("equipment", "edit", key, "--category", f"#{category_id}").code == 0
    about = {"about": f"equipment:{key}", "checklist": "Autoclave return", "due_on": "2026-03-02"}
    when = {"done_at": f"{office.ways.clock(office.now()):%Y-%m-%d %H:%M}", "done_by": "mia"}
    bring(office, tmp_path, Task, title="Test", state="signed", **about, **when)
    assert [task.state for task in office.all(Task)] == ["signed"]
    assert "has not passed Autoclave return since" in cli("equipment", "return", key).err
