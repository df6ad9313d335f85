"""Commands about mail."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

import typer

from matchmaker.cli.frame import (
    ConfigOption,
    JsonOption,
    OfficeOption,
    app,
    give,
    key_values,
    progress_bar,
    say_aside,
    workplace,
)


@app.command("send-mail")
def send_mail(
    again: Annotated[
        UUID | None, typer.Option(help="Send this uncertain or failed mail again.")
    ] = None,
    rest: Annotated[
        UUID | None, typer.Option(help="Let this uncertain or failed mail rest.")
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    office: OfficeOption = None,
) -> None:
    """Send the mail that waits; name what needs a person."""
    with workplace(config, office) as place:
        from matchmaker import mail
        from matchmaker.database import reading, transaction

        for mail_id, is_again in ((again, True), (rest, False)):
            if mail_id is not None:
                with transaction(place.factory) as session:
                    mail.settle_mail(session, place.office_id, mail_id, again=is_again, actor="cli")
        with progress_bar("Mail") as advance:
            report = mail.send_waiting(place.factory, place.settings.mail, advance)
        with reading(place.factory) as session:
            for left in mail.mails_in_doubt(session, place.office_id):
                since = f"{left.state_since:%Y-%m-%d %H:%M} UTC"
                cause = left.error or "the sender was stopped"
                say_aside(
                    f"{left.state}: mail {left.id} to {left.recipient}, {since} ({cause}). "
                    f"Decide with --again {left.id} or --rest {left.id}."
                )
        give(asdict(report), as_json, key_values)
