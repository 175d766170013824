"""The crew as one login sees it, in the file of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Cli, Ran
    from officeops_hr.people.person import Person


@pytest.fixture
def by(crew: dict[str, Person], cli: Cli) -> Callable[[str, str], Ran]:
    """Run a command line as a login; it must not fail by itself."""
    del crew

    def run(login: str, words: str) -> Ran:
        ran = cli(*words.split(), login=login)
        assert "Traceback" not in ran.err
        return ran

    return run
