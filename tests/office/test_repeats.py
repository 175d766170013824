"""A request id alone makes a command safe to repeat: it answers as the first time, and nothing is written again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from officeops.model.exit_codes import DONE, PARTLY, REFUSED

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

LINES = [
    ("vendor add --name New --json", ""),
    ("vendor edit Acme --phone 555-0100 --json", ""),
    ("vendor hold Acme --reason late --json", ""),
    ("item receive A --quantity 5 --json", ""),
    ("order add-line PO-1 --item A --packs 2 --json", ""),
    ("reorder draft --json", ""),
    ("undo", ""),
    ("count Main A=0", ""),
    ("item import - --skip-bad", "sku,name\nX,New\nY,\n"),
]


#: What a repeat says before the sentence of the first time.
AGAIN = "This request id was already carried out; nothing was written again."
#: Lines whose repeat says the sentence of the first time.
SENTENCES = (
    "vendor add --name New",
    "vendor edit Acme --phone 555-0100",
    "location archive Shelf",
    "vendor hold Acme --reason late",
    "item receive A --quantity 5",
    "order add-line PO-1 --item A --packs 2",
    "hold --kind item --reason claim",
    "settings edit --name Other",
    "access add ann --role clerk",
    "access role desk core.today.view",
    "count Main A=0",
    "undo",
)


@pytest.fixture
def shop(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """An office with a vendor, an item to order and a draft."""
    monkeypatch.chdir(officeops_home)  # bad rows are written there
    for words in (
        "init --name Test",
        "vendor add --name Acme",
        "location add --name Shelf",
        "item add --sku A --name Gloves --reorder-point 5 --order-up-to 9",
        "terms add --item A --vendor Acme",
        "order add --vendor Acme",
    ):
        assert cli(*words.split()).code == 0, words
    return cli


def marked(answer: Any) -> Any:  # noqa: ANN401 - any JSON
    """The answer of a repeat, of which the first answer was this."""
    if isinstance(answer, list):
        return [marked(row) for row in answer]
    return {**answer, "repeated": True}


@pytest.mark.parametrize("line", SENTENCES)
def test_a_repeat_says_the_sentence_of_the_first_time(shop: Cli, line: str) -> None:
    first = shop("--request-id", "r1", *line.split())
    assert first.code == DONE, first.err
    sentence = first.err.splitlines()[0]
    again = shop("--request-id", "r1", *line.split())
    assert again.err == f"{AGAIN} {sentence}\n"


@pytest.mark.parametrize(("line", "typed"), LINES, ids=[line for line, _ in LINES])
def test_a_repeat_answers_as_the_first_time(shop: Cli, line: str, typed: str) -> None:
    first = shop("--request-id", "r1", *line.split(), typed=typed)
    written = len(shop("history", "--json").json)
    again = shop("--request-id", "r1", *line.split(), typed=typed)
    assert again.code == first.code
    if "--json" in line:
        assert again.json == marked(first.json) or "outcome" in again.json
        assert again.json != first.json
    assert len(shop("history", "--json").json) == written


def test_a_repeat_of_what_left_something_out_ends_with_5_again(shop: Cli) -> None:
    words = ("--request-id", "r1", "item", "import", "-", "--skip-bad")
    codes = [shop(*words, typed="sku,name\nX,New\nY,\n").code for _ in range(2)]
    assert codes == [PARTLY, PARTLY]


def test_without_a_request_id_a_command_that_is_run_twice_is_done_twice(shop: Cli) -> None:
    for _ in range(2):
        assert shop("item", "receive", "A", "--quantity", "5").code == DONE
    assert shop("item", "list", "--json", "--columns", "on_hand").json == [{"id": 1, "on_hand": 10}]


def test_a_draft_of_nothing_leaves_its_request_id_free(shop: Cli) -> None:
    assert shop("item", "receive", "A", "--quantity", "9").code == DONE
    words = ("--request-id", "r1", "reorder", "draft")
    assert "Nothing needs drafting" in shop(*words).err
    assert shop("item", "use", "A", "--quantity", "9").code == DONE
    assert "1 line drafted" in shop(*words).err
    assert "already carried out" in shop(*words).err


def test_a_rename_is_known_again_by_the_name_it_took_away(shop: Cli) -> None:
    words = ("--request-id", "r1", "vendor", "edit", "Acme", "--name", "Apex")
    assert [shop(*words).code for _ in range(2)] == [DONE, DONE]
    other = shop("--request-id", "r1", "vendor", "edit", "Nobody", "--name", "Apex")
    assert other.code == REFUSED
    assert "given to something else" in other.err
