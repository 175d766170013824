"""Any points and any sequence of work: the result is that of the points, and no paper is skipped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.history.undo import redo, undo
from officeops.model.errors import OfficeError, Refused
from officeops.office.crud import add_record, edit_record
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.calibration.point import CalibrationPoint
from officeops_maintenance.calibration.tolerance import IN, OUT, is_out
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.papers import newest_paper

if TYPE_CHECKING:
    from officeops.office.office import Office

VALUES: Final = st.one_of(st.none(), st.integers(-30, 30))
POINT: Final = st.tuples(st.integers(-20, 20), VALUES, VALUES, st.integers(0, 9)).filter(
    lambda point: point[1] is not None or point[2] is not None
)
WORK: Final = (
    *("add", "attach", "text", "pass", "pass", "fail", "withdraw", "good", "bad", "undo", "redo"),
    *("remove", "mend", "undo older"),
)
BEGUN: Final = ((), ("attach", "pass"), ("bad", "attach", "mend", "pass"))
#: Actions that an undo may take back, latest first.
_DONE: Final = "SELECT id FROM core_action WHERE verb NOT LIKE '%do' ORDER BY id DESC LIMIT 3"


@pytest.fixture
def scale(office: Office) -> Equipment:
    category = add_record(office, Category, {"name": "Scale", "needs_certificate": True})
    return add_record(office, Equipment, {"name": "Scale", "category_id": category.id})


def with_points(office: Office, unit: Equipment, points: list[tuple[Any, ...]]) -> Calibration:
    with office.acting("test.points"):
        calibration = office.add(Calibration(equipment_id=unit.id))
        for point, found, left, tolerance in points:
            office.add(
                CalibrationPoint(
                    calibration_id=calibration.id,
                    point=point,
                    as_found=found,
                    as_left=left,
                    tolerance=tolerance,
                )
            )
    return calibration


def expected(points: list[tuple[Any, ...]], *, as_left: bool) -> str:
    """Say the word of some points as a person would, one by one."""
    off, unknown = False, not points
    for point, found, left, tolerance in points:
        value = left if as_left and left is not None else found
        if value is None:
            unknown = True
        elif not point - tolerance <= value <= point + tolerance:
            off = True
    return OUT if off else "" if unknown else IN


@tried(60)
@given(points=st.lists(POINT, max_size=5))
@example(points=[(0, 9, None, 9), (0, -9, 9, 9)])
def test_the_result_is_a_function_of_the_points_alone(
    office: Office, scale: Equipment, points: list[tuple[Any, ...]]
) -> None:
    # In whatever order somebody typed them.
    for some in (points, points[::-1], sorted(points, key=str)):
        calibration = with_points(office, scale, some)
        words = [office.text_of(calibration, name) for name in ("as_found", "as_left")]
        assert words == [expected(points, as_left=False), expected(points, as_left=True)]


@tried(200)
@given(point=st.integers(), tolerance=st.integers(0, 10**6), off=st.integers(-(10**7), 10**7))
def test_the_edge_of_a_tolerance_is_within_it(point: int, tolerance: int, off: int) -> None:
    assert is_out(point, point + off, tolerance) == (off < -tolerance or off > tolerance)
    assert not is_out(point, point + tolerance, tolerance)


@tried(60)
@given(
    begun=st.sampled_from(BEGUN),
    steps=st.lists(st.tuples(st.sampled_from(WORK), st.integers(0, 2)), max_size=9),
)
def test_nothing_passes_without_its_certificate_or_with_a_point_left_out(
    office: Office, scale: Equipment, begun: tuple[str, ...], steps: list[tuple[str, int]]
) -> None:
    new = with_points(office, scale, [])
    # Most sequences would never pass one.
    for step in begun:
        _do(office, scale, step, office.get(Calibration, new.id))
    taken = len(begun)
    for step, which in steps:
        taken += _take(office, scale, step, which, may_undo=taken > 0)
        for calibration in office.all(Calibration, "state = 'passed'"):
            assert newest_paper(office, calibration), calibration.human_key
            assert office.text_of(calibration, "as_left") != OUT
            with pytest.raises(Refused, match="it has passed"):
                edit_record(office, calibration, {"done_on": office.today - timedelta(days=1)})


def _take(
    office: Office,
    scale: Equipment,
    step: str,
    which: int,
    *,
    may_undo: bool,
) -> int:
    """Take a step, and return by how much there is more to undo; a refused one changes nothing."""
    known = list(office.all(Calibration))[-3:]
    calibration = known[which % len(known)]
    before = _rows(office)
    try:
        if step in {"undo", "redo"}:
            if may_undo or step == "redo":
                (undo if step == "undo" else redo)(office)
            return {"undo": -1, "redo": 1}[step] if may_undo or step == "redo" else 0
        if step == "undo older":
            # Also the one before, such as the edit of a point on which the pass rests.
            if may_undo:
                undo(office, [number for (number,) in office.rows(_DONE)][which])
            return -1 if may_undo else 0
        _do(office, scale, step, calibration)
    except OfficeError:
        assert _rows(office) == before
        return 0
    return 1


def _do(office: Office, scale: Equipment, step: str, calibration: Calibration) -> None:
    if step == "add":
        with_points(office, scale, [])
    elif step in {"attach", "text"}:
        office.attach(calibration, b"%PDF-1.4" if step == "attach" else b"it is fine", name="c")
    elif step == "remove":
        paper = newest_paper(office, calibration)
        with office.acting("core.attachment.remove"):
            office.archive(paper) if paper else None
    elif step == "mend":
        with office.acting("test.mend"):
            for point in list(office.all(CalibrationPoint, "calibration_id = ?", calibration.id)):
                office.edit(point, as_left=0)
    elif step in {"good", "bad"}:
        with office.acting("test.point"):
            left = 5 if step == "bad" else 0
            office.add(
                CalibrationPoint(
                    calibration_id=calibration.id,
                    point=0,
                    as_found=5,
                    as_left=left,
                    tolerance=1,
                )
            )
    else:
        [action] = [one for one in office.actions(Calibration) if one.word == step]
        reason = {} if step == "pass" else {"reason": "so it is"}
        office.do(action, calibration, **reason)


def _rows(office: Office) -> list[tuple[Any, ...]]:
    tables = ("maintenance_calibration", "maintenance_calibration_point", "maintenance_ticket")
    return [row for table in tables for row in office.rows(f"SELECT * FROM {table} ORDER BY id")]
