"""Which units may be in service, by all that was ever said of them: an oracle that reads no table.

It hears each action in the order of typing, with the questions and days that a person saw then. An
action that was undone was never said; any other way to change a fact changes nothing here.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

#: Steps by which a report that a unit is unsafe ends, and by which it begins again.
ENDS: Final = ("close", "resolve", "cancel", "reject")
#: What takes a unit out of service.
DOWN: Final = ("take-out", "quarantine", "reinstate")


class Question(NamedTuple):
    """A question as a person was asked it."""

    item: int
    text: str
    type: str
    unit: str | None
    low: int | None
    high: int | None
    blocks: bool

    def is_met(self, value: str) -> bool:
        """Whether an answer passes by the words and limits of this question alone."""
        if self.type == "pass_fail":
            return value == "pass"
        if self.type == "text":
            return True
        number = int(value) * 100
        is_high = self.high is not None and number > self.high
        is_low = self.low is not None and number < self.low
        return not is_high and not is_low

    def is_same(self, other: Question) -> bool:
        """Whether another one asks the same; limits are not the words."""
        return self[:4] == other[:4]


class Answer(NamedTuple):
    """An answer to a question as it was asked."""

    question: Question
    value: str
    #: When the person says that it was, which may be before it was typed.
    at: str

    def passes(self, asked: Question) -> bool:
        """Whether it passes a question that was asked before."""
        own = self.question
        return own.is_same(asked) and own.is_met(self.value) and asked.is_met(self.value)


class Said(NamedTuple):
    """One action: who took which step of which record, and what the person saw."""

    action: int
    verb: str
    kind: str
    number: int
    facts: dict[str, Any]


class UnitNow:
    """One unit, as the sayings leave it."""

    def __init__(self) -> None:
        self.is_down = self.is_retired = False
        self.asked: list[Question] = []
        #: The answers since it went down.
        self.answers: list[Answer] = []
        self.failed: list[Question] = []
        self.reports: set[int] = set()
        self.recalls: set[int] = set()
        self.rests_on: set[int] = set()
        #: Why its last return was wrong; blank where it was right.
        self.wrong = ""

    def goes_down(self, questions: list[Question], at: str) -> None:
        """Keep the questions that it was asked; one that is down already was asked before."""
        if not self.is_down:
            self.is_down, self.asked = True, questions
            # A clock tells seconds.
            self.answers = [answer for answer in self.answers if answer.at >= at]

    def lacks(self) -> str:
        """Say what it lacks for a return; blank for nothing."""
        if self.reports:
            return f"unsafe by {self.reports}"
        if self.recalls:
            return f"recalled by {self.recalls}"
        if self.failed:
            return f"failed {self.failed[0].text}"
        for question in self.asked:
            if not self._has_passed(question):
                return f"not passed: {question}"
        return ""

    def _has_passed(self, question: Question) -> bool:
        answers = [one for one in self.answers if one.question.item == question.item]
        # By their own times; of the same time, the one that was typed last counts.
        last = sorted(answers, key=lambda one: one.at)[-1:]
        return bool(last) and last[0].passes(question)


class Oracle:
    """All that was said, and which units may be in service by it."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.undone: set[int] = set()

    def hear(self, said: Said) -> None:
        """Hear an action that was carried out."""
        if said.verb == "undo":
            self.undone.add(said.number)
        elif said.verb == "redo":
            self.undone.discard(said.number)
        else:
            self.said.append(said)

    def why_not(self, unit: int) -> str:
        """Say why a unit may not be in service; blank where it may."""
        now = Story()
        for said in self.said:
            if said.action not in self.undone:
                now.tell(said)
        return now.why_not(unit)


