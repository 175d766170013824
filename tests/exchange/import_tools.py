"""Imports text as a command does, and says what the office has of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from officeops.testing import Cli


def bring(cli: Cli, noun: str, text: str | bytes, *words: str) -> dict[str, Any]:
    """Import text from standard input and return what the command says of it."""
    ran = cli(noun, "import", "-", "--json", *words, typed=text)
    answer = ran.json
    assert isinstance(answer, dict)
    return {**answer, "code": ran.code}


def counts(outcome: dict[str, Any]) -> tuple[int, int, int]:
    """Added, updated, unchanged."""
    return outcome["added"], outcome["updated"], outcome["unchanged"]


def items(cli: Cli) -> dict[str, dict[str, Any]]:
    """The office's items by SKU."""
    return {item["sku"]: item for item in cli("item", "list", "--json").json}
