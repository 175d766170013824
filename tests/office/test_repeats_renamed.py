"""A repeated request is recognized whatever became of the records that its line names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.access.matrix_commands import commands, line_of
from tests.access.test_access_matrix import bench, settled
from tests.effort import sampled
from tests.office.test_repeats_sweep import FIRST, NOT_HERE
from tests.said.lines import WORDS

from officeops.cli.context import Run
from officeops.model.exit_codes import DONE, REFUSED
from officeops.office.crud import add_record, edit_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.access.matrix_bench import Bench

    from officeops.office.office import Office
    from officeops.testing import Cli

__all__ = ["bench", "settled"]

#: What the lines call records by, of each kind.
NAMES: Final = {
    "core.location": ("name",),
    "inventory.item": ("sku", "name"),
    "vendors.vendor": ("name", "code"),
}
#: What comes between the two runs of a line.
BETWEEN: Final = (
    "item edit A --sku B",
    "vendor edit Acme --name Apex",
    "location edit Fridge --name Cooler",
)
#: A line of each kind of command that names records.
LINES: Final = (
    "item transfer A --quantity 2 --to-location Fridge",
    "item edit A --name Glove",
    "item edit A --name Glove --json",
    "vendor-terms edit #1 --vendor Acme --price 2",
    "stock-level add --item A --location Fridge --reorder-point 2 --order-up-to 6",
    "order add --vendor Acme --json",
    "vendor hold Acme --reason late",
    "count Fridge A=5",
    "count Fridge A=5 --json",
    "reorder draft --item A=2",
    "settings edit --default-location Fridge",
)


@pytest.fixture
def shop(cli: Cli) -> Cli:
    for words in (
        "init --name Test",
        "location add --name Fridge",
        "vendor add --name Acme",
        "item add --sku A --name Gloves --reorder-point 20 --order-up-to 40",
        "vendor-terms add --item A --vendor Acme",
        "item receive A --quantity 9",
    ):
        assert cli(*words.split()).code == DONE, words
    return cli


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_recognized_after_its_records_were_renamed(shop: Cli, line: str) -> None:
    words = ("--request-id", "r1", *line.split())
    first = shop(*words)
    assert first.code == DONE, first.err
    for change in BETWEEN:
        assert shop(*change.split()).code == DONE, change
    _is_recognized(shop, words)
    for word in (
        "location add --name Fridge",
        "item add --sku A --name New",
        "vendor add --name Acme",
    ):
        assert shop(*word.split()).code == DONE
    _is_recognized(shop, words)


def _is_recognized(shop: Cli, words: tuple[str, ...]) -> None:
    written = len(shop("history", "--json").json)
    again = shop(*words)
    assert again.code == DONE, again.err
    assert "already carried out" in again.err or again.json
    assert len(shop("history", "--json").json) == written


def test_another_line_is_not_recognized_by_the_records_of_the_first(shop: Cli) -> None:
    line = "item transfer A --quantity 2 --to-location"
    assert shop("--request-id", "r1", *line.split(), "Fridge").code == DONE
    assert shop("location", "edit", "Fridge", "--name", "Cooler").code == DONE
    same = shop("--request-id", "r1", *line.split(), "Cooler")
    assert "already carried out" in same.err
    other = shop("--request-id", "r1", *line.split(), "Nowhere")
    assert other.code == REFUSED
    assert "already carried out" not in other.err
    assert shop("item", "edit", "A", "--sku", "B").code == DONE
    more = shop("--request-id", "r1", *line.replace("2", "3").split(), "Cooler")
    assert more.code == REFUSED
    assert "already carried out" not in more.err


def test_a_line_of_which_a_part_was_done_is_not_taken_for_done(shop: Cli) -> None:
    """The second record's action has no request yet: the script was cut off before it."""
    assert shop(*"order add --vendor Acme".split()).code == DONE
    assert shop(*"order add --vendor Acme".split()).code == DONE
    assert shop("--request-id", "r1", "vendor", "hold", "Acme", "--reason", "late").code == DONE
    assert shop("vendor", "edit", "Acme", "--name", "Apex").code == DONE
    ran = shop("--request-id", "r1", "vendor", "hold", "Acme", "Medline", "--reason", "late")
    assert ran.code != DONE
    assert "already carried out" not in ran.err


def test_lines_that_differ_in_a_files_content_alone_are_two_requests(shop: Cli) -> None:
    import_line = ("--request-id", "r1", "item", "import", "-")
    assert shop(*import_line, typed="sku,name\nX,New\n").code == DONE
    other = shop(*import_line, typed="sku,name\nY,New\n")
    assert other.code == REFUSED
    assert "already carried out" not in other.err


@pytest.mark.usefixtures("settled")
def test_every_command_is_recognized_after_everything_was_renamed(bench: Bench) -> None:
    problems: list[str] = []
    for command in sampled(sorted({*commands()} - {*NOT_HERE}), 15):
        words, typed = (WORDS[command], "") if command in WORDS else line_of(command)
        problems += _unrecognized(bench, command, words, typed)
    assert not problems, "\n".join(problems)


def _unrecognized(bench: Bench, command: str, words: str, typed: str) -> Iterator[str]:
    """Yield what is wrong with a line that comes again after everything was renamed."""
    file = bench.copy()
    if first := FIRST.get(command, ""):
        bench.must(file, first)
    line = f"--request-id r1 {command} {words}"
    ran = bench.run(file, line, typed=typed)
    run = Run(str(bench.folder / file))
    if bench.base._plugins is not None:
        run.share(bench.base)
    office = run.office()
    number = office.value("SELECT max(id) FROM core_action WHERE request = 'r1'")
    if number:
        _rename_all(office)
    before = office.value("SELECT max(id) FROM core_action")
    run.close()
    if not number:
        return
    again = bench.run(file, line, typed=typed)
    run = Run(str(bench.folder / file))
    run.share(bench.base)
    if run.office().value("SELECT max(id) FROM core_action") != before:
        yield f"{command}: is done twice"
    run.close()
    if again.code != ran.code:
        yield f"{command}: ends with {ran.code}, then with {again.code}: {again.err}"


def _rename_all(office: Office) -> None:
    for key, names in NAMES.items():
        kind = office.records[key]
        for record in list(office.all(kind)):
            new = {name: f"{getattr(record, name)}-was" for name in names if getattr(record, name)}
            edit_record(office, record, new)
            add_record(office, kind, {**_needed(key), **{n: v[:-4] for n, v in new.items()}})


def _needed(key: str) -> dict[str, str]:
    return {"name": "Namesake"} if key == "inventory.item" else {}
