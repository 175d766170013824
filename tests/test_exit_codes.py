"""Which of several exit codes counts."""

from __future__ import annotations

from officeops.exit_codes import DONE, DUE, INCOMPLETE, PARTLY, REFUSED, leading


def test_the_worst_for_a_script_counts() -> None:
    assert leading([]) == DONE
    assert leading([DONE, DUE]) == DUE
    assert leading([DUE, PARTLY]) == PARTLY
    assert leading([DUE, PARTLY, INCOMPLETE]) == INCOMPLETE
    assert leading([INCOMPLETE, REFUSED, PARTLY]) == REFUSED
