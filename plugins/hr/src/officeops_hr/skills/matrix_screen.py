"""The screen of skills: people in lines and skills in columns, as many as the terminal has room for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.tui import Key, Line, LineScreen, cut, new_key, pad
from officeops.values import safe, wording
from officeops_hr.people.person import Person
from officeops_hr.skills.competence import Competence
from officeops_hr.skills.matrix import Column, Matrix, Member, matrix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops import Office

#: Cells of a name, and of a skill with a blank behind it.
_NAME: Final = 20
_SKILL: Final = 7
_LEGEND: Final = "0 none 1 in training 2 supervised 3 alone 4 teaches, x lapsed, ! one only"


class MatrixScreen(LineScreen):
    """The matrix of skills; left and right go to a skill, Enter opens the observation."""

    slow = True

    def __init__(self, office: Office) -> None:
        """Open it at the first skill."""
        super().__init__(office)
        # Of the skill under the cursor; the list itself knows the person.
        self._place = 0

    def gather(self, office: Office) -> Matrix:
        """Read the people and their skills."""
        return matrix(office, office.today)

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Skills"

    def status(self) -> str:
        """Return the skill of the column, and how many it has."""
        skill = self._skill()
        if skill is None:
            return ""
        people = wording.count(len(self.gathered.covering(skill)), "person")
        return f"{skill.name}: {people} alone, {skill.wanted} wanted"

    def head(self, width: int) -> str:
        """Return the names of the skills, which stay above the people."""
        if self.gathered is None:
            return ""
        labels = [self._label(skill) for skill in self._columns(width)]
        return _row("", labels)

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return a line for each person, and below them how many do each skill alone."""
        if self.gathered is None:
            return [Line.of("Reading the skills…", "dim")]
        if not self.gathered.skills:
            return [Line.of("No skill is kept: officeops skill add --name Phlebotomy", "dim")]
        columns = self._columns(width)
        lines = [self._person_line(person, columns) for person in self.gathered.people]
        alone = [_alone(self.gathered, skill) for skill in columns]
        wanted = [str(skill.wanted) for skill in columns]
        lines += [Line(), Line.of(_row("Alone", alone), "strong"), Line.of(_row("Wanted", wanted))]
        lines.append(Line.of(cut(_LEGEND, width), "dim"))
        return lines

    def _person_line(self, person: Member, columns: Sequence[Column]) -> Line:
        marks = []
        for skill in columns:
            shown = self.gathered.cell(person, skill)
            # A dash, so that an empty cell is no zero.
            marks.append(shown.mark if shown else "-")
        # In words: somebody away covers nothing, whatever the levels say.
        name = f"{person.name} (leave)" if person.is_away else person.name
        return Line.of(
            _row(safe(name), marks),
            "",
            person,
            f"person {person.id}",
        )

    def _label(self, skill: Column) -> str:
        name = safe(skill.name)
        is_chosen = skill == self._skill()
        return f"[{cut(name, _SKILL - 3)}]" if is_chosen else name

    def _columns(self, width: int) -> Sequence[Column]:
        """Return the skills that fit, with the chosen one among them."""
        most = max(1, (width - _NAME) // _SKILL)
        # Whole pages: columns that slide one by one are hard to follow.
        first = self._place // most * most
        shown: Sequence[Column] = self.gathered.skills[first : first + most]
        return shown

    def _skill(self) -> Column | None:
        if self.gathered is None or not self.gathered.skills:
            return None
        chosen: Column = self.gathered.skills[self._place % len(self.gathered.skills)]
        return chosen

    # -- keys ------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the screen."""
        yield Key(
            ("enter",),
            "open",
            self.open,
            "Open the observation, or the person",
            1,
        )
        yield Key(
            ("right",),
            "next skill",
            partial(self._go, 1),
            "The next skill",
            2,
        )
        yield Key(
            ("left",),
            "skill before",
            partial(self._go, -1),
            "The skill before",
            3,
        )
        yield new_key(self, Competence, self._chosen)

    def _go(self, step: int) -> None:
        # While it reads, keys have nothing to go to.
        if self.gathered is None or not self.gathered.skills:
            return
        self._place = (self._place + step) % len(self.gathered.skills)
        self.lay_out()
        self.show_bars()

    def _chosen(self) -> Mapping[str, int]:
        """Return the person and the skill under the cursor, for a new observation."""
        skill, person = self._skill(), self.selected
        # Below the people are sums, which are nobody.
        if skill is None or not isinstance(person, Member):
            return {}
        return {"person_id": person.id, "skill_id": skill.id}

    def open(self) -> None:
        """Open the observation of the person in the skill, or else the person."""
        person, skill = self.selected, self._skill()
        if not isinstance(person, Member) or skill is None:
            self.say("Move to a person first.")
            return
        shown = self.gathered.cell(person, skill)
        if shown is None:
            self.navigator.open_record(Person, person.id)
        else:
            self.navigator.open_record(Competence, shown.id)


def _alone(table: Matrix, skill: Column) -> str:
    number = len(table.covering(skill))
    # In words for nobody: a zero is easily overlooked.
    return {0: "nobody", 1: "1 !"}.get(number, str(number))


def _row(name: str, cells: Sequence[str]) -> str:
    """Return a name and the cells behind it, each in its place."""
    texts = [pad(cut(name, _NAME - 1), _NAME)]
    texts += [pad(cut(cell, _SKILL - 1), _SKILL) for cell in cells]
    return "".join(texts).rstrip()
