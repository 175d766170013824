"""No sequence of commands brings a unit into service that may not be, by all that was ever said."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from plugins.maintenance.tests.equipment.unit_walk import Walk
from tests.effort import examples, seed

if TYPE_CHECKING:
    from officeops.office.office import Office

#: Steps of one walk.
STEPS = 45


def test_no_walk_leads_a_unit_into_service_past_what_was_said(office: Office) -> None:
    draw = random.Random(seed())  # noqa: S311 - no secret
    for _ in range(examples(60)):
        walk = Walk(office, draw.randrange(10**9))
        for _ in range(STEPS):
            walk.step()
