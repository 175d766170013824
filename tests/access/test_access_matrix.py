"""Every command for every role, beside a table that people look over: `tests/access/access_matrix.txt`.

`KEEP_MATRIX=1 pytest tests/access/test_access_matrix.py` writes the table anew; what changed in it is then read in the diff.
A command that is not in the table, or does not run here as it should for an owner, fails.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.access import matrix_parts
from tests.access.access_tools import login
from tests.access.matrix_bench import ROLES, Bench
from tests.access.matrix_commands import BEFORE, ENDS_OTHERWISE, NOT_RUN, commands, line_of
from tests.effort import sampled
from tests.made_once import made_once

from officeops.access.roles import known, patterns_of, reach

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(__file__).parent / "access_matrix.txt"
LOGGER = Path(__file__).parent / "logger.csv"
RECALLS = Path(__file__).parent / "recalls.csv"
#: Columns for the command, more than the longest has.
WIDTH = 36
#: The sentence of a refusal ends its first part with the permission's name.
REFUSED = re.compile(
    r"may not [^()]*?\(([a-z0-9.-]+)\)\. A manager can|may not ([a-z0-9.-]+)\. A manager can"
)

#: What is done to the office before anything is asked of it.
BEGINNING = f"""
init --name Test
settings edit --time-zone UTC
location add --name Back
location add --name Old
location archive Old
closed-day add --day 2030-12-25
closed-day add --day 2030-12-26
closed-day archive #2
opening-hours archive #2
vendor add --name Medline
vendor add --name Paused
vendor hold Paused --reason late
vendor attach Medline {TABLE}
vendor note Medline hm --follow-up 2026-01-31
vendor note Medline old
note archive #2
vendor tag Medline late old
tag archive #2
vendor add --name Gone
vendor archive Gone
document add --vendor Medline --kind insurance --expires-on 2026-01-31
document add --vendor Medline --kind insurance --expires-on 2020-01-31
document archive #2
document add --vendor Medline --kind w9 --expires-on 2010-01-31
document archive #3
item add --sku A --name Gloves --reorder-point 5
item add --sku B --name Gauze
item archive B
item add --sku C --name Lidocaine
item add --sku D --name Tape
pack add --item A --size 10
pack add --item A --size 20
pack archive #2
terms add --item A --vendor Medline --pack #1
terms add --item C --vendor Medline
terms archive #2
level add --item A --location Main
level add --item A --location Back
level archive #2
lot add --item C --number L1 --expires-on 2099-01-01
lot add --item C --number L2 --expires-on 2099-01-01
lot quarantine L2
lot add --item C --number L3 --expires-on 2099-01-01
lot archive L3
item receive A --quantity 50
item receive C --quantity 5 --lot L1
order add --vendor Medline
order add-line PO-1 --item A --packs 2
order add --vendor Medline
order add-line PO-2 --item A --packs 2
order approve PO-2 --without-prices
order add --vendor Medline
order add-line PO-3 --item A --packs 2
order approve PO-3 --without-prices
order send PO-3
order add --vendor Medline
order cancel PO-4
order add --vendor Medline
order add-line PO-5 --item A --packs 2
order approve PO-5 --without-prices
order send PO-5
order close-short PO-5
order add --vendor Medline
order archive PO-6
retention-rule add --record vendors.document --years 9 --source law
retention-rule add --record inventory.item --years 9 --source law
retention-rule archive #2
document-type add --name Permit
document-type add --name Old
document-type archive Old
practice-document add Permit --type Permit --expires-on 2031-01-31
practice-document add Old
practice-document archive #2
hold --kind item --reason claim
count Main A=50
task add Call --due-on 2026-03-02
task add Old --due-on 2026-03-02
task archive T-2
task add Log --due-on 2026-03-02 --second-sign yes
task complete T-3
checklist add --name Round
checklist add --name Old
checklist archive Old
checklist-item add --checklist Round --text Light
checklist-item add --checklist Round --text Old
checklist-item archive #2
task add Round --due-on 2026-03-02 --checklist Round
task complete T-4 --answer Light=pass
location add --name Fridge
item receive A --quantity 2 --location Fridge
equipment-category add --name Autoclaves --release-checklist Round
equipment-category add --name Old
equipment-category archive Old
equipment add --name "Autoclave 1" --category Autoclaves
equipment add --name Scale
equipment take-out EQ-2 --reason broken
equipment add --name Lamp
equipment retire EQ-3 --reason old
equipment add --name Older
equipment retire EQ-4 --reason old
equipment archive EQ-4
equipment add --name ECG
equipment lend EQ-5 --lent-to Hahn --due-back-on 2026-04-01
equipment add --name Steamer --category Autoclaves
equipment take-out EQ-6 --reason broken
ticket add Leaks --equipment EQ-1 --vendor Medline
ticket add Hums
ticket resolve TK-2 --resolution oiled
ticket add Old
ticket cancel TK-3 --reason gone
ticket archive TK-3
ticket add Done
ticket cancel TK-4 --reason gone
plan add --title Filters --first-on 2026-03-02 --unit year --vendor Medline
plan add --title Old --first-on 2026-03-02 --unit year
plan archive PL-2
meter-reading add --equipment EQ-1 --value 5
meter-reading add --equipment EQ-1 --value 6
meter-reading archive #2
visit add --purpose "Look at it" --expected-on 2026-03-02 --vendor Medline
visit add --purpose Old --expected-on 2026-03-02
visit archive VI-2
monitored-unit add --name Vaccines --location Fridge --logger-serial 77
monitored-unit add --name Freezer --sort freezer --first-on 2026-02-23
monitored-unit add --name Older
monitored-unit archive Older
monitored-unit add --name Room --sort room --first-on 2026-02-23
monitored-unit explain Room --reason holiday
temperatures record Vaccines=48/40/50 Freezer=30/30/30
excursion call EX-1 --case-number 7
excursion call EX-2 --case-number 8
logger-reading import {LOGGER}
lab-test add --name Strep --controls positive --item A --open-days 30
lab-test add --name Old
lab-test archive Old
control-lot add --test Strep --level positive --number P1 --expires-on 2031-01-31
control-lot add --test Strep --level positive --number P2 --expires-on 2031-02-28
control-lot archive #2
lab-kit add --test Strep --number L1
lab-kit add --test Strep --number L2
lab-kit archive LK-2
controls record LK-1/positive=positive
lab-kit add --test Strep --number L4
service-contract add --name Service --vendor Medline --expires-on 2031-01-31 --unit EQ-1
service-contract add --name Old
service-contract archive SC-2
reference-standard add --name Weight --expires-on 2031-01-31
reference-standard add --name Old
reference-standard archive RS-2
calibration add --equipment EQ-1 --done-on 2026-02-02
calibration add --equipment EQ-1 --done-on 2026-02-01
calibration fail CL-2 --reason off --take-out no
calibration add --equipment EQ-1 --done-on 2026-01-01
calibration withdraw CL-3 --reason mistake
calibration archive CL-3
calibration add --equipment EQ-1 --done-on 2026-01-02
calibration withdraw CL-4 --reason mistake
waste-pickup add --manifest MW-1 --picked-on 2026-02-02
waste-pickup add --manifest MW-2 --picked-on 2026-02-02
waste-pickup archive WP-2
plan add --title Compare --first-on 2026-03-02 --unit year --sort calibration --equipment EQ-1
plan add --title Waste --first-on 2026-03-02 --unit year --sort visit
equipment edit EQ-1 --make Pressurex --serial 2409-1187
recall import {RECALLS}
recall archive RC-2
{matrix_parts.BEGINNING}
"""


@contextmanager
def _at_home(folder: Path) -> Iterator[Bench]:
    """Give this process the settings in a folder, the plugins and the day of the office."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("config", "data", "cache", "state"):
            patch.setenv(f"XDG_{kind.upper()}_HOME", str(folder / kind))
        patch.setenv("OFFICEOPS_PLUGINS", "hr,inventory,maintenance,vendors")
        patch.setenv("OFFICEOPS_TODAY", "2026-03-02")
        yield Bench(folder)


