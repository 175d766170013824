"""A field or a parameter has no word that a record, its commands or `office.do` have already."""

from __future__ import annotations

from typing import Any

import pytest

from officeops import Field, Office, Record, action, field
from officeops.model.errors import PluginFault

#: Standard columns, declarations and rules of a record, and options and arguments of commands.
FIELDS = """
id version archived_at life ledger expiry children parts check keep filled edited fold bare_word
managed which as_json json help self meta
""".split()
PARAMETERS = ["which", "as_json", "json", "help", "request", "action"]


@pytest.mark.parametrize("word", FIELDS)
def test_a_field_with_a_word_of_records_is_refused_where_it_is_declared(word: str) -> None:
    body: dict[str, object] = {"__annotations__": {word: "str"}, "__module__": __name__}
    body[word] = field()
    with pytest.raises(TypeError, match=rf"Thing\.{word} cannot be a field"):
        type("Thing", (Record,), body, key="test.thing")


@pytest.mark.parametrize("word", PARAMETERS)
def test_so_is_a_parameter(word: str) -> None:
    scope: dict[str, object] = {}
    exec(f"def run(office, {word}): 'Run.'", scope)  # noqa: S102 - a name that is a text here
    run: Any = scope["run"]
    run.__annotations__ = {"office": Office, word: "str"}
    declared: Any = action("test.run")(run)
    with pytest.raises(PluginFault, match=rf"{word} cannot be a parameter"):
        _ = declared.fields


def test_a_field_called_record_is_edited_like_any_other(office: Office) -> None:
    rule = office.records["core.retention-rule"]
    assert isinstance(rule.meta.by_name["record"], Field)
    with office.acting("test.edit"):
        added = office.add(rule(record="core.closed-day", years=7, source="law"))
        assert office.edit(added, record="core.location").__dict__["record"] == "core.location"
