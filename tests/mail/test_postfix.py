"""A real Postfix on loopback, an instance of its own: what staff send is read back from the Maildir it delivers to."""

import email
import email.policy
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
import vobject

from processor.model.typography import plain as spaced
from tests.books import book, run

pytestmark = [
    pytest.mark.usefixtures("no_office"),
    pytest.mark.skipif(
        shutil.which("postfix", path="/usr/sbin:/usr/bin") is None, reason="Postfix is not installed"
    ),
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="Postfix starts as root only"),
]

MASTER = """127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.exemple.fr
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
smtputf8_enable = yes
virtual_mailbox_domains = exemple.fr
virtual_mailbox_base = {folder}/boites
virtual_mailbox_maps = static:toutes/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_recipient_restrictions = check_recipient_access inline:{{inconnu@exemple.fr=reject}}, permit_mynetworks, reject
smtpd_client_restrictions =
"""


@pytest.fixture(scope="module")
def postfix() -> Iterator[tuple[int, Path]]:
    """The port of a running instance, and the Maildir of everyone at exemple.fr."""
    folder = Path(tempfile.mkdtemp(prefix="seances-postfix-"))
    folder.chmod(0o755)
    owner, nobody = pwd.getpwnam("postfix"), pwd.getpwnam("nobody")
    for name, who in (("queue", None), ("data", owner), ("boites", nobody), ("conf", None)):
        (folder / name).mkdir()
        (folder / name).chmod(0o755)  # whatever the umask
        if who:
            os.chown(folder / name, who.pw_uid, who.pw_gid)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    names = {"folder": folder, "port": port, "uid": nobody.pw_uid, "gid": nobody.pw_gid}
    (folder / "conf" / "main.cf").write_text(MAIN.format(**names))
    (folder / "conf" / "master.cf").write_text(MASTER.format(**names))
    command = ["/usr/sbin/postfix", "-c", str(folder / "conf")]
    started = subprocess.run([*command, "start"], capture_output=True, text=True, check=False)
    try:
        assert started.returncode == 0, started.stderr
        until = time.monotonic() + 120
        while not _answers(port):
            assert time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.1)
        yield port, folder / "boites" / "toutes"
    finally:
        subprocess.run([*command, "stop"], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def arrived(folder: Path, count: int) -> dict[str, EmailMessage]:
    """The messages of a Maildir by the address they were delivered to, once that many are there."""
    until = time.monotonic() + 120
    while len(found := list((folder / "new").glob("*"))) < count:
        assert time.monotonic() < until, f"{len(found)} of {count} arrived"
        time.sleep(0.1)
    messages = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in found]
    assert all(isinstance(one, EmailMessage) for one in messages)
    return {str(one["X-Original-To"]): one for one in messages}  # type: ignore[misc]


def test_accents_attachments_and_calendar_arrive_and_are_read_back(
    tmp_path: Path, postfix: tuple[int, Path]
) -> None:
    port, box = postfix
    path = book(
        tmp_path / "classeur.xlsx",
        seancesouvertes="Code | Nom | Date de début | Date de fin | Session | Inviter\n"
        "S-0002 | L’été à Çà-et-là – œuvres | 23/12/2026 09:00 | 23/12/2026 12:30 | P1 | oui",
        sessions="Code | Nom\nP1 | Printemps",
        inscriptions="Session | Prénom | Nom | Courriel\nP1 | Zoé | Dûpont | zoe@exemple.fr\n"
        "P1 | Anaïs | L’Œillet | anaïs@exemple.fr\nP1 | Luc | Martin | inconnu@exemple.fr",
        parametres="Nom | Valeur\norganisme | Centre\nexpéditeur | Centre d’été « Œ » <contact@exemple.fr>",
    )
    lines = ["[courriel]", 'transport = "smtp"', 'hote = "127.0.0.1"', f"port = {port}", 'securite = "aucune"',
             "par_minute = 60000"]  # fmt: skip
    (tmp_path / "seances.toml").write_text("\n".join(lines), "utf-8")
    assert "2 courriels remis, 1 refusé" in run(path).stderr
    messages = arrived(box, 2)
    assert set(messages) == {"zoe@exemple.fr", "anaïs@exemple.fr"}
    letter = messages["zoe@exemple.fr"]
    assert str(letter["From"]) == "Centre d’été « Œ » <contact@exemple.fr>"
    assert str(letter["To"]) == "Zoé Dûpont <zoe@exemple.fr>"
    assert spaced(letter["Subject"]).startswith("Invitation : L’été à Çà-et-là – œuvres, ")
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Vous êtes invité(e) à la séance « L’été à Çà-et-là – œuvres »." in spaced(body.get_content())
    document, agenda = letter.iter_attachments()
    assert document.get_filename() == "Invitation - Dûpont Zoé - 23-12-2026 L’été à Çà-et-là – œuvres.docx"
    kept = next((tmp_path / "documents").rglob("Invitation - Dûpont Zoé.docx"))
    assert document.get_content() == kept.read_bytes()
    (event,) = vobject.readOne(agenda.get_content().decode()).vevent_list
    assert event.summary.value == "L’été à Çà-et-là – œuvres"
    again = run(path, now="2026-12-01T03:00")
    assert "remis" not in again.stderr
    assert len(list((box / "new").glob("*"))) == 2
