"""Commands about accounts; the first one is made here."""

import sys
from typing import Annotated

import typer

from matchmaker.cli.frame import (
    ConfigOption,
    JsonOption,
    OfficeOption,
    app,
    give,
    key_values,
    workplace,
)


@app.command()
def account(
    email: Annotated[str, typer.Argument(help="The address that is logged in with.")],
    name: Annotated[str, typer.Option(help="Name of the person.")] = "",
    role: Annotated[
        str, typer.Option(help="officer, manager, partner, data_protection or administrator.")
    ] = "officer",
    disable: Annotated[bool, typer.Option("--disable", help="Close the account.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    office: OfficeOption = None,
) -> None:
    """Make or close an account. The password is asked for, or read from standard input."""
    with workplace(config, office) as place:
        from matchmaker import accounts
        from matchmaker.database import transaction

        if disable:
            with transaction(place.factory) as session:
                accounts.disable_officer(session, place.office_id, email, actor="cli")
            give({"email": email, "active": False}, as_json, key_values)
            return
        password = _password()
        with transaction(place.factory) as session:
            officer = accounts.create_officer(
                session,
                place.office_id,
                email=email,
                name=name,
                role=role,
                password=password,
                actor="cli",
            )
        answer = {"email": officer.email, "role": officer.role, "active": True}
        give(answer, as_json, key_values)


def _password() -> str:
    if sys.stdin.isatty():
        typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return typed
    return sys.stdin.readline().rstrip("\n")
