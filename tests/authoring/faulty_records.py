"""For each check, a plugin whose records are at fault, and the beginning of its sentence."""

from __future__ import annotations

from typing import Final

from tests.authoring.small_plugins import (
    BOOKED,
    LENT,
    LOSE,
    OUT,
    OWN,
    acting,
    declared,
    living,
    papers,
    parted,
    scoped,
)

#: By check: the code after PLUGIN, and how its sentence begins. `{file}` is the plugin's file.
FAULTS: Final[dict[str, list[tuple[str, str]]]] = {
    "record-key": [
        (
            declared().replace('key="keys.key"', 'key="locks.key"'),
            "{file}: records: the record Key has the key",
        ),
    ],
    "record-noun": [
        (
            declared().replace("keys.key", "keys.vendor"),
            "{file}: records: the word 'vendor' belongs to vendors already, for its record vendors.vendor",
        ),
        (
            declared().replace("keys.key", "keys.grant"),
            "{file}: records: the word 'grant' belongs to core already, for its record core.grant",
        ),
        (
            declared().replace("keys.key", "keys.today"),
            "{file}: records: the word 'today' belongs to officeops already",
        ),
    ],
    "record-prefix": [
        (
            declared(words=', prefix="PO"'),
            "{file}: Key: PO-1 is of the keys of inventory.order; choose another prefix",
        ),
    ],
    "record-help": [
        (
            declared(doc=""),
            "{file}: Key: it has no docstring; its first line is the help of `officeops key`",
        ),
    ],
    "record-plural": [
        (
            declared(words=', label="Equipment", plural="Equipments"'),
            "{file}: Key: its plural is 'Equipments'; write equipment",
        ),
    ],
    "record-fields": [
        (
            declared(words=', unique_together=(("tag", "lost"),)'),
            "{file}: Key: its unique_together names 'lost'",
        ),
    ],
    "child-parent": [
        (
            parted('option="door", form="name"').replace('by="key_id"', 'by="other_id"'),
            "{file}: Key: its child door goes by other_id, no reference to keys.key",
        ),
    ],
    "child-form": [
        (
            parted('option="door", form="name floor"'),
            "{file}: Key: the form of its child door has floor, which nobody fills",
        ),
        (
            parted('option="door", form="other"'),
            "{file}: Key: the form of its child door lacks name, which names one",
        ),
        (
            parted('option="door", form="name"', more="color: str = field()"),
            "{file}: Key: the form of its child door lacks color, which every one needs",
        ),
    ],
    "child-depth": [
        (
            parted(
                'option="door", form="name"',
                more='children = (Child("keys.door", by="other_id", option="hatch", form="name key"),)',
            ),
            "{file}: Key: its child door has children of its own (hatch), which nobody could edit",
        ),
    ],
    "child-example": [
        (
            parted(
                'option="door", form="name width", example="Gate; width=wide"',
                'width: int | None = field(default=None, unit="cm")',
            ),
            "{file}: Key: its child door has the example 'Gate; width=wide', which it does not take",
        ),
    ],
    "child-option": [
        (
            parted('option="tag", form="name"'),
            "{file}: Key: its child tag takes --tag, which is an option already",
        ),
    ],
    "child-words": [
        (
            parted('option="door", form="name", words={"gate": "gates"}'),
            "{file}: Key: its child door has the head 'gate' for 'gates', no column of it",
        ),
    ],
    "record-sealed": [
        (
            declared(
                "ends: date | None = field(default=None, sealed=True)\n    expiry = Expiry('ends')"
            ),
            "{file}: Key: its expiry names 'ends', which is sealed: nothing is worked out from it",
        ),
    ],
    "record-parts": [
        (
            declared('parts = (Part("keys.copy", "key_id", ("tag",)),)'),
            "{file}: Key: its part is keys.copy",
        ),
        (
            declared('parts = (Part("core.tag", "lost", ("name",)),)'),
            "{file}: Key: its part names 'lost', which is no field of core.tag",
        ),
    ],
    "record-targets": [
        (
            declared('as_text = "nowhere.slip:lines"'),
            "{file}: Key: nowhere.slip:lines cannot be imported",
        ),
    ],
    "record-importer": [
        (
            "from officeops.exchange import Importer\n"
            "class KeyImport(Importer):\n    may_set = ('holder',)\n"
            + declared('importer = "keys:KeyImport"'),
            "{file}: Key: its importer names 'holder' in may_set, which is no field of it",
        ),
    ],
    "computed-sql": [
        (
            declared("computed = (computed('uses', 'SELECT 1', kind='number'),)"),
            "{file}: Key: the SQL of its computed field uses is a query; put it into parentheses",
        ),
        (
            declared("computed = (computed('uses', 'count(nothing)', kind='number'),)"),
            "{file}: Key: it cannot be listed",
        ),
        (
            declared("computed = (computed('uses', 'SELECTS 1', kind='number'),)"),
            "{file}: Key: it cannot be listed",
        ),
    ],
    "trigger-sql": [
        (
            declared(
                "room_id: int | None = ref('core.location', default=None, archived='NEW.lost')"
            ),
            "{file}: Key: no row can be written (a trigger, or `archived` of a reference): ",
        ),
    ],
    "office-day": [
        (
            declared("computed = (computed('day', \"date('now')\", kind='date'),)"),
            "{file}: Key: its computed field day asks SQLite for the day, which is that of UTC",
        ),
    ],
    "field-blank": [
        (
            declared("note: str = field(default=None)"),
            "{file}: Key.note: it may be blank, so its type is `str | None`",
        ),
    ],
    "field-default": [
        (
            declared("state: str = choice('in', 'out', default='lost')"),
            "{file}: Key.state: its default 'lost' is none of its choices",
        ),
    ],
    "field-unit": [
        (
            declared("weight: int | None = field(default=None)"),
            "{file}: Key.weight: it is a bare number; give it a unit, or a help",
        ),
    ],
    "field-example": [
        (
            declared("back: date | None = field(default=None, example='soon')"),
            "{file}: Key.back: its example 'soon' is none that it takes",
        ),
        (
            acting(", back: date = param(example='soon')"),
            "{file}: keys.key.turn: parameter back: its example 'soon' is none that it takes",
        ),
    ],
    "reference-name": [
        (
            declared("room: int | None = ref('core.location', default=None)"),
            "{file}: Key.room: the name of a reference ends in _id",
        ),
    ],
    "reference-plugin": [
        (
            declared("maker_id: int | None = ref('vendors.vendor', default=None)"),
            "{file}: Key.maker_id: it points to vendors.vendor, so the manifest names vendors in `after` or `requires`",
        ),
    ],
    "reference-record": [
        (
            declared("room_id: int | None = ref('core.room', default=None)"),
            "{file}: Key.room_id: it points to core.room, which core does not declare",
        ),
        (
            declared("room_id: int = ref('nowhere.room')"),
            "{file}: Key.room_id: it points to nowhere.room, and there is no plugin nowhere",
        ),
    ],
    "reference-within": [
        (
            declared("room_id: int | None = ref('core.location', default=None, within='ring_id')"),
            "{file}: Key.room_id: its within='ring_id' is no reference beside it",
        ),
    ],
    "reference-filter": [
        (
            declared("room_id: int | None = ref('core.location', default=None, where='lost=1')"),
            "{file}: Key.room_id: its where='lost=1' cannot be read",
        ),
    ],
    "life-field": [
        (
            living(f"{OUT}, {LOSE}", status="choice('in', 'out', 'lost', default='in')"),
            "{file}: Key: its status is not declared with the lifecycle's own field()",
        ),
    ],
    "life-reached": [(living(OUT), "{file}: Key: no transition leads to the state lost")],
    "life-managed": [
        (
            living(
                f'{OUT}, {LOSE[:-1]}, stamp={{"lost_on": TODAY}})',
                more="lost_on: date | None = field(default=None)",
            ),
            "{file}: Key: transition lose: anyone who edits the record can change lost_on",
        ),
    ],
    "life-code": [
        (
            living(f'{OUT}, {LOSE[:-1]}, guard="keys.nowhere:no")'),
            "{file}: Key: transition lose: keys.nowhere:no",
        ),
    ],
    "life-action": [
        (
            living(f"{OUT}, {LOSE}", hook="\n"),
            "{file}: Key: transition lend: it has a help, and the hook actions gives no keys.key.lend",
        ),
    ],
    "scope-path": [
        (
            scoped('"tag_id.user_id"', OWN),
            "{file}: Key: its scope goes by tag_id.user_id, but tag_id",
        ),
        (
            scoped('"who"', OWN),
            "{file}: Key: its scope goes by who, but keys.key has no column who",
        ),
    ],
    "scope-guarded": [
        (
            scoped('"pay"', OWN, more='pay: str | None = field(default=None, guard="keys.pay")'),
            "{file}: Key: its scope goes by pay, which is guarded or sealed",
        ),
    ],
    "scope-levels": [
        (
            scoped('"user_id", all="boss"', OWN),
            "{file}: Key: its scope has all='boss'; a level is one of",
        ),
        (
            scoped('"user_id", all="read"', OWN),
            "{file}: Key: its scope has all='read', which is below",
        ),
    ],
    "scope-sql": [
        (
            scoped('"user_id"', "SELECT 1"),
            "{file}: Key: the scope people: its own is SQL with one `?`",
        ),
        (
            scoped('"user_id"', "SELECT 1, ?"),
            "{file}: Key: the scope people: its own returns 2 columns",
        ),
        (scoped('"user_id"', ""), "{file}: Key: the scope people: its own is SQL with one `?`"),
    ],
    "scope-open": [
        (
            scoped('"user_id"', "SELECT number FROM keys_team WHERE leader_id = ?")
            + "\nclass Team(Record, key='keys.team'):\n    'A team.'\n    name: str = field()\n"
            "    number: int = field(help='Its number')\n    leader_id: int = ref('core.user')\n\n"
            "@hookimpl\ndef records(): return [Key, Team]\n",
            "{file}: Key: the scope people reads keys.team.",
        ),
    ],
    "scope-computed": [
        (
            scoped('"user_id"', OWN)
            + "\nclass Ring(Record, key='keys.ring'):\n    'A ring.'\n    name: str = field()\n"
            "    computed = (computed('keys', '(SELECT count(*) FROM keys_key)', kind='number'),)\n\n"
            "@hookimpl\ndef records(): return [Key, Ring]\n",
            "{file}: Ring: its computed field keys reads keys.key, of which a person may reach fewer rows",
        ),
        (
            declared(
                "computed = (computed('waiting', '(SELECT count(*) FROM core_task)', kind='number'),)"
            ),
            "{file}: Key: its computed field waiting reads core.task, of which a person may reach",
        ),
        (
            # Guarded by tasks, but over tasks about anything.
            declared(
                "computed = (computed('waiting', '(SELECT count(*) FROM core_task)', kind='number', "
                "guard='core.task'),)"
            ),
            "{file}: Key: its computed field waiting reads core.task, of which a person may reach",
        ),
    ],
    "ledger-records": [
        (
            declared() + LENT.format(words=', counts=Counts("keys.count")') + BOOKED,
            "{file}: Loan: its counts are 'keys.count', which no plugin declares",
        ),
    ],
    "ledger-booked": [
        (declared() + LENT.format(words=""), "{file}: Loan: nothing books its entries")
    ],
    "document-references": [
        (papers('of = "tag"'), "{file}: Key: its of is 'tag', which is no reference"),
    ],
    "document-rules": [
        (
            papers("def rules(self, office): return self.terms"),
            "{file}: Key: it has rules() of its own, which no filter asks",
        ),
    ],
    "document-actions": [
        (papers(hook=""), "{file}: Key: the hook actions gives no renew"),
    ],
    "document-required": [
        (
            papers("@classmethod\n    def requirements(cls, office): return [5]"),
            "{file}: Key: its requirements() yields 5, which is no RequiredDocument",
        ),
    ],
}
