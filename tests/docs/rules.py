"""The reference of the rules that ship as data: each with its source, and how far it was compared.

The tables are read from the files beside the code, so a rule that somebody adds is on the page.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.docs.tables import plain, table
from tests.docs.trial import plugins

from officeops.core.inspection_questions import TOPICS, inspection
from officeops.model.settings import Machine
from officeops.office.record_types import records_of
from officeops.values import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
#: The columns that name a rule in its file, the best first.
_NAMES: Final = ("name", "title", "type", "sort", "kind", "topic")
#: The columns that tell one rule from another of the same name.
_PARTS: Final = ("state", "cause", "scale")
#: The columns with the day of a comparison: each plugin has its word.
_DAYS: Final = ("compared_on", "checked_on", "checked")
_HOUSE: Final = "house rule"
#: A section of a law, such as 164.530 or 1910.1020.
_SECTION: Final = re.compile(r"\d+\.\d+")
_HEAD: Final = """\
# Rules that ship as data, and their sources

Laws differ by state, by size and by year, so every rule that ships is data: you see its source, change it, and confirm it for your office. Until you do,
it counts as nobody's word. A comparison is no confirmation: on the day in the table somebody compared the figure with stored public copies of its source,
or with public pages that quote it, and never with the live site. Where nobody did, the table says whom to ask.
{compared} of {all} rules were compared whole; the habits of the house are not counted.

"""
#: The name of a rule, its source, and how far it was compared.
_Rule = tuple[str, str, str]


def page() -> str:
    """Return the page of the rules."""
    tables = [*_inspections(), *_files()]
    tables.append(("How long records are kept", [*_clocks(tables)]))
    laws = []
    for _, rules in tables:
        laws += [rule for rule in rules if rule[2] != _HOUSE]
    whole = [rule for rule in laws if "unconfirmed" not in rule[2]]
    parts = [_HEAD.format(compared=len(whole), all=len(laws))]
    for title, rules in tables:
        rows = [[plain(cell) for cell in rule] for rule in rules]
        lines = table(["rule", "source", "compared"], rows)
        parts.append(f"## {title}\n\n{lines}\n")
    return "".join(parts)


def _clocks(tables: list[tuple[str, list[_Rule]]]) -> Iterator[_Rule]:
    """Yield how long each kind of record is kept; the law was compared where a rule above cites it."""
    whole = [rule for _, rules in tables for rule in rules if "unconfirmed" not in rule[2]]
    # By section: one rule cites its paragraph, another the whole section.
    cited = {section for rule in whole for section in _SECTION.findall(rule[1])}
    for record in records_of(plugins(), Machine()).values():
        clock = record.retention
        # Papers have the clock of their type, in a table above.
        if clock is None or not clock.years:
            continue
        sections = set(_SECTION.findall(clock.why))
        compared = sections and sections <= cited
        after = "archived" if clock.after == "archived_at" else clock.after.replace("_", " ")
        name = f"{record.meta.label}: {wording.count(clock.years, 'year')} after {after}"
        yield name, clock.why, "compared, by a rule above" if compared else "unconfirmed"


def _inspections() -> Iterator[tuple[str, list[_Rule]]]:
    """Yield the questions of each inspection."""
    for topic in TOPICS:
        asked = inspection(topic)
        rules = [
            (question.text, question.source, asked.comparison(question))
            for question in asked.questions
        ]
        yield f"`officeops inspect {topic}`", rules


def _files() -> Iterator[tuple[str, list[_Rule]]]:
    """Yield each table of rules of a plugin or of the core, with whose it is."""
    for file in sorted([*ROOT.glob("src/**/*.csv"), *ROOT.glob("plugins/*/src/**/*.csv")]):
        # Papers of the demo practice are made up.
        if file.parent.name == "demo_data":
            continue
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        # Lists of words, such as nicknames, are rules of nobody.
        if "source" not in rows[0]:
            continue
        folder, plugin, *_ = file.relative_to(ROOT).parts
        owner = plugin if folder == "plugins" else "core"
        words = file.stem.replace("_", " ")
        yield f"{owner}: {words}", [_rule(row) for row in rows]


def _rule(row: dict[str, str]) -> _Rule:
    name = _first(row, _NAMES)
    parts = []
    for column in _PARTS:
        part = row.get(column)
        # A rule of the whole country needs no name of a state.
        if part and part != "US":
            parts.append(part)
    whole = f"{name} ({', '.join(parts)})" if parts else name
    source = row["source"] or "house"
    return whole, source, _comparison(row, source)


def _comparison(row: dict[str, str], source: str) -> str:
    day = _first(row, _DAYS)
    with_what = row.get("compared")
    ask = row.get("ask") or "the source"
    if day and with_what:
        return f"{day}: {with_what}"
    if day:
        return day
    # What a practice decides by itself, or agrees with a vendor, is compared with nothing.
    if source.casefold().startswith(("house", "the contract", "a contract")):
        return _HOUSE
    return f"unconfirmed, check with {ask}"


def _first(row: dict[str, str], columns: tuple[str, ...]) -> str:
    """Return the first of some cells that is not blank."""
    for column in columns:
        text = row.get(column)
        if text:
            return text
    return ""
