"""Services of one plugin for another, as Protocols.

`office.service(Stock)` returns the provider, or None where no plugin that is on provides it;
`office.need(Stock)` refuses then. A service runs inside the caller's action: its rows are saved and
undone with the caller's, and the acting person needs the right to do it directly. Answers are values,
never records. An error in a provider is that plugin's fault, and nothing is saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from officeops.model.office import Office
    from officeops.model.records import Record


class VendorFacts(Value):
    """The facts of a vendor that ordering needs.

    Money is in minor units; `status` is active, on_hold or inactive. `contact` is whom to call for
    orders, `after_hours` the number to call while they are closed, and `accounts` are the ids of
    locations that have an account of their own, each with its number.
    """

    id: int
    name: str
    status: str
    hold_reason: str | None
    lead_days: int | None
    minimum_order: int | None
    free_freight: int | None
    order_method: str
    account_number: str | None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    fax: str | None = None
    contact: str | None = None
    after_hours: str | None = None
    accounts: tuple[tuple[int, str], ...] = ()

    def account_at(self, location: int | None) -> str | None:
        """Return the account number for a location: its own, or else the office's."""
        own = dict(self.accounts).get(location or 0)
        return own or self.account_number


class VendorStatus(Value):
    """Whether the office may order from a vendor or call it, and if not, why."""

    is_good: bool
    why: str = ""


class VendorDirectory(Protocol):
    """The vendors: whom to order from, and whom to call."""

    def vendors(self, office: Office) -> dict[int, VendorFacts]:
        """Return every vendor by id, archived ones as inactive."""
        ...

    def former_names(self, office: Office) -> dict[int, list[str]]:
        """Return the names that vendors had, also those that were merged into them, by their id."""
        ...

    def vendor(self, office: Office, vendor_id: int) -> VendorFacts | None:
        """Return one vendor, None if there is none with that id."""
        ...

    def find(self, office: Office, text: str) -> VendorFacts:
        """Find a vendor as people name it: its code, its name, `#3`.

        Raises NotFound, or Ambiguous where several have that name.
        """
        ...

    def status(self, office: Office, vendor_id: int) -> VendorStatus:
        """Return whether work may be given to a vendor: not if it is on hold or inactive."""
        ...


class StockPortion(Value):
    """Some of the stock of one lot, in base units; the lot is blank for goods without one."""

    lot: str
    expires_on: str
    quantity: int


class Taken(Value):
    """Stock that was taken: from where, of which lots, and the entries of the stock ledger.

    `item` is the SKU, `quantity` in base units of the item, which are called `unit`.
    """

    item: str
    name: str
    location: str
    quantity: int
    unit: str
    portions: Sequence[StockPortion]
    entries: Sequence[int]


class Held(Value):
    """Lots that are held for one reason: the numbers of the holds, and the lots as people know them.

    `without_lot` names the items at the location that have no lot, which people must keep apart
    themselves.
    """

    holds: Sequence[int]
    lots: Sequence[str]
    without_lot: Sequence[str]


