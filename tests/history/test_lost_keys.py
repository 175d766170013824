"""A lost key is found where it ends, and nothing passes under its name; one that cannot be read has a cure."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw

from officeops.history.verify import verify
from officeops.model.errors import Broken
from officeops.office.crud import add_record
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory
from tests.history.key_tools import lose, replaced, told


def test_where_a_lost_key_ends_is_told(office_factory: OfficeFactory) -> None:
    office, old, last = replaced(office_factory)
    [sentence] = told(office)
    assert sentence.startswith(f"Actions 1 to {last} name the key {old}, which is not here")


@pytest.mark.parametrize("name", ["link.db.key", "office of last year.db.key"])
def test_a_key_that_is_beside_it_under_another_name_is_named_with_the_command(
    office_factory: OfficeFactory, tmp_path: Path, name: str
) -> None:
    """A link once had a key of its own, and people keep an old one under names of theirs."""
    office, _, _ = replaced(office_factory)
    key = Path(f"{office.path}.key")
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(office.path)
    astray = (link.parent if name.startswith("link") else key.parent) / name
    key.rename(astray)
    add_record(office_factory(), Vendor, {"name": "Epsilon"})
    office = office_factory(file=str(link))
    [sentence] = [sentence for sentence in told(office) if str(astray) in sentence]
    before = len(told(office))
    [command] = re.findall(r"cp -p .*$", sentence)
    subprocess.run(shlex.split(command), check=True)
    assert len(told(office)) == before - 1


@pytest.mark.parametrize("later", ["all", "all but the first", "the middle", "the first"])
def test_what_is_altered_under_the_name_of_a_lost_key_is_told(
    office_factory: OfficeFactory, later: str
) -> None:
    office, old, last = replaced(office_factory)
    before = told(office)
    which = {
        "all": f"id > {last}",
        "all but the first": f"id > {last + 1}",
        "the middle": f"id = {last + 2}",
        "the first": f"id = {last + 1}",
    }[later]
    with raw(Path(office.path)) as db:
        db.execute(f"UPDATE core_action SET key_id = ?, actor = 'boss' WHERE {which}", (old,))
    found = verify(office)
    assert [str(each) for each in found] != before
    assert {each.kind for each in found} == (
        {"key", "action"} if later in {"the first", "the middle"} else {"key"}
    )
    code = {"all": "key-unused", "the first": "key-first-unsaid"}.get(later, "key-back")
    assert code in {finding.code for finding in found}


def test_a_former_key_that_is_here_must_not_be_used_again(office_factory: OfficeFactory) -> None:
    office = office_factory()
    add_record(office, Vendor, {"name": "Acme"})
    old = office.value("SELECT key_id FROM core_action")
    os.rename(f"{office.path}.key", f"{office.path}.key.{old}")
    office = office_factory()
    add_record(office, Vendor, {"name": "Beta"})
    assert verify(office) == []
    new = office.value("SELECT key_id FROM core_action ORDER BY id DESC")
    os.rename(f"{office.path}.key", f"{office.path}.key.{new}")
    os.rename(f"{office.path}.key.{old}", f"{office.path}.key")
    office = office_factory()
    add_record(office, Vendor, {"name": "Gamma"})
    [finding] = verify(office)
    assert (finding.code, finding.facts["key"]) == ("key-back", old)


def test_a_key_that_is_a_folder_or_cannot_be_made_is_told_with_its_cure(
    officeops_home: Path, office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_factory()
    lose(office)
    os.mkdir(f"{office.path}.key")
    fresh = office_factory()
    with pytest.raises(
        Broken,
        match=r"The key of the history, .*key, cannot be read: Is a directory\. Put the right one",
    ):
        add_record(fresh, Vendor, {"name": "Acme"})
    monkeypatch.setenv("OFFICEOPS_KEY", str(officeops_home / "nowhere" / "key"))
    fresh = office_factory()
    with pytest.raises(
        Broken, match=r"A key of the history cannot be made at .*nowhere/key: No such file"
    ):
        add_record(fresh, Vendor, {"name": "Acme"})
