"""Of every command that adds, edits or acts, all options that are wrong or missing are named at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
import pytest
from tests import made_once
from tests.exchange.sweep_tools import WRONG

from officeops.cli.context import Run
from officeops.cli.root import root
from officeops.model.about import KEY, NUMBER
from officeops.model.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

#: A text that no field takes, whatever it is for.
RUNG: Final = "a bell \a in it"
TEXTS: Final = {"text", "long_text", "item_code", "file", "phone"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A run in the demo practice, open for all lines."""
    path = tmp_path_factory.mktemp("faults") / "office.db"
    made_once.copied(made_once.practice(tmp_path_factory), path)
    run = Run(str(path))
    run.call({})
    yield run
    run.close()


def asked(fields: Iterable[Field]) -> list[Field]:
    """Return the fields whose texts can be wrong by themselves, whatever is beside them."""
    pair = {KEY, NUMBER}
    return [f for f in fields if not (f.name in pair or f.within or f.kind.by_clock)]


def wrong(fields: Iterable[Field]) -> dict[str, str]:
    """Return a wrong text for each option, by the public names of their fields."""
    texts: dict[str, str] = {}
    for field in asked(fields):
        known = "no such record" if field.target else WRONG[field.kind.name]
        texts[field.public_name] = RUNG if field.kind.name in TEXTS else known
    if any(field.name == KEY for field in fields):
        texts["about"] = "nothing:1"
    return texts


def by_clock(fields: Iterable[Field]) -> set[str]:
    """Return the moments among the options: one that is needed is missing here."""
    return {field.public_name for field in fields if field.kind.by_clock}


def needed(fields: Iterable[Field]) -> set[str]:
    """Return the options that a new record or an action needs."""
    names = {field.public_name for field in asked(fields) if field.must_be_given}
    is_about = any(field.name == KEY and field.must_be_given for field in fields)
    return names | {"about"} if is_about else names


def refusal(run: Run, line: list[str], texts: Mapping[str, str]) -> tuple[set[str], str]:
    """Return the fields that a refused line is told to mend, and the sentence."""
    run.begin()
    context = click.Context(root, info_name="officeops", obj=run)
    command: click.Command = root
    # With the sign, so that a yes/no option takes the word for its own.
    words = [*line, *(f"--{name.replace('_', '-')}={text}" for name, text in texts.items())]
    while isinstance(command, click.Group):
        name, below, words = command.resolve_command(context, words)
        assert below is not None
        command, context = below, click.Context(below, parent=context, info_name=name)
    made = command.make_context(line[1], words, parent=context.parent)
    with made, pytest.raises(OfficeError) as refused:
        command.invoke(made)
    return {problem.field for problem in refused.value.problems}, str(refused.value)


def first(office: Office, record: type[Record]) -> str:
    """Return the number of a live record of a kind; blank where the practice has none."""
    number = office.value(f"SELECT min(id) FROM {record.meta.table} WHERE archived_at IS NULL")
    return f"#{number}" if number else ""


def commands(office: Office) -> Iterator[tuple[list[str], list[Field]]]:
    """Yield the words and the fields of each command that adds, edits or acts."""
    for record in office.records.values():
        if record.meta.commandless or record.meta.derived:
            continue
        noun, which = record.meta.noun, first(office, record)
        if record.meta.editable and not record.meta.child:
            fields = [field for field in record.meta.fields if not field.managed]
            yield [noun, "add"], fields
            if which:
                yield [noun, "edit", which], fields
        for action in office.actions(record):
            if which and action.fields:
                yield [noun, action.word, which], list(action.fields)


def test_every_wrong_option_of_every_command_is_named(run: Run) -> None:
    lines = [(line, fields) for line, fields in commands(run.office()) if wrong(fields)]
    assert len(lines) > 60
    for line, fields in lines:
        texts = wrong(fields)
        is_edit = line[1] == "edit"
        # A version that nobody can have read is one more.
        named, sentence = refusal(run, [*line, "--version=999999"] if is_edit else line, texts)
        assert ("version" in named) == is_edit or "version" in texts, (line, sentence)
        named -= ({"version"} | by_clock(fields)) - texts.keys()
        assert named == set(texts), (line, named ^ set(texts), sentence)
        unsaid = [name for name in texts if f"--{name.replace('_', '-')}" not in sentence]
        assert not unsaid, (line, sentence)


def test_what_is_missing_hides_no_wrong_option_of_any_command(run: Run) -> None:
    tried = 0
    for line, fields in commands(run.office()):
        lacking = needed(fields) if line[1] != "edit" else set[str]()
        texts = {name: text for name, text in wrong(fields).items() if name not in lacking}
        if lacking and texts:
            tried += 1
            named, sentence = refusal(run, line, texts)
            named -= by_clock(fields)
            assert named == lacking | set(texts), (line, sentence)
    assert tried > 20