class Story:
    """The sayings that stand, told in their order."""

    def __init__(self) -> None:
        self.units: dict[int, UnitNow] = {}
        #: Reports: the unit of each that was ever unsafe, and the one that speaks for it.
        self.unsafe: dict[int, set[int]] = {}
        self.ended: set[int] = set()
        self.heads: dict[int, int] = {}
        self.calibrations: dict[int, dict[str, Any]] = {}

    def unit(self, number: int) -> UnitNow:
        return self.units.setdefault(number, UnitNow())

    def tell(self, said: Said) -> None:
        """Tell one saying."""
        kind = {
            "equipment": self._of_unit,
            "ticket": self._of_ticket,
            "task": self._of_task,
            "calibration": self._of_calibration,
            "recall-candidate": self._of_recall,
        }.get(said.kind)
        if kind is not None:
            kind(said)

    def _of_unit(self, said: Said) -> None:
        unit = self.unit(said.number)
        if said.verb in {"retire", "reinstate"}:
            unit.is_retired = said.verb == "retire"
        if said.verb in DOWN:
            unit.goes_down(said.facts["asked"], said.facts["at"])
        elif said.verb == "return":
            unit.wrong = self._lacks(said.number)
            unit.is_down = False
            unit.rests_on = {self._pass_after_failure(said.number)} - {0}

    def _of_ticket(self, said: Said) -> None:
        number, facts = said.number, said.facts
        if said.verb in {"add", "edit"} and facts["unsafe"] and facts["unit"]:
            self.unsafe.setdefault(number, set()).add(facts["unit"])
        elif said.verb in ENDS:
            self.ended.add(number)
        elif said.verb == "reopen":
            self.ended.discard(number)
            self.heads.pop(number, None)
        elif said.verb == "mark-duplicate":
            self.heads[number] = facts["head"]
        self._report(facts["asked"], facts["at"])

    def _report(self, asked: dict[int, list[Question]], at: str) -> None:
        """Note which reports are open about each unit."""
        for unit in self.units.values():
            unit.reports = set()
        for ticket, units in self.unsafe.items():
            head = ticket
            while head in self.heads:
                head = self.heads[head]
            for number in units if head not in self.ended else ():
                self.unit(number).reports.add(ticket)
                if not self.unit(number).is_retired:
                    self.unit(number).goes_down(asked.get(number, []), at)

    def _of_task(self, said: Said) -> None:
        unit = self.unit(said.facts.get("unit") or 0)
        for answer in said.facts.get("answers", ()):
            unit.answers.append(answer)
            if answer.question.is_met(answer.value):
                unit.failed = [one for one in unit.failed if not answer.passes(one)]
            elif answer.question.blocks:
                unit.failed.append(answer.question)

    def _of_calibration(self, said: Said) -> None:
        if said.verb == "add":
            self.calibrations[said.number] = {**said.facts, "state": "open"}
            return
        calibration = self.calibrations.get(said.number)
        if calibration is None:
            return
        if said.verb == "edit" and calibration["state"] == "open":
            calibration.update(said.facts)
        elif said.verb in {"pass", "fail", "withdraw"}:
            calibration["state"] = said.verb
        if said.verb == "fail" and said.facts["take_out"]:
            self.unit(calibration["unit"]).goes_down(said.facts["asked"], said.facts["at"])

    def _of_recall(self, said: Said) -> None:
        unit = self.unit(said.facts["unit"])
        if said.verb == "affected":
            unit.recalls.add(said.number)
        if said.verb == "affected" and not unit.is_retired:
            unit.goes_down(said.facts["asked"], said.facts["at"])
        elif said.verb in {"not-affected", "remedy"}:
            unit.recalls.discard(said.number)

    def _decided(self, unit: int) -> list[tuple[Any, int, str]]:
        return sorted(
            (one["day"], number, one["state"])
            for number, one in self.calibrations.items()
            if one["unit"] == unit and one["state"] in {"pass", "fail"}
        )

    def _pass_after_failure(self, unit: int) -> int:
        """Return the first calibration that passed after the last failure; 0 for none."""
        last = 0
        for _, number, state in self._decided(unit):
            if state == "fail":
                last = 0
            elif last == 0:
                last = number
        has_failed = any(state == "fail" for *_, state in self._decided(unit))
        return last if has_failed else 0

    def _lacks(self, number: int) -> str:
        decided = self._decided(number)
        if decided and decided[-1][2] == "fail":
            return f"its calibration {decided[-1][1]} failed"
        return self.unit(number).lacks()

    def why_not(self, number: int) -> str:
        """Say why a unit may not be in service, by all that was said."""
        unit = self.unit(number)
        # To undo the step that took it out needs no less than a return.
        if unit.is_down and self._lacks(number):
            return f"it went down and did not return: {self._lacks(number)}"
        if unit.reports or unit.recalls:
            return unit.lacks()
        if unit.wrong:
            return f"it returned, though {unit.wrong}"
        gone = {one for one in unit.rests_on if self.calibrations[one]["state"] != "pass"}
        return f"calibration {gone} was taken back" if gone else ""
