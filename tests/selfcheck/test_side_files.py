"""Side files of another account: every command names them and the one command of root that cures it."""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.effort import seed
from tests.selfcheck.second_user import SOMEBODY, as_somebody, imported

if TYPE_CHECKING:
    from officeops.testing import Cli

SIDES = ("office.db.gate", "office.db.key", "office.db-wal", "backups")
LINES = (
    ["item", "edit", "A0", "--name", "Gowns"],
    ["backup", "restore"],
    ["selfcheck"],
)


def test_what_root_left_in_an_office_is_named_with_its_cure(cli: Cli) -> None:
    # The folders of the tests are closed to others.
    with TemporaryDirectory(dir="/var/tmp") as home:
        Path(home).chmod(0o755)
        whole = Path(home, "whole")
        whole.mkdir()
        for words in (["init", "--name", "M"], ["item", "add", "--sku", "A0", "--name", "Gloves"]):
            assert cli("--db", f"{whole}/office.db", *words).code == 0
        assert cli("--db", f"{whole}/office.db", "backup").code == 0
        shutil.copytree(whole, Path(home, "to import"))
        imported(f"{home}/to import/office.db", LINES)
        for side in random.Random(seed()).sample(SIDES, 2):  # noqa: S311 - a draw of the test
            place = Path(home, f"with {side}")
            shutil.copytree(whole, place)
            strange = place / side
            strange.touch()
            for path in (place, *place.rglob("*")):
                os.chown(path, SOMEBODY, SOMEBODY)
            os.chown(strange, 0, 0)
            strange.chmod(0o700 if side == "backups" else 0o600)
            edit, restore, check = as_somebody(f"{place}/office.db", LINES)
            assert edit[0] == (0 if side == "backups" else 1), edit
            # To set the office aside would lose its log.
            assert restore[0] == check[0] == 1, (restore, check)
            assert str(strange) in restore[1]
            command = re.findall(r"→ As root: (chown -h --reference=.*)$", check[1], re.MULTILINE)[
                -1
            ]
            subprocess.run(shlex.split(command), check=True)
            again = as_somebody(f"{place}/office.db", LINES[:2])
            assert [code for code, _ in again] == [0, 0], again
