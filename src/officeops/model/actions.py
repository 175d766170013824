"""Action: a thing a person does, declared once as a typed function.

    @action("inventory.item.use", key="o")
    def use(office: Office, item: Item, quantity: int = param(kind="quantity")) -> str:
        "Take stock for use."

It becomes `officeops item use SKU --quantity 5`, a key and a form, a permission, and one audited
transaction. A name of three parts belongs to a record; of two, to the office as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from officeops.model.errors import OutsideAction, PluginFault, Problem, Refused, TimeUp
from officeops.model.fields import MISSING, Field, field
from officeops.model.immutable import Value
from officeops.model.sealed_value import Sealed, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from officeops.model.office import Office
    from officeops.model.records import Record

P = ParamSpec("P")
R = TypeVar("R")

#: A parameter of an action is declared like a field of a record.
param = field


class Consent(Value):
    """What an action does only on purpose.

    `doubt(office, record)` returns what speaks against it, or None; then `param`, a yes/no parameter of the action, must be
    given. The terminal interface asks instead, with the doubt in its question.
    """

    param: str
    doubt: Callable[[Office, Any], str | None]


class Outcome(Value):
    """What an action answers that made or changed a record and has something to say of it."""

    record: Record
    words: str

    def __str__(self) -> str:
        return self.words


class Action(Generic[P, R]):
    """A declared action. Call it inside another action; `Office.do` runs it as its own transaction.

    `key` is the letter in the terminal interface; `danger` asks for confirmation; `unless(office, record)`
    returns why it cannot be done now. `bulk` may be done to several marked records at once; `long` takes as much
    time as it takes, where any other action is stopped after a while, and is named so to those who wait. `consent` is
    what it is done in spite of only where that is said.
    """

    def __init__(
        self,
        run: Callable[Concatenate[Office, P], R],
        name: str,
        *,
        help: str = "",  # noqa: A002 - the command line's own word
        key: str = "",
        danger: bool = False,
        bulk: bool = False,
        long: bool = False,
        unless: Callable[[Office, Any], str | None] | None = None,
        consent: Consent | None = None,
    ) -> None:
        self.run = run
        self.name = name
        self.help = help or (run.__doc__ or "").strip().partition("\n")[0]
        self.key = key
        self.danger = danger
        self.bulk = bulk
        self.long = long
        self.unless = unless
        self.consent = consent
        owner, _, self.verb = name.rpartition(".")
        #: Key of the record it acts on; empty for the office as a whole.
        self.record = owner if "." in owner else ""
        self._fields: tuple[Field, ...] | None = None

    @property
    def plugin(self) -> str:
        """The plugin whose action it is: the first part of its name."""
        return self.name.partition(".")[0]

    @property
    def label(self) -> str:
        """The verb in words."""
        return self.verb.replace("-", " ").capitalize()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The parameters a person fills in, from the function's signature."""
        if self._fields is None:
            import inspect

            parameters = list(inspect.signature(self.run).parameters.values())
            asked = parameters[2 if self.record else 1 :]
            try:
                self._fields = tuple(_as_field(parameter) for parameter in asked)
            except Exception as fault:
                # Whatever a declaration raises is its plugin's to mend, and is told as that plugin's.
                place = f"the parameters of the action {self.name}"
                raise PluginFault(self.plugin, place, fault) from fault
        return self._fields

    def wrapped(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return arguments with those of sealed parameters wrapped, so that no record or error repeats them."""
        if not any(f.sealed for f in self.fields):
            return args, kwargs
        first = 1 if self.record else 0
        names = [f.name for f in self.fields][: len(args) - first]
        given = wrapped(self.fields, {**dict(zip(names, args[first:], strict=True)), **kwargs})
        return (*args[:first], *(given.pop(name) for name in names)), given

    def reason(self, office: Office, record: Any) -> str | None:  # noqa: ANN401 - the record it acts on
        """Return why it cannot be done now, or None."""
        if self.unless is None:
            return None
        try:
            place = f"`unless` of the action {self.name}"
            return office.ask(self.plugin, place, self.unless, record, then="So it is not done.")
        except (OutsideAction, PluginFault, TimeUp) as fault:
            # Whether it may be done is not known, so it is not done; keys and footers say why, as for any reason.
            return str(fault)

    def doubt(self, office: Office, record: Any) -> str | None:  # noqa: ANN401 - the record it acts on
        """Return what it is done in spite of only where that is said, or None."""
        if self.consent is None:
            return None
        return office.ask(
            self.plugin, f"`doubt` of the action {self.name}", self.consent.doubt, record
        )

    def agreed(self, office: Office, record: Any, given: Mapping[str, object]) -> None:  # noqa: ANN401
        """Raise Refused where there is a doubt and the parameter that settles it was not given."""
        if (
            self.consent
            and not given.get(self.consent.param)
            and (doubt := self.doubt(office, record))
        ):
            option = "--" + self.consent.param.replace("_", "-")
            raise Refused(
                [Problem(f"{doubt}; say {option} to {self.label.lower()} it all the same")],
                record.human_key,
            )

    def __call__(self, office: Office, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run it inside the action that is open. Parameters not given take their declared default.

        Raises Refused for a needed parameter that was not given.
        """
        given: dict[str, Any] = dict(kwargs)
        about = 1 if self.record else 0
        first = len(args) - about
        absent = [each for each in self.fields[max(0, first) :] if each.name not in given]
        if missing := [
            Problem("is needed", each.public_name) for each in absent if each.default is MISSING
        ]:
            raise Refused(missing, self.label)
        given.update({each.name: each.default for each in absent})
        self.in_order(office, args[about:], given)
        with office.blame(self.plugin, f"the action {self.name}"):
            return self.run(office, *args, **given)

    def in_order(self, office: Office, args: Sequence[object], given: Mapping[str, object]) -> None:
        """Raise Refused for parameters that are not of their kind, beyond their limits or none of their choices.

        `args` are those without a name, after the record.
        """
        from officeops.values.field_rules import wrong_with

        values = {**dict(zip([f.name for f in self.fields], args, strict=False)), **given}
        problems = []
        for parameter in self.fields:
            value = values.get(parameter.name)
            if isinstance(value, Sealed):
                value = value.typed if value.is_typed else None
            if value is not None and value != "" and wrong_with(parameter, value):
                problems.append(
                    Problem(wrong_with(parameter, value, office.ways), parameter.public_name)
                )
        if problems:
            raise Refused(problems, self.label)

    def __repr__(self) -> str:
        return f"<action {self.name}>"


def action(
    name: str,
    *,
    key: str = "",
    danger: bool = False,
    bulk: bool = False,
    long: bool = False,
    unless: Callable[[Office, Any], str | None] | None = None,
    consent: Consent | None = None,
) -> Callable[[Callable[Concatenate[Office, P], R]], Action[P, R]]:
    """Declare a function as an action. The first line of its docstring is its help."""
    return lambda run: Action(
        run, name, key=key, danger=danger, bulk=bulk, long=long, unless=unless, consent=consent
    )


def _as_field(parameter: Any) -> Field:  # noqa: ANN401 - inspect.Parameter
    import inspect

    given = parameter.default
    declared = (
        given
        if isinstance(given, Field)
        else Field(default=MISSING if given is inspect.Parameter.empty else given)
    )
    if parameter.annotation is inspect.Parameter.empty:
        raise TypeError(
            f"{parameter.name} has no annotation; write its type, such as {parameter.name}: int"
        )
    return declared.named(parameter.name, parameter.annotation)
