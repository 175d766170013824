"""Thirty-two ways in which a plugin breaks, the commands that meet each, and what they answer.

The reference docs/reference/breakages.md is made from these.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from tests.plugins.failing_plugins import ACTION, BOOM, acting, thing

from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED, USAGE

ADD: Final = ("thing", "add", "--name", "A")
USE: Final = ("thing", "use", "A")
TODAY: Final = ("today",)


class Breakage(NamedTuple):
    """One way to break: the plugin, the last command with its code, and the words of its answer.

    `before` are commands that work; `found` is what the page says.
    """

    what: str
    code: str
    command: tuple[str, ...]
    ends: int
    says: str
    found: str
    before: tuple[tuple[str, ...], ...] = ()


def due(body: str) -> str:
    """Return a plugin with a hook that answers what is due."""
    return thing() + f"\n@hookimpl\ndef due(office, until):\n    {body}\n"


NAMED: Final = (
    "Contained: the other plugins answer, and the message names the plugin and the place."
)
REFUSED_WHOLE: Final = (
    "Contained: the plugin is refused with the reason, and the rest of the office works."
)
TAKEN_BACK: Final = "Contained: nothing is written, and the message names the plugin and the place."
ENDED: Final = "Contained: its code is stopped at its time limit and named."

BREAKAGES: Final[dict[int, Breakage]] = {
    1: Breakage("its import fails, or ends by SystemExit", "raise SystemExit(3)", ("today", "--check"), INCOMPLETE, "bad: import: SystemExit: 3", REFUSED_WHOLE),
    2: Breakage("`os._exit` at import", "import os\nos._exit(3)", TODAY, INCOMPLETE, "os._exit(3)", REFUSED_WHOLE),
    3: Breakage("`print` at import or in a hook", 'print("hello")\n' + due('print("there"); return []'), ("today", "--json"), DONE, "there", "Contained: it goes to stderr, and `--json` stays JSON."),
    4: Breakage("a hook that never ends", due("while True: pass"), TODAY, INCOMPLETE, "took longer than", f"{ENDED} On the screen, code that waits inside a C function, as for a network, is named, and other screens work."),
    5: Breakage("200,000 due items", due("return [Due(f'bad:{n}', until, 'x') for n in range(200_000)]"), TODAY, INCOMPLETE, "bad: due: it gave more than 50,000 answers", "Contained: officeops takes 50,000 answers of a hook, and says so."),
    6: Breakage("an endless generator", due("n = 0\n    while True:\n        n += 1\n        yield Due(f'bad:{n}', until, 'x')"), TODAY, INCOMPLETE, "bad", ENDED),
    7: Breakage("an exception in a hook that answers", due(BOOM), TODAY, INCOMPLETE, "bad: due: ValueError: boom (bad.py, line ", NAMED),
    8: Breakage("an exception in a hook that registers", thing() + f"\n@hookimpl\ndef actions():\n    {BOOM}\n", TODAY, INCOMPLETE, "bad: actions: ValueError: boom (bad.py, line ", REFUSED_WHOLE),
    9: Breakage("an exception in `validate`", thing() + f"\n@hookimpl\ndef validate(office, change):\n    {BOOM}\n", ADD, REFUSED, "(ValueError: boom); `officeops plugins disable bad` turns it off. ", "Contained: the write is refused, since nobody checked it; the message names the plugin, the place, and how to turn it off."),
    10: Breakage("an exception in an action, a job, a report, `check`, `keep` or `unless`", acting(BOOM), USE, REFUSED, "The plugin bad failed in the action bad.thing.use (ValueError: boom)", TAKEN_BACK, (ADD,)),
    11: Breakage("an exception in `__str__` of a record", thing(f"    def __str__(self):\n        {BOOM}\n"), ("search", "A"), INCOMPLETE, "plugin bad: __str__() of bad.thing: ValueError: boom", "Contained: the record is shown by its number, and the message names the plugin.", (ADD,)),
    12: Breakage("an answer of a wrong type", due("yield Due('bad:1', until, 'kept')\n    yield 'tomorrow'"), TODAY, INCOMPLETE, "'tomorrow' is no Due", "Contained: that answer is left out and named, the ones before it are kept."),
    13: Breakage("a report or job that gives a wrong type", thing() + "\n@report('odd', title='Odd')\ndef odd(office):\n    'Odd.'\n    return [{'x': object()}]\n\n@hookimpl\ndef reports(): return [odd]\n", ("report", "odd"), REFUSED, "The plugin bad failed in", "Contained: a report is printed whole or not at all, and the message names the plugin."),
    14: Breakage("a noun that is taken, or a reserved word", thing().replace("bad.thing", "bad.today").replace("bad_thing", "bad_today"), ("plugins",), DONE, "the word 'today' belongs to officeops", "Contained: the record is left out, and the message says how to give it another word."),
    15: Breakage("a hook that does not exist, or a wrong parameter", "@hookimpl\ndef deu(office, until): return []", TODAY, INCOMPLETE, "there is no hook called deu; do you mean due? If it is another plugin's, put it into a module that `bridges` names (bad.py, line ", REFUSED_WHOLE),
    16: Breakage("a hook without its mark", "def due(office, until): return []", TODAY, INCOMPLETE, "not marked @hookimpl", "Contained: the message names the function; the rest of the plugin works."),
    17: Breakage("officeops itself, changed by the plugin's code", "import officeops\nofficeops.CHANGED = True", TODAY, DONE, "", "**Not containable.** A plugin is Python code with your rights and no sandbox: it can replace any function of officeops, read the key of the sealed fields and open the file itself. Enable only code that you have read. `officeops --safe` runs without it, `history verify` finds what was changed in the file past the history."),
    18: Breakage("a migration that fails half-way", thing().replace('"""\nCREATE TABLE', '"""\nCREATE TABLE bad_first (id INTEGER PRIMARY KEY) STRICT;\nCREATE TABEL'), ("thing", "list"), REFUSED, "`officeops plugins check bad` tests it again", "Contained: nothing of the step is kept; the plugin is refused with the reason, also by its own commands."),
    19: Breakage("a migration that drops another's table", thing().replace('"""\nCREATE TABLE', '"""\nDROP TABLE core_location;\nCREATE TABLE'), ("thing", "list"), REFUSED, "core_location", "Contained: nothing of the step is kept, and the message names the table."),
    20: Breakage("a hook that writes", due("office.add(Thing(name='B')); return []"), TODAY, INCOMPLETE, "writes belong in an action", "Contained: the file is read-only there; the message says where writes belong."),
    21: Breakage("SQL in a hook that deletes the history or makes a table", due("office.rows('DELETE FROM core_change'); return []"), TODAY, INCOMPLETE, ". `officeops plugins disable bad` turns it off.", "Contained: the file is read-only there, for SQL as well."),
    22: Breakage("an action that commits by itself", acting("office.store.db.commit()\n    raise ValueError('after')"), USE, REFUSED, "The plugin bad tried to commit in use()", "Contained: code of a plugin may not commit, and the action is taken back.", (ADD,)),
    23: Breakage("SQL of an action on another plugin's table", acting("office.rows(\"UPDATE core_location SET name = 'B'\")\n    return 'Used.'"), ("undo",), DONE, "", "Allowed: it meets the rules of that record, is in the history under this plugin's action, and one undo takes it back.", (ADD, USE)),
    24: Breakage("a value of a wrong type or beyond its limits", acting("office.edit(thing, name=7)"), USE, REFUSED, "name", TAKEN_BACK, (ADD,)),
    25: Breakage("an action or a guard that does not end", acting("while True: pass"), USE, REFUSED, "took longer than", "Contained: its code is stopped at its time limit, the action is taken back, and those who wait go on.", (ADD,)),
    26: Breakage("a slow or failing `changed`", thing() + f"\n@hookimpl\ndef changed(office, change):\n    {BOOM}\n", ADD, INCOMPLETE, "bad: changed: ValueError: boom", "Contained: what was written stays, and the message says that it is written, also after Ctrl-C."),
    27: Breakage("a hook that takes all the memory", due("raise MemoryError"), TODAY, INCOMPLETE, "bad: due: MemoryError", "Contained where Python says so (`MemoryError`). **Not containable** where the system ends the process first: nothing of an open action is saved, and the next command finds the office in order."),
    28: Breakage("a hook that asks itself", due("return office.due_items(until)"), TODAY, INCOMPLETE, "bad: due: RecursionError", NAMED),
    29: Breakage("a write in `validate`", thing() + "\n@hookimpl\ndef validate(office, change):\n    office.add(Thing(name=change.after['name'] + '!'))\n", ADD, REFUSED, "bad", "Contained: code that is asked writes nothing, and the write is refused. `changed` may write, in an action of its own."),
    30: Breakage("an action called like a verb of officeops", (thing() + ACTION).replace("bad.thing.use", "bad.thing.edit").replace("{words}", "").replace("{body}", "return 'x'"), ("plugins", "enable", "bad"), REFUSED, "edit", "Contained: `plugins enable` refuses it. Turned on all the same, officeops' verb counts, and says so on each use."),
    31: Breakage("a computed field with wrong SQL", thing('    computed = (computed("size", "(SELECT count(*) FROM nothing)", kind="number"),)\n'), ("thing", "list"), REFUSED, " It failed in bad.py, line ", "Contained: the list of that record alone is refused, and the message names the plugin and the field."),
    32: Breakage("a view of a field or record that does not exist", thing() + "\n@hookimpl\ndef views():\n    return [View('late', 'bad.thing', 'Late', where='lost=1')]\n", ("thing", "list", "--view", "late"), USAGE, "The view late of bad fails: Things have no field 'lost'", "Contained: the view alone is refused, and the message names it and its plugin."),
}  # fmt: skip
