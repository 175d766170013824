"""Schedule: when the tasks of a plan are due, as the record of plans declares it.

`class Plan(Record, key="care.plan")` has `schedule = Schedule(anchor="anchor_on", every="every",
unit="unit", ...)`. The core writes the tasks (`officeops.core.planned_tasks`).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.model.due import SEVERITIES
from officeops.model.errors import Problem
from officeops.model.text_folding import folded
from officeops.values.dates import WEEKDAYS
from officeops.values.recurrence import MODES, NTHS, POLICIES, UNITS, Recurrence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from officeops.model.about import Subject
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.model.schedule.settling import Settling
    from officeops.values.calendar import Calendar
    from officeops.values.meter import Reading
    from officeops.values.pauses import Pause
    from officeops.values.recurrence import Dated

    #: What the tasks of a plan are about, as the code of a plugin answers.
    About = Record | Subject | Iterable[Record | Subject] | None
    #: How a task is settled: by the id of its plan, what it is about, and its day.
    SettledBy = Callable[[int, Subject | None, date], Settling | None]

#: Days ahead for which tasks are written.
HORIZON: Final = 60
#: The most dates that a plan may have before today: twenty years of two readings a day.
MOST_PAST: Final = 15_000
#: The most days around a date in which its task may be done: ten years.
MOST_AROUND: Final = 3_660
_BETWEEN_WORDS: Final = re.compile(r"[\s,;]+")


class Schedule:
    """When a plan is due. Each argument names a column of the plan, or is the value for all plans.

    - `anchor`: the first date, a column of days; all later ones are counted from it. A plan in
      which it is blank has no dates
    - `mode`: `fixed`, `weekdays`, `nth_weekday`, `floating`, `meter` or `first_of`
      (`officeops.values.recurrence` says what they are); `every` and `unit`
      (`day`, `week`, `month` or `year`) are its step,
      `weekdays` a text such as "mon thu", `nth` 1 to 4, or -1 for the last
    - `closed`: `keep`, `next`, `previous` or `skip`, for a date on which the office is closed
    - `before` and `after`: days around the date in which the task may be done; after the last of
      them it is missed. Without `after` it never is
    - `slots`: several tasks on each date, as a text such as "am pm"
    - `since`: the day before which no task is written, of a rule that began long ago
    - `until`: the last day; `paused`: the day until which no task is due; `pause_reason`: why
    - `title`, `owner`, `severity` and `second_sign` are those of the tasks; without a `title` it is
      the plan's name. A severity is `unsafe`, `legal`, `money` or `routine`
    - `checklist`: a reference to the `core.checklist` that its tasks are answered by
    - `about(office, plan)` returns the record that the tasks are about; without it, the plan. For a
      list of records, each has tasks of its own
    - `use(office, plan)` returns the `Reading`s of a meter, and `meter_every` the use after which
      it is due
    - `pauses(office, plan)` returns the `Pause`s in which nothing is due, such as while a device
      is out of service. Of a plan about several records, `use` and `pauses` take the `Subject`, too
    - `settled(office)` returns a function of a plan's id, and the `Subject` and day of a task. It
      returns the `Settling` of one that another record completes, such as a visit, else None
    - `horizon`: days ahead for which tasks are written
    """

    def __init__(
        self,
        *,
        anchor: str,
        mode: str = "fixed",
        every: str | int = 1,
        unit: str = "month",
        weekdays: str = "",
        nth: str | int = 1,
        closed: str = "keep",
        before: str | int = 0,
        after: str | int | None = None,
        slots: str = "",
        since: str = "",
        until: str = "",
        paused: str = "",
        pause_reason: str = "",
        title: str = "",
        owner: str = "manager",
        severity: str = "routine",
        second_sign: str | bool = False,
        checklist: str = "",
        about: Callable[[Any, Any], About] | None = None,
        use: Callable[..., Iterable[Reading]] | None = None,
        meter_every: str | int = 0,
        pauses: Callable[..., Iterable[Pause]] | None = None,
        settled: Callable[[Any], SettledBy] | None = None,
        horizon: int = HORIZON,
    ) -> None:
        self.named: dict[str, Any] = {
            "anchor": anchor,
            "mode": mode,
            "every": every,
            "unit": unit,
            "weekdays": weekdays,
            "nth": nth,
            "closed": closed,
            "before": before,
            "after": after,
            "slots": slots,
            "since": since,
            "until": until,
            "paused": paused,
            "pause_reason": pause_reason,
            "title": title,
            "owner": owner,
            "severity": severity,
            "second_sign": second_sign,
            "checklist": checklist,
            "meter_every": meter_every,
        }
        self.about, self.use, self.pauses, self.horizon = about, use, pauses, horizon
        self.settled = settled
        self.columns: frozenset[str] = frozenset()

    def bind(self, meta: Meta) -> None:
        """Take the declaration of the plans. Raises TypeError for neither a column nor a value."""
        named = self.named
        # A text that names no column is the value itself, so that a plan needs few columns.
        self.columns = frozenset(name for name in named.values() if name in meta.by_name)
        anchor = meta.by_name.get(named["anchor"])
        if anchor is None or not anchor.kind.is_day:
            raise TypeError(f"{meta.key}: anchor={named['anchor']!r} names no column of days")
        for argument, words in _WORDS.items():
            given = named[argument]
            if given not in self.columns and given not in words:
                expected = ", ".join(words)
                raise TypeError(
                    f"{meta.key}: {argument}={given!r} is no column and none of {expected}"
                )
        for argument in _COLUMNS:
            if named[argument] and named[argument] not in self.columns:
                raise TypeError(f"{meta.key}: {argument}={named[argument]!r} is no column")

    def value(self, plan: Record, argument: str) -> Any:  # noqa: ANN401 - of the column's kind
        """Return what an argument is for one plan."""
        given = self.named[argument]
        return getattr(plan, given) if given in self.columns else given

    def recurrence(self, plan: Record) -> Recurrence:
        """Return the rule for the dates of a plan."""
        return Recurrence(
            self.value(plan, "anchor"),
            self._step(plan, "every"),
            self.value(plan, "unit"),
            self.value(plan, "mode"),
            weekdays_in(self.value(plan, "weekdays")),
            self._step(plan, "nth"),
            self.value(plan, "closed"),
            self.value(plan, "until") or None,
        )

    def _step(self, plan: Record, argument: str) -> int:
        """Return a number of the rule, which is 1 where it is blank."""
        number: int | None = self.value(plan, argument)
        return 1 if number is None else number

    def dates(
        self,
        plan: Record,
        first: date,
        last: date,
        calendar: Calendar,
    ) -> Iterator[Dated]:
        """Yield the dates of a plan between two days, where they follow from its rule alone."""
        return self.recurrence(plan).dates(first, last, calendar)

    def slots(self, plan: Record) -> tuple[str, ...]:
        """Return the names of the tasks of one date: a single blank one where it names none."""
        names: dict[str, str] = {}
        for word in words_of(self.value(plan, "slots")):
            # "am AM" is one: the file tells no two tasks apart by their capitals.
            names.setdefault(folded(word), word)
        return tuple(names.values()) or ("",)

    def problems(self, office: Office, plan: Record) -> Iterator[Problem]:
        """Yield the problems of a plan whose dates nobody could work out."""
        problems = list(self._unreadable(plan))
        yield from problems
        if problems or self.value(plan, "anchor") is None:
            return
        rule = self.recurrence(plan)
        from officeops.model.schedule.unused import unused

        for argument, why in unused(office, self, plan):
            yield self._problem(argument, why, "not-together")
        if rule.mode == "nth_weekday" and len(rule.weekdays) > 1:
            yield self._problem("weekdays", "is one day with nth_weekday", "not-together")
        if rule.is_one_at_a_time and len(self.slots(plan)) > 1:
            why = "go with dates that are fixed, not with one task at a time"
            yield self._problem("slots", why, "not-together")
        if rule.mode in {"meter", "first_of"} and (self.value(plan, "meter_every") or 0) < 1:
            yield self._problem("meter_every", "is needed to count by a meter", "needed")
        # Each date before today would be a task that somebody has to explain.
        if self.missed(office, plan) > MOST_PAST:
            why = f"is too long ago: more than {MOST_PAST:,} dates would be missed"
            yield self._problem("anchor", why, "too-many")

    def missed(
        self,
        office: Office,
        plan: Record,
        since: date | None = None,
    ) -> int:
        """Count the dates of a plan before today, each of which would be a task that nobody did.

        They are those from its own `since`, or from another day.
        """
        rule = self.recurrence(plan).replace(closed="keep")
        if rule.is_one_at_a_time:
            return 0
        first = max(rule.anchor, since or self.value(plan, "since") or rule.anchor)
        past = rule.dates(first, office.today - timedelta(days=1), office.calendar)
        return sum(1 for _ in past)

    def _unreadable(self, plan: Record) -> Iterator[Problem]:
        if self._step(plan, "every") < 1:
            yield self._problem("every", "is at least 1", "out-of-range")
        for argument in ("before", "after"):
            if not 0 <= (self.value(plan, argument) or 0) <= MOST_AROUND:
                why = f"is from 0 to {MOST_AROUND:,} days"
                yield self._problem(argument, why, "out-of-range")
        if self._step(plan, "nth") not in NTHS:
            yield self._problem("nth", "is 1 to 4, or -1 for the last", "unknown-choice")
        try:
            weekdays_in(self.value(plan, "weekdays"))
        except ValueError as error:
            yield self._problem("weekdays", str(error), "unknown-choice")
        for argument, words in _WORDS.items():
            if self.value(plan, argument) not in words:
                yield self._problem(argument, f"is one of {', '.join(words)}", "unknown-choice")

    def _problem(self, argument: str, why: str, code: str) -> Problem:
        return Problem(why, str(self.named[argument]), code=code)


#: The words that an argument may be, and the arguments that are columns alone.
_WORDS: Final = {"mode": MODES, "unit": UNITS, "closed": POLICIES, "severity": SEVERITIES}
_COLUMNS: Final = (
    "checklist",
    "weekdays",
    "slots",
    "since",
    "until",
    "paused",
    "pause_reason",
    "title",
)


def words_of(text: str | None) -> list[str]:
    """List the words of a text, each once."""
    return list(dict.fromkeys(filter(None, _BETWEEN_WORDS.split(text or ""))))


def weekdays_in(text: str | None) -> frozenset[int]:
    """Read days of the week, Monday is 0: "mon thu". Raises ValueError for a word that is none."""
    weekdays = set()
    for word in words_of(text):
        # One letter may be two days: T is Tuesday and Thursday.
        names = [name for name in WEEKDAYS if len(word) > 1 and name.startswith(word.lower())]
        if len(names) != 1:
            raise ValueError(f"has {word!r}, which is no day of the week, such as mon")
        weekdays.add(WEEKDAYS.index(names[0]))
    return frozenset(weekdays)
