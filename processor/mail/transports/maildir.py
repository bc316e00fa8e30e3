"""The transport `maildir`: each mail becomes an unread message of a Maildir, as mail programs and servers share them."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from processor.journal.records import Outcome, WrittenMail
from processor.mail.transports.files import write_whole
from processor.model.past import MailState


class Maildir:
    """Delivers into `tmp` then `new`. A message that was read or moved to `cur` is not delivered again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: set[str] | None = None

    def hand_over(self, mail: WrittenMail, dot: Callable[[], bool]) -> Outcome:  # noqa: ARG002
        """Write the message, whole or not at all; the answer is always `sent`, with the name of the file.

        The name comes from the key alone, so stopped between the file and the record nothing is delivered twice; no
        `dot` is needed.
        """
        name = hashlib.sha256(mail.key.encode()).hexdigest()[:32] + ".seances"
        if name not in self._names():
            write_whole(self._folder / "new" / name, self._folder / "tmp" / name, mail.message)
            self._names().add(name)
        return Outcome(MailState.SENT, name)

    def close(self) -> None:
        """Forget what is there; people read and delete between two runs."""
        self._known = None

    def _names(self) -> set[str]:
        if self._known is None:
            for part in ("tmp", "new", "cur"):
                (self._folder / part).mkdir(parents=True, exist_ok=True)
            # In `cur` flags follow the name after a colon (« ! » where the file system knows no colon).
            there = [path for part in ("new", "cur") for path in (self._folder / part).iterdir()]
            self._known = {path.name.partition(":")[0].partition("!")[0] for path in there}
        return self._known
