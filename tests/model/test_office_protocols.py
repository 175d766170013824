"""What plugins are typed against is what an office does."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import officeops
from officeops.model.office import Office as Offered
from officeops.sealing.sealing_office import SealingOffice

if TYPE_CHECKING:
    from officeops.office.office import Office as Opened
    from officeops.plugins.askable import Askable
    from officeops.query.searched_office import SearchedOffice
    from officeops.store.stored_office import StoredOffice


def as_each_floor_has_it(
    office: Opened,
) -> tuple[Offered, StoredOffice, SealingOffice, Askable, SearchedOffice]:
    """An open office is what each floor asks for: the type check fails where it is not."""
    return office, office, office, office, office


def test_an_office_does_what_plugins_are_offered(office: Opened) -> None:
    offered = [
        name for name, _ in inspect.getmembers(SealingOffice, callable) if not name.startswith("_")
    ]
    assert len(offered) > 40
    for name in offered:
        asked = list(inspect.signature(getattr(SealingOffice, name)).parameters)[1:]
        taken = list(inspect.signature(getattr(office, name)).parameters)
        assert asked == taken[: len(asked)], name


def test_each_thing_offered_is_explained_in_the_public_class() -> None:
    assert officeops.Office is Offered
    public = {
        name: value
        for name, value in inspect.getmembers(officeops.Office)
        if not name.startswith("_")
    }
    assert not [
        name for name, value in public.items() if name != "remarks" and not inspect.getdoc(value)
    ]
