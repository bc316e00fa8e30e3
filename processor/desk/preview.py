"""The mails of a plan as files to look at, before anything is decided: nothing is recorded, nothing is sent."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from processor.mail.transports.files import Files
from processor.model.address import unjudged
from processor.model.findings import Finding
from processor.model.plan import Mail, Plan
from processor.night.agenda import Agenda
from processor.night.observe import Observation
from processor.night.outputs import make_documents
from processor.night.paper import Shelf
from processor.night.posting import Post, sender_of
from processor.settings import Settings

Progress = Callable[[str, int, int], None]


def preview(
    settings: Settings, observation: Observation, plan: Plan, folder: Path, only: str, progress: Progress
) -> tuple[list[Path], tuple[Finding, ...]]:
    """Writes the .eml of each planned mail, or of those to one address or with one key; their files, and what failed.

    The documents are made for it and thrown away; the number that an attestation bears is the one it would get now, and
    its signature is nobody's: a preview is no attestation.
    """
    wanted = tuple(mail for mail in plan.mails if _chosen(mail, only))
    needed = {key for mail in wanted for key in mail.documents}
    part = replace(plan, mails=wanted, documents=tuple(d for d in plan.documents if d.key in needed))
    shelf, parameters = Shelf(settings, trial=True), observation.snapshot.parameters
    with TemporaryDirectory(prefix="seances-") as place:
        staging = Path(place) / "documents"
        made = make_documents(shelf, part, observation.snapshot.known, staging, progress)
        agenda = Agenda(observation.snapshot.known, settings.identity, sender_of(parameters), plan.now)
        post = Post(made, staging, shelf, agenda)
        files = Files(folder)
        return [_written(files, folder, post, mail) for mail in made.plan.mails], made.findings


def _written(files: Files, folder: Path, post: Post, mail: Mail) -> Path:
    return folder / files.hand_over(post.written(mail), lambda: True).detail


def _chosen(mail: Mail, only: str) -> bool:
    return not only or mail.to_address.key == unjudged(only).key or mail.key.startswith(only.casefold())
