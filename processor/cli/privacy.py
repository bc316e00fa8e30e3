"""The command about a person's right to be forgotten."""

from pathlib import Path

import click

from processor.cli.shell import DONE, TRY_LATER, guarded, say, settings_of, workbook_argument


@click.command()
@workbook_argument
@click.argument("who", metavar="ADRESSE|NOM")
@click.option("--confirm", is_flag=True, help="Effacer vraiment. Sans cette option, rien n’est changé.")
@guarded
def forget(workbook: Path, who: str, confirm: bool) -> int:
    """Efface une personne du journal d’envoi.

    Nom, adresse et textes disparaissent ; les clés restent, pour que rien ne lui soit renvoyé.
    """
    from processor.desk.forgetting import held, held_text, left_text
    from processor.journal.journal import Journal
    from processor.night.journal_place import past
    from processor.night.lock import Busy, only_run

    settings = settings_of(workbook)
    found = held(past(settings), who)
    say(held_text(found))
    if not confirm:
        say("Rien n’a été effacé. Pour effacer, relancez avec --confirm ; c’est définitif.")
        return DONE
    try:
        with only_run(settings.state), Journal.open(settings.journal_place) as journal:
            journal.erase(found.person)
    except Busy:
        say("Un autre traitement de ce classeur est en cours ; il suffit d’attendre qu’il finisse.")
        return TRY_LATER
    say(
        "C’est effacé du journal. Les clés et les dates y restent, sans nom : aucun de ces courriels ne repartira."
    )
    say(left_text(found, settings))
    return DONE
