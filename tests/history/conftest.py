"""An office that is upgraded from one version of a plugin to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

HEAD = "from __future__ import annotations\nfrom datetime import date\nfrom officeops import *\n"


@pytest.fixture
def grow(office_factory: OfficeFactory) -> Callable[..., Office]:
    """Open the test's office with one version of the plugin `lockers`, as its next upgrade does.

    Other one-file plugins may be on beside it, by name.
    """

    def grow_to(code: str, **others: str) -> Office:
        for opened in office_factory.opened:
            opened.close()
        office_factory.opened.clear()
        files = {
            name: f'{HEAD}PLUGIN = Plugin("{name}", "A plugin of a test", api=2)\n{text}'
            for name, text in {"lockers": code, **others}.items()
        }
        return office_factory(files=files)

    return grow_to
