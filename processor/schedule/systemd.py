"""A systemd service and its timer, for one account or, for root, for the machine."""

import re
from collections.abc import Sequence
from pathlib import Path

from processor.model.catalogue import say
from processor.schedule.job import Job
from processor.schedule.scheduled import MARK, Scheduled

_SHELL = ("/bin/sh", "-c", 'exec "$@"', "sh")
_SERVICE = """\
# {mark}
[Unit]
Description={title}
{unit}
[Service]
Type=oneshot
ExecStart={command}
TimeoutStartSec=2h
TimeoutStopSec=11min
SuccessExitStatus=10 75
Nice=10
Environment=PYTHONUTF8=1
"""
_TIMER = """\
# {mark}
[Unit]
Description={title}

[Timer]
OnCalendar=*-*-* {clock}:00
Persistent=true
RandomizedDelaySec=10m
AccuracySec=1min
Unit={name}.service

[Install]
WantedBy=timers.target
"""


def scheduled(job: Job) -> Scheduled:
    """The two units and what installs them. Root gets units of the machine, anyone else units of the account.

    Those of an account run only while it is logged in, unless it lingers: `install` looks, and says so.
    """
    machine = job.owner.uid == 0
    folder = Path("/etc/systemd/system") if machine else job.owner.home / ".config/systemd/user"
    control = ("systemctl",) if machine else ("systemctl", "--user")
    timer = f"{job.name}.timer"
    return Scheduled(
        "systemd",
        job.name,
        ((folder / f"{job.name}.service", service(job)), (folder / timer, timer_text(job))),
        ((*control, "daemon-reload"), (*control, "enable", timer), (*control, "restart", timer)),
        ((*control, "disable", "--now", timer),),
        _explanation(job),
        settle=((*control, "daemon-reload"),),
        query=((*control, "list-timers", "--all", "--no-pager", timer),),
    )


def service(job: Job) -> str:
    """The text of the service. Exit codes 10 (rows set aside) and 75 (workbook open) are not failures of the machine."""
    unit = ""
    if job.owner.uid == 0:
        unit = (
            "Wants=network-online.target\nAfter=network-online.target\n"
            f"RequiresMountsFor={quoted(job.folder, program=True)}\n"
        )
    return _SERVICE.format(
        mark=say("schedule.mark", mark=MARK),
        title=_line(job.title),
        unit=unit,
        command=executed(job.command),
    )


def timer_text(job: Job) -> str:
    """The text of the timer."""
    return _TIMER.format(
        mark=say("schedule.mark", mark=MARK), title=_line(job.title), clock=job.clock, name=job.name
    )


def executed(command: Sequence[str]) -> str:
    """The value of ExecStart. systemd refuses a program whose path holds a quote or a backslash: a shell then starts it.

    >>> print(executed(["/opt/l'école/python", "a b"]))
    "/bin/sh" "-c" "exec \\"$$@\\"" "sh" "/opt/l'école/python" "a b"
    """
    words = [*_SHELL, *command] if re.search(r"[\\\"']", command[0]) else command
    return " ".join(quoted(word, program=at == 0) for at, word in enumerate(words))


def quoted(part: str, *, program: bool = False) -> str:
    """One argument of ExecStart, quoted: backslash, quote, `%` (specifiers) and `$` (variables) mean themselves.

    The first word is never searched for variables, so a `$` in it stays single (systemd.service(5), COMMAND LINES).

    >>> quoted('/srv/Été 100%/a "b" $HOME.xlsx')
    '"/srv/Été 100%%/a \\\\"b\\\\" $$HOME.xlsx"'
    """
    escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped if program else escaped.replace("$", "$$")}"'


def _line(text: str) -> str:
    """A text as the value of a plain setting: one line, its `%` doubled, never ending in a continuation."""
    return re.sub(r"[\r\n]", " ", text).replace("%", "%%").rstrip("\\")


def _explanation(job: Job) -> str:
    slug = "schedule.systemd.machine" if job.owner.uid == 0 else "schedule.systemd.account"
    return say(slug, clock=job.clock, user=job.owner.user, name=job.name)
