"""The plugins of a test that checks: a record, an action, a lifecycle, a scope, a ledger."""

from __future__ import annotations

RECORD = """
class Key(Record, key="keys.key"{words}):
    {doc}
    tag: str = field()
    {field}

@hookimpl
def records(): return [Key]

@hookimpl
def migrations():
    from importlib import import_module
    missing_sql = import_module("officeops.store.missing_migrations").missing_sql
    MIGRATIONS = import_module("officeops.core.migrations").MIGRATIONS
    return [Migration("0001", missing_sql(metas(), {{"core": MIGRATIONS}}))]

def metas():
    kept = [record.meta for record in records()]
    return kept + [record.ledger.balances.meta for record in records() if record.ledger]
"""
REST = """
@hookimpl
def {hook}():
    return [{value}]
"""


def declared(field: str = "", words: str = "", doc: str = '"A key."') -> str:
    """Return a plugin with a record."""
    return RECORD.format(field=field, words=words, doc=doc)


def acting(
    parameters: str = "", words: str = "", doc: str = '"Do it."', name: str = "keys.key.turn"
) -> str:
    """Return a plugin with a record and an action on it."""
    head = f'\n@action("{name}"{words})\ndef turn(office: Office, key: Key{parameters}) -> str:\n'
    return declared() + head + f'    {doc}\n    return ""\n' + rest("actions", "turn")


def rest(hook: str, value: str) -> str:
    """Return a hook that registers a value."""
    return REST.format(hook=hook, value=value)


def living(transitions: str, status: str = "LIFE.field()", more: str = "", hook: str = "") -> str:
    """Return a plugin whose record has a lifecycle."""
    life = f'LIFE = Lifecycle(("in", "out", "lost"), {transitions})\n'
    text = life + declared(f"{more}\n    status: str = {status}\n    life = LIFE")
    return text + (hook or rest("actions", "*LIFE.actions(Key)"))


def papers(field: str = "", hook: str = "*Key.actions()") -> str:
    """Return a plugin whose record is a document that ends."""
    text = declared(field).replace("class Key(Record,", "class Key(ExpiringDocument,")
    return text + (rest("actions", hook) if hook else "")


def scoped(words: str, own: str, team: str = "", more: str = "") -> str:
    """Return a plugin whose record has a scope."""
    scope = f'PEOPLE = Scope("people", {own!r}, {team!r})\n'
    user = 'user_id: int | None = ref("core.user", default=None)'
    return scope + declared(f"{user}\n    {more}", words=f", scope=PEOPLE.by({words})")


def parted(child: str, more: str = "") -> str:
    """Return a plugin whose record has children."""
    words = f'children = (Child("keys.door", by="key_id", {child}),)'
    doors = DOOR.format(more=more)
    return declared(words) + doors


DOOR = """
class Door(Record, key="keys.door", child=True, display="name", sort="id"):
    "A door that a key opens."
    key_id: int = ref("keys.key")
    other_id: int | None = ref("keys.door", default=None)
    name: str = field()
    floor: str | None = field(default=None, managed=True)
    {more}

@hookimpl
def records(): return [Key, Door]
"""
LOSE = 'Transition("lose", ("in", "out"), "lost")'
OUT = 'Transition("lend", ("in",), "out", "Lend it.")'
LENT = """
class Loan(Record, key="keys.loan", append_only=True):
    "What a drawer lends."
    key_id: int = ref("keys.key")
    amount: int = field(help="How many keys")
    ledger = Ledger(amount="amount", of=("key_id",){words})

@hookimpl
def records(): return [Key, Loan]
"""
BOOKED = """
@job("lend")
def lend(office):
    "Lend one."
    return ()

@hookimpl
def jobs(): return [lend]
"""
OWN = "SELECT ?"
