"""Usage errors: what click finds wrong with a command line, in the words of the other messages."""

from __future__ import annotations

import click

from officeops.values.suggestions import did_you_mean, nearest

#: The ends of click's messages for an option without its value, or with one too many.
_NO_VALUE = "requires an argument."
_A_VALUE = "does not take a value."
#: How they begin where words are left over; they follow in brackets.
_TOO_MANY = "Got unexpected extra argument"


def sentence(error: click.ClickException) -> str:
    """Return the sentence of an error that click raised."""
    message = error.format_message()
    if isinstance(error, click.NoSuchOption):
        return _no_option(error)
    if isinstance(error, click.BadOptionUsage):
        return _value_or_none(error, message)
    if isinstance(error, click.MissingParameter) and error.param and error.ctx:
        return f"{_name(error.param, error.ctx)} is missing."
    if isinstance(error, click.BadParameter) and error.param and error.ctx:
        name = _name(error.param, error.ctx)
        message = _bad_value(error.message)
        return f"{name} {message}." if message.startswith("must ") else f"{name}: {message}"
    if message.startswith(_TOO_MANY):
        words = message.partition("(")[2].rstrip(").")
        return f"There are too many words: {words}."
    return message


def _value_or_none(error: click.BadOptionUsage, message: str) -> str:
    if message.endswith(_NO_VALUE):
        return f"{error.option_name} needs a value."
    return f"{error.option_name} takes no value." if message.endswith(_A_VALUE) else message


def _no_option(error: click.NoSuchOption) -> str:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    shown = [param for param in params if not getattr(param, "hidden", False)]
    names = [name for param in shown for name in (*param.opts, *param.secondary_opts)]
    # Without the dashes, which make any two short options alike.
    words = [name.removeprefix("--") for name in names if name.startswith("--")]
    near = [f"--{word}" for word in nearest(error.option_name.lstrip("-"), words)]
    return f"There is no option {error.option_name}. {did_you_mean(near)}".rstrip()


def _name(param: click.Parameter, ctx: click.Context) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(ctx).strip("[].")


def _bad_value(message: str) -> str:
    return message.replace("is not a valid integer", "is not a whole number")
