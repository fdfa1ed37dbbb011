"""`vermilion user`: logins, for when nobody can log in any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vermilion.cli.care_options import language_option
from vermilion.cli.studio_options import AGAIN, data_option, open_studio, passphrase_option, speaker
from vermilion.errors import UsageError

if TYPE_CHECKING:
    from vermilion.studio.models import Person

ROLES = ("owner", "practitioner", "assistant", "reception", "auditor")


@click.command("user")
@click.argument("login", required=False)
@click.option("--role", type=click.Choice(ROLES), help="Make the login, with this role.")
@click.option("--name", default="", help="The person's name, for a new login.")
@click.option("--password", "new_password", is_flag=True, help="Set a new password.")
@click.option(
    "--lost-phone",
    is_flag=True,
    help="Take code app, recovery codes and passkeys off: the password alone opens then.",
)
@data_option
@passphrase_option
@language_option
def command(
    login: str | None,
    role: str | None,
    name: str,
    new_password: bool,
    lost_phone: bool,
    data: Path,
    passphrase_file: Path | None,
    language: str,
) -> None:
    """List the logins of the studio, make one, set a new password, or help who lost their phone.

    \b
    Examples:
      vermilion user
      vermilion user olga --role owner --name "Olga Ortiz"
      vermilion user olga --password
      vermilion user olga --lost-phone
    """
    say = speaker(language)
    asked = say("Passphrase of the keys")
    open_studio(data, passphrase_file, asked, begin=role is not None)
    from vermilion.studio import audit
    from vermilion.studio.models import Person

    if login is None:
        for person in Person.objects.order_by("username"):
            state = "" if person.is_active else f" ({say('closed')})"
            click.echo(f"{person.username}: {person.display}, {person.role}{state}")
        return
    found = Person.objects.filter(username=login).first()
    if role is not None:
        if found is not None:
            raise UsageError(
                "there is a login '{login}' already", "", "choose another", login=login
            )
        found = Person(username=login, first_name=name, role=role)
    elif found is None:
        raise UsageError("there is no login '{login}'", "", "add --role to make it", login=login)
    elif not new_password and not lost_phone:
        raise UsageError(
            "nothing to do was named", "", "add --password, --lost-phone, or --role for a new login"
        )
    if role is not None or new_password:
        _set_password(found, say)
        audit.record("terminal", "set login", f"person:{found.pk}")
    if lost_phone:
        from allauth.mfa.models import Authenticator

        Authenticator.objects.filter(user=found).delete()
        audit.record("terminal", "remove second factors", f"person:{found.pk}")
    click.echo(say("{login} can log in.", login=login))


def _set_password(person: Person, say: Callable[..., str]) -> None:
    from django.contrib.auth import password_validation
    from django.core.exceptions import ValidationError

    words = click.prompt(say("New password"), hide_input=True, confirmation_prompt=say(AGAIN))
    try:
        password_validation.validate_password(words, person)
    except ValidationError as error:
        raise UsageError(" ".join(error.messages).rstrip("."), "", "choose another") from None
    person.set_password(words)
    person.save()
