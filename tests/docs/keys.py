"""The reference of the keys: each meaning with its letter, the actions that have it, and counted journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.docs.tables import table
from tests.docs.trial import plugins

from officeops.core.records import RECORDS
from officeops.tui.terminal.meanings import MEANINGS, Meaning, free

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """\
# Keys

One letter means one thing, in every list, on every record and in every plugin. Actions and screens name a meaning, and the letter
follows from it. All else that can be done where you are is under `a`, by its name: type to narrow it, choose with the arrows, and
Enter does it; beside an action that cannot be done now you read why. `?` lists the keys of the screen, and `:` takes any command or place.

The letters of meanings marked *asks* do nothing before you answer. `y` is the answer to every question, so no meaning has that letter:
pressing a letter twice never does what it asked about.

## Letters
"""
_OTHERS = """
## Other keys

Enter opens the row or takes the field, Esc goes back and loses nothing, `/` filters, `:` goes anywhere, `?` helps, `-` goes back where you
were, `[` and `]` turn to the view, day or week before and after, the space bar marks a row, `!` shows the last messages, and the digits 1 to 9
list the first nine kinds of records. In a sheet digits go to the cell; in a field every letter is text.

## Other letters

A letter is changed by its meaning, in [`officeops.toml`](settings.md), for everybody who uses that machine:

```toml
[letters]
receive = "K"
```

The key line, help, the menu of `a` and the list after `:` show the new one. A letter that means something else already is refused,
and so is a meaning that does not exist. {free} mean nothing yet.

## Counted journeys

Each is a test, which fails with one key more.
"""
#: What people do, the most keys that it takes, and the test that counts them.
_JOURNEYS: Final = (
    ("copy the week before, change two days and publish it", 20, "roster/test_hr_week_screen.py"),
    ("renew a credential from Today", 3, "credentials/test_hr_credential_journey.py"),
    ("record a training of eight with one absent", 7, "training/test_hr_training_journeys.py"),
    ("log eight temperatures", 30, "readings/test_maintenance_temperature_screen.py"),
    (
        "enter a load beside its contents",
        8,
        "sterilizer/test_maintenance_sterilization_screen.py",
    ),
    ("open a kit and run its two controls", 7, "laboratory/test_maintenance_lab_screen.py"),
    ("enter a calibration from Today", 6, "calibration/test_maintenance_calibration.py"),
)


def page() -> str:
    """Return the page of the keys."""
    return "\n".join(
        [
            _HEAD,
            table(["letter", "meaning", "what it does", "", "actions"], map(_row, MEANINGS)),
            _OTHERS.format(free=", ".join(f"`{letter}`" for letter in free())),
            table(["journey", "keys", "test"], _journeys()),
        ]
    )


def _row(meaning: Meaning) -> list[str]:
    asks = "asks" if meaning.asks else ""
    return [f"`{meaning.letter}`", meaning.word, meaning.does, asks, ", ".join(_actions(meaning))]


def _actions(meaning: Meaning) -> Iterator[str]:
    """Yield the actions and screens that have a meaning, as their commands."""
    for _, screen in plugins().registered("screens"):
        if screen.means == meaning.word:
            yield f"`:{screen.word}`"
    records = {record.meta.key: record for record in RECORDS}
    records.update((record.meta.key, record) for _, record in plugins().registered("records"))
    for _, action in plugins().registered("actions"):
        if action.means == meaning.word:
            noun = records[action.record].meta.noun if action.record in records else action.record
            yield f"{noun} {action.word}".strip()


def _journeys() -> Iterator[list[str]]:
    for words, most, test in _JOURNEYS:
        yield [words, str(most), f"`{test}`"]