class Stock(Protocol):
    """The stock: parts for a repair, supplies for a kit, and the lots of a warm refrigerator.

    Items and locations are given as people name them: by SKU, barcode, name or `#3`.
    """

    def available(
        self,
        office: Office,
        item: str,
        *,
        location: str = "",
    ) -> int:
        """Return the usable stock of an item in base units, everywhere or at one location."""
        ...

    def take(
        self,
        office: Office,
        item: str,
        quantity: int,
        *,
        about: Record,
        location: str = "",
        lot: str = "",
    ) -> Taken:
        """Take stock for a record, first to expire first, as `officeops item use` does.

        `quantity` is in base units. Raises Refused where less is there, and Forbidden if the acting
        person may not use stock.
        """
        ...

    def put_back(self, office: Office, taken: Taken) -> Sequence[int]:
        """Return stock that was not needed to its lots, and return the reversing entries.

        Raises Refused if it was returned before.
        """
        ...

    def taken(self, office: Office, *, about: Record) -> Sequence[Taken]:
        """Return the stock that a record took and did not return, by item and location.

        So a plugin keeps no numbers of entries: `put_back` takes one of the answers.
        """
        ...

    def hold(
        self,
        office: Office,
        *,
        location: str,
        reason: str,
        about: Record,
        since: date | None = None,
    ) -> Held:
        """Hold every lot that is at a location, so that nobody uses it until `release`.

        With `since` also the lots that were there on that day or later, wherever they are by now. A lot
        is held everywhere, also the part of it that is at other locations. No right to the stock is
        asked: goods are held because the record says that they are not safe, no matter which person wrote it.
        """
        ...

    def hold_lot(
        self,
        office: Office,
        item: str,
        lot: str,
        *,
        reason: str,
        about: Record,
    ) -> Held:
        """Hold one lot of an item, wherever it is, so that nobody uses it until `release`.

        A lot that got another number since the record was entered is held too. Holds nothing where the
        stock does not know the lot. No right to the stock is asked.
        """
        ...

    def loose(self, office: Office, kept: Iterable[KeptBack]) -> Sequence[str]:
        """Return the usable lots that records keep back now, and that must be held for them.

        A lot of which nothing came since its hold for the record at that location ended is decided on.
        """
        ...

    def lots(self, office: Office, item: str) -> Sequence[StockPortion]:
        """Return the lots of an item that are on hand, held ones too, with their quantity."""
        ...

    def held(self, office: Office, *, about: Record) -> Held:
        """Return the holds for a record that have not ended, for `release`."""
        ...

    def release(
        self,
        office: Office,
        held: Held,
        *,
        verb: str = "",
    ) -> Sequence[str]:
        """End these holds, and return the lots that may be used again.

        A lot is usable when its last hold ends, unless a person held, recalled or damaged it too.
        Nobody else ends them: a person who releases such a lot is referred to the record that it is
        for. The acting person needs the right to release lots, or that to `verb`: a verb of the plugin whose
        record each hold is for, which ends them by a rule, such as a control that passed.
        """
        ...


@runtime_checkable
class StockHolder(Protocol):
    """A record for which lots are held, and that says how its holds end."""

    def how_it_ends(self, office: Office, hold: int) -> str:
        """Say what to do so that it ends one of its holds, by the hold's number: name the command."""
        ...

    def why_kept(self, office: Office, hold: int) -> str | None:
        """Return why the goods of a hold may not be thrown away or sent back yet; None if they may."""
        ...

    def came_in(self, office: Office, held: Held) -> None:
        """Take in holds of goods that came since, which the stock made by the rule of `kept_back`."""
        ...


class KeptBack(Value):
    """Goods that nobody may use for now, and the record for which the stock holds their lots.

    They are those at a location, or those of a lot, of any item or of one; the other values are
    None and blank.
    """

    about: Record
    reason: str
    location_id: int | None = None
    lot: str = ""
    item_id: int | None = None


@runtime_checkable
class StockKeeper(Protocol):
    """A kind of record that keeps goods back, those that come later too; its records are holders."""

    @classmethod
    def kept_back(cls, office: Office, item_id: int) -> Iterable[KeptBack]:
        """Yield which goods of an item are kept back now, by the records of the kind."""
        ...


class PersonFacts(Value):
    """A person who works at the office, as other plugins need them; `user` is their login if any."""

    id: int
    name: str
    user: str
    role: str


class Readiness(Value):
    """Whether a person may work on a day, and if not, the reasons."""

    is_ready: bool
    why: Sequence[str] = ()


class PeopleDirectory(Protocol):
    """The people of the office: who somebody is, who is there, and who leads whom."""

    def person_of(self, office: Office, user: str) -> PersonFacts | None:
        """Return the person who has a login, None if nobody has it."""
        ...

    def people(self, office: Office, *, on: date) -> Sequence[PersonFacts]:
        """Return the people who work at the office on a day."""
        ...

    def label(self, office: Office, person_id: int) -> str:
        """Return a person's name, `#12` for one out of the acting person's reach."""
        ...

    def manager_of(self, office: Office, person_id: int) -> PersonFacts | None:
        """Return the manager of a person, None for the one who has none."""
        ...

    def ready(
        self,
        office: Office,
        person_id: int,
        day: date,
    ) -> Readiness:
        """Return whether a person's license and training let them work on a day."""
        ...


#: The plugin that ships with officeops and provides each service, and what the service is needed for.
PROVIDED_BY: Final[dict[type, tuple[str, str]]] = {
    VendorDirectory: ("vendors", "look up vendors"),
    Stock: ("inventory", "take parts from stock"),
    PeopleDirectory: ("hr", "look up people"),
}
