"""What a record declares is a field, or is refused: never ignored, and never a limit nobody meets."""

from __future__ import annotations

from typing import Any

import pytest

from officeops.model.fields import computed, field
from officeops.model.records import Record


def test_a_field_without_an_annotation_is_refused() -> None:
    with pytest.raises(TypeError, match="no annotation"):

        class _Beast(Record, key="zoo.beast"):
            name: str
            age = computed("age", "1", kind="number")


@pytest.mark.parametrize(
    "facts",
    [
        {"minimum": 9, "maximum": 3},
        {"minimum": 9, "default": 5},
        {"maximum": 3, "default": 5},
    ],
)
def test_limits_that_nothing_meets_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="its"):

        class _Beast(Record, key="zoo.beast"):
            legs: int = field(**facts)  # type: ignore[misc] # facts of a number


def test_a_default_within_its_limits_is_taken() -> None:
    class Beast(Record, key="zoo.beast"):
        legs: int = field(minimum=0, maximum=8, default=4)

    assert Beast(legs=6).legs == 6
