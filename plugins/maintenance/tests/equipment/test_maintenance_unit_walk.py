"""No sequence of commands brings a unit into service that may not be, by all that was ever said."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from plugins.maintenance.tests.equipment.unit_walk import Walk
from plugins.maintenance.tests.equipment.unit_way_back import way_back
from tests.effort import examples, seed

from officeops_maintenance.equipment.life import DOWN

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

#: Steps of one walk.
STEPS = 45


def test_no_walk_leads_a_unit_into_service_past_what_was_said(
    office: Office, cli: Cli, tmp_path: Path
) -> None:
    paper = tmp_path / "certificate.pdf"
    paper.write_bytes(b"%PDF-1.4")
    draw = random.Random(seed())  # noqa: S311 - no secret
    for _ in range(examples(60)):
        walk = Walk(office, draw.randrange(10**9))
        for _ in range(STEPS):
            walk.step()
        # And from where it ends, the messages lead back.
        for unit in walk.units:
            if walk.status(unit) in DOWN:
                typed = way_back(walk, cli, unit, str(paper))
                assert not typed, "\n".join([*walk.log, *typed[-6:]])
