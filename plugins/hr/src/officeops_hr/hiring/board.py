"""The board of candidates: those in the process by stage, with the key that moves one on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.tui import Key, Line, LineScreen, cut, new_key, pad, record_keys
from officeops.values import safe, wording
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.life import LIVE, NEXT, STAGES
from officeops_hr.hiring.opening import Opening

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office

#: The rank of a key that the key line leaves out.
_NEVER: Final = 9
_NAME: Final = 24
_HEADINGS: Final = {
    "applied": "Applied",
    "screened": "Screened",
    "interview": "Interviews",
    "assessment": "Tests",
    "references": "References",
    "offer": "Offer made",
    "accepted": "Accepted",
}


class Card(Value):
    """A candidate, and the words about them."""

    candidate: Candidate
    words: str


class HiringBoard(LineScreen):
    """Candidates by stage; `m` moves the one under the cursor on."""

    slow = True

    def gather(self, office: Office) -> Sequence[Card]:
        """Read the candidates in the process."""
        waiting = office.all(Candidate, "decided_on IS NULL", order="applied_on, id")
        return [_card(office, candidate) for candidate in list(waiting)]

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Hiring"

    def status(self) -> str:
        """Return how many there are."""
        if self.gathered is None:
            return "reading…"
        return f"{wording.count(len(self.gathered), 'candidate')} in the process"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the candidates under their stages."""
        if self.gathered is None:
            return [Line.of("Reading the candidates…", "dim")]
        lines: list[Line] = []
        for stage in LIVE:
            cards = [card for card in self.gathered if card.candidate.stage == stage]
            if cards:
                lines.append(Line.of(f"{_HEADINGS[stage]} ({len(cards)})", "head"))
            for card in cards:
                text = cut(safe(card.words), width)
                lines.append(Line.of(text, "", card.candidate, f"candidate {card.candidate.id}"))
        if not lines:
            lines.append(Line.of("Nobody is in the process. n adds a candidate.", "dim"))
        return lines

    # -- keys ------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the screen, and those of the candidate under the cursor."""
        yield Key(("enter", "right"), "open", self.open, "Open the candidate", 1, means="open")
        yield Key(
            (":move-on",),
            "move on",
            self.move_on,
            "Take the candidate to the next stage",
            1,
            means="move",
        )
        yield new_key(self, Candidate, dict)
        for key in record_keys(self, Candidate, self._chosen):
            # Pressed all the same, the key says why not; only the key line leaves it out.
            yield key if self._is_ready(key) else key.replace(rank=_NEVER)

    @property
    def candidate(self) -> Candidate | None:
        """The candidate under the cursor, as the screen was read."""
        return self.selected if isinstance(self.selected, Candidate) else None

    def _is_ready(self, key: Key) -> bool:
        way = STAGES.transitions.get(key.keys[-1].removeprefix(":"))
        if way is None:
            return True
        return self.candidate is not None and self.candidate.stage in way.sources

    def _chosen(self) -> Sequence[Candidate]:
        if self.candidate is None:
            return []
        # Read again, since somebody may have decided after the screen was read.
        return [self.office.get(Candidate, self.candidate.id)]

    def open(self) -> None:
        """Open the candidate under the cursor."""
        if self.candidate is None:
            self.say("Move to a candidate first.")
            return
        self.navigator.open_record(Candidate, self.candidate.id)

    def move_on(self) -> None:
        """Take the next step of the candidate under the cursor, by its own form."""
        chosen = self._chosen()
        if not chosen:
            self.say("Move to a candidate first.")
            return
        word = f":{NEXT[chosen[0].stage]}" if chosen[0].stage in NEXT else ""
        for key in record_keys(self, Candidate, self._chosen):
            if word and word in key.keys:
                key.run()
                return
        self.say(f"{chosen[0].name} is {chosen[0].stage}: there is no next stage.")


def _card(office: Office, candidate: Candidate) -> Card:
    opening = office.label(Opening, candidate.opening_id)
    since = office.ways.day_of(office.last_event_at(candidate))
    name = pad(cut(safe(f"{candidate.human_key} {candidate.name}"), _NAME), _NAME)
    return Card(candidate, f"{name} {opening}, since {since}")
