"""A plugin whose people have phones and addresses, as children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from officeops.office.office import Office

BOOKS: Final = '''
class Person(Record, key="books.person", display="name"):
    """Somebody to call."""

    name: str = field(unique=True, search=True)
    note: str | None = field(default=None)
    children = (
        Child(
            "books.phone", by="person_id", option="phone", form="kind number note", most=3,
            first="number", words={"fax": "phone:fax"}, example="work=555-0101",
        ),
        Child("books.address", by="person_id", option="address", form="kind place"),
    )

class Phone(Record, key="books.phone", child=True, label="Book phone", display="number", sort="id"):
    """A number of somebody."""

    person_id: int = ref("books.person")
    kind: str = choice("work", "mobile", "fax", default="work")
    number: str = field(search=True)
    note: str | None = field(default=None)

class Address(Record, key="books.address", child=True, display="place", sort="id"):
    """A place to write to."""

    person_id: int = ref("books.person")
    kind: str = choice("billing", "shipping", default="billing")
    place: str = field(kind="long_text")

@hookimpl
def records(): return [Person, Phone, Address]

@hookimpl
def migrations():
    start = "id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT"
    whose = "person_id INTEGER NOT NULL REFERENCES books_person(id)"
    return [Migration("0001", f"""
CREATE TABLE books_person ({start}, name TEXT NOT NULL, note TEXT) STRICT;
CREATE TABLE books_phone ({start}, {whose}, kind TEXT NOT NULL DEFAULT 'work', number TEXT NOT NULL, note TEXT) STRICT;
CREATE INDEX books_phone_person_id ON books_phone(person_id);
CREATE TABLE books_address ({start}, {whose}, kind TEXT NOT NULL DEFAULT 'billing', place TEXT NOT NULL) STRICT;
CREATE INDEX books_address_person_id ON books_address(person_id);
""")]
'''
#: What tells rows apart, whichever way they came.
_CONTENT: Final = {
    "books_person": "id, name, note",
    "books_phone": "id, person_id, kind, number, note",
    "books_address": "id, person_id, kind, place",
}


def content(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Return every live row of the plugin's tables."""
    rows = {}
    for table, columns in _CONTENT.items():
        sql = f"SELECT {columns} FROM {table} WHERE archived_at IS NULL ORDER BY id"
        rows[table] = [tuple(row) for row in office.rows(sql)]
    return rows
