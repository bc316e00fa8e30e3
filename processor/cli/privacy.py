"""The command about a person's right to be forgotten."""

from pathlib import Path

import click

from processor.cli.shell import DONE, TRY_LATER, guarded, settings_of, show, workbook_argument
from processor.model.catalogue import say


@click.command()
@workbook_argument
@click.argument("who", metavar="ADRESSE|NOM")
@click.option("--confirm", is_flag=True)
@guarded
def forget(workbook: Path, who: str, confirm: bool) -> int:
    """`seances forget`."""
    from processor.desk.forgetting import held, held_text, left_text
    from processor.journal.journal import Journal
    from processor.night.journal_place import past
    from processor.night.lock import Busy, only_run

    settings = settings_of(workbook)
    found = held(past(settings), who)
    show(held_text(found))
    if not confirm:
        show(say("cli.forget.not-done"))
        return DONE
    try:
        with only_run(settings.state), Journal.open(settings.journal_place) as journal:
            journal.erase(found.person)
    except Busy:
        show(say("cli.busy"))
        return TRY_LATER
    show(say("cli.forget.done"))
    show(left_text(found, settings))
    return DONE
