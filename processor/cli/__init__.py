"""The command line: the only room that prints, reads the clock and ends the process.

Exit codes: 0 done · 1 bug · 2 usage · 10 done, rows set aside · 11 refused, nothing changed · 12 stopped while applying ·
13 the document verified is not what was issued · 14 a person has to compare it · 75 workbook open, try later.
"""

import click

from processor import __version__
from processor.cli import documents, export, importing, mail, night, privacy, schedule
from processor.cli.french import speak_french
from processor.cli.shell import exit_codes, explained

speak_french()


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=exit_codes())
@click.version_option(__version__, prog_name="seances")
def main() -> None:
    """`seances main`."""


for command in (
    night.demo,
    night.init,
    night.check,
    night.plan,
    night.run,
    *mail.COMMANDS,
    privacy.forget,
    export.export,
    documents.document,
    documents.lint,
    documents.verify,
    documents.key,
    importing.import_list,
    schedule.schedule,
):
    main.add_command(command)
explained(main)