def begin(folder: Path) -> None:
    """Make the office `base.db` in a folder, with its settings beside it, as BEGINNING says."""
    with _at_home(folder) as bench:
        bench.begin(BEGINNING)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The office, with settings of its own."""
    folder = tmp_path_factory.mktemp("matrix") / "home"
    shutil.copytree(made_once(tmp_path_factory, "begun", begin), folder)
    with _at_home(folder) as bench:
        bench.admit()
        yield bench


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "hr,inventory,maintenance,vendors")
    monkeypatch.setenv("OFFICEOPS_TODAY", "2026-03-02")


@pytest.mark.usefixtures("settled")
def test_every_command_does_for_every_role_what_the_table_says(bench: Bench) -> None:
    reaching = _reaching(bench)
    kept = {line[:WIDTH].rstrip(): line for line in TABLE.read_text().splitlines()}
    lines = [f"{'':{WIDTH}}{''.join(f'{role:11}' for role in ROLES)}needs"]
    plugins = bench.base.plugins
    named = [
        f"{word} {each.name}"
        for word in ("job", "report")
        for _, each in plugins.registered(f"{word}s")
    ]
    known = sorted([*commands(), *named])
    tried = known if os.environ.get("KEEP_MATRIX") else sampled(known, 48)
    for command in known:
        if command in NOT_RUN:
            lines.append(f"{command:{WIDTH}}{'not asked: ' + NOT_RUN[command]}")
            continue
        if command not in tried:
            lines.append(
                kept.get(command, f"{command:{WIDTH}}is new: make the table with KEEP_MATRIX=1")
            )
            continue
        cells, needed = _asked(bench, command)
        for role in ROLES:
            assert cells[role] == (needed <= reaching[role]), (
                f"{command} for {role}: `access show {role}` says otherwise"
            )
        marks = "".join(f"{'yes' if cells[role] else '-':11}" for role in ROLES)
        lines.append(f"{command:{WIDTH}}{marks}{' '.join(sorted(needed))}")
    told = "\n".join(line.rstrip() for line in lines) + "\n"
    if os.environ.get("KEEP_MATRIX"):
        TABLE.write_text(told)
    assert told == TABLE.read_text()


def _asked(bench: Bench, command: str) -> tuple[dict[str, bool], set[str]]:
    """Return for which roles a command runs, and the permissions it was refused for."""
    ready = bench.copy()
    if before := BEFORE.get(command):
        bench.must(ready, before)
    words, typed = line_of(command)
    cells: dict[str, bool] = {}
    needed: set[str] = set()
    for role in ROLES:
        file = bench.copy(ready)
        if command.startswith("backup"):
            shutil.rmtree(bench.folder / "backups", ignore_errors=True)
            if before:
                bench.must(file, before)
        before_it = bench.copy(file)
        ran = bench.run(file, f"{command} {words}", login(role), typed)
        said = f"{command} {words} as {role}: {ran.code} {ran.out[:200]} {ran.err}"
        assert "Traceback" not in ran.err, said
        assert "fault in officeops" not in ran.err, said
        assert "refuses" not in ran.err, said
        refused = REFUSED.search(ran.err)
        cells[role] = refused is None
        if refused:
            assert ran.code == 1, said
            assert not ran.out, said
            assert bench.same(file, before_it), said
            needed.add(refused[1] or refused[2])
        elif command not in ENDS_OTHERWISE:
            assert ran.code in {0, 3}, said
        for used in (file, before_it):
            (bench.folder / used).unlink()
    return cells, needed


def _reaching(bench: Bench) -> dict[str, set[str]]:
    """Return what `officeops access show` says of each role."""
    found: dict[str, set[str]] = {}
    for role in ROLES:
        ran = bench.run("base.db", f"access show {role} --json")
        found[role] = {each["permission"] for each in ran.json}
    return found


@pytest.mark.usefixtures("settled")
def test_what_a_role_reaches_is_what_is_known_of_it(bench: Bench) -> None:
    office = bench.base.office()
    for role, names in _reaching(bench).items():
        assert names == {each.name for each in reach(office, patterns_of(office, role))}
    assert set(known(office)) == _reaching(bench)["owner"]
    bench.base.close()
