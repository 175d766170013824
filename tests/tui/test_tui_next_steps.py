"""An empty list says what adds its first record: a key, or a command that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def test_every_kind_that_no_form_adds_names_the_command_that_does(office: Office, cli: Cli) -> None:
    named = set()
    for record in office.records.values():
        meta = record.meta
        if meta.editable or cli(meta.noun, "list", "--help").code != 0:
            continue
        assert record.added_by.startswith("officeops "), meta.key
        words = record.added_by.split()[1:]
        assert cli(*words, "--help").code == 0, record.added_by
        # With the sentence around them, they fit a screen of 80 columns.
        assert len(meta.plural + record.added_by) <= 45
        named.add(meta.noun)
    assert {"user", "role", "legal-hold"} <= named
