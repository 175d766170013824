"""Inspection questions: what inspectors ask of a practice, read from the files beside this module.

The files are data: each question has its source and the kind of proof that answers it. Law differs
by state and by size, so a question counts as a requirement once the office has confirmed it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

#: The inspections in the order in which they are listed; each is a file.
TOPICS: Final = ("vfc", "osha", "clia", "pharmacy", "fire", "hipaa", "infection")


class Question(Value):
    """One thing that an inspector asks for, and the kind of proof that answers it.

    `key` is unique among all inspections, such as `osha.poster`. `elsewhere` says where another
    system keeps the proof by its nature. `from_employees` is the size from which the rule holds.
    `compared` are those of its sources that somebody compared it with.
    """

    key: str
    text: str
    source: str
    proof: str
    elsewhere: str = ""
    from_employees: int = 0
    compared: str = ""

    @property
    def word(self) -> str:
        """The key within its inspection, as people type it."""
        return self.key.partition(".")[2]

    @property
    def wording(self) -> str:
        """Return all that a person confirms: the question, from which size on, and its source."""
        size = f" (from {self.from_employees} employees)" if self.from_employees else ""
        return f"{self.text}{size}. {self.source}"


class Inspection(Value):
    """An inspection: who comes, and the questions, as they were written on a day.

    Some were compared with copies of their sources on a day; each page says how many, and at each
    question which. `ask` is whom to ask about the others.
    """

    topic: str
    title: str
    who: str
    ask: str
    written_on: date
    compared_on: date
    questions: tuple[Question, ...]

    @property
    def caution(self) -> str:
        """How far the questions may be relied on, as a sentence."""
        # A question counts once all of its sources were compared, not only a part of them.
        whole = sum(question.compared == question.source for question in self.questions)
        return (
            f"Questions of {self.written_on}. Compared with copies of their sources on "
            f"{self.compared_on}: {whole} of {len(self.questions)}. Check each before you confirm it."
        )

    def compared(self, question: Question) -> str:
        """Say which sources of a question were compared with it, and when; nothing where none was."""
        if not question.compared:
            return ""
        part = "" if question.compared == question.source else f", {question.compared} alone"
        return f"compared {self.compared_on}{part}"

    def comparison(self, question: Question) -> str:
        """Say the same, and whom to ask about the sources that nobody compared."""
        if question.compared == question.source:
            return self.compared(question)
        compared = f"{self.compared(question)}; the rest is " if question.compared else ""
        return f"{compared}unconfirmed, check with {self.ask}"

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of proof that it asks for."""
        # Plugins are not asked for a proof that another system keeps.
        return frozenset(question.proof for question in self.questions if not question.elsewhere)


@cache
def inspection(topic: str) -> Inspection:
    """Return one of the inspections of `TOPICS`."""
    text = files("officeops.core").joinpath("inspections", f"{topic}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    questions = tuple(_question(topic, given) for given in data["questions"])
    days = data["written_on"], data["compared_on"]
    return Inspection(topic, data["title"], data["who"], data["ask"], *days, questions)


def kinds_of_proof() -> list[str]:
    """List the kinds of proof that inspectors ask for."""
    return sorted(frozenset().union(*(inspection(topic).kinds for topic in TOPICS)))


def _question(topic: str, given: Mapping[str, Any]) -> Question:
    return Question(
        f"{topic}.{given['key']}",
        given["question"],
        given["source"],
        given["proof"],
        given.get("elsewhere", ""),
        given.get("from_employees", 0),
        given.get("compared", ""),
    )
