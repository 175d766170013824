"""Each code of a selfcheck is listed with its meaning, and none is listed that no check gives."""

from __future__ import annotations

import re
from pathlib import Path

from officeops.selfcheck import finding
from officeops.selfcheck.finding import CODES

#: A finding is made with its area, then its code.
MADE = re.compile(r"(?<!class )\bFinding\(\s*(?:\"\w+\"|area),\s*\"([a-z-]+)\"")


def test_the_list_of_codes_is_that_of_the_checks() -> None:
    sources = Path(finding.__file__).parent.glob("*.py")
    given = {code for source in sources for code in MADE.findall(source.read_text())}
    assert given == CODES.keys()
