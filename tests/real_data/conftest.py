"""Where the sets of other people's data must be."""

from __future__ import annotations

import os

import pytest
from tests.real_data.sets import DATA


@pytest.fixture(autouse=True)
def _data_is_there() -> None:
    """Skip without the data; where every test must run, say what is missing instead."""
    if not DATA.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"The real data that these tests read is not at {DATA}.")
        pytest.skip(f"no data at {DATA}")
