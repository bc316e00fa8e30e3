"""A launchd agent, for macOS."""

import plistlib

from processor.model.catalogue import say
from processor.schedule.job import Job
from processor.schedule.scheduled import MARK, Scheduled


def scheduled(job: Job) -> Scheduled:
    """The property list and the launchctl commands; the first one unloads an older version, and may fail."""
    label = f"fr.seances.{job.name}"
    file = job.owner.home / "Library/LaunchAgents" / f"{label}.plist"
    domain = f"gui/{job.owner.uid}"
    return Scheduled(
        "launchd",
        job.name,
        ((file, plist(job)),),
        (("launchctl", "bootout", f"{domain}/{label}"), ("launchctl", "bootstrap", domain, str(file))),
        (("launchctl", "bootout", f"{domain}/{label}"),),
        say("schedule.launchd", clock=job.clock, user=job.owner.user),
        query=(("launchctl", "print", f"{domain}/{label}"),),
    )


def plist(job: Job) -> str:
    """The property list, as text; launchd takes the mask in decimal (77 in octal is 63)."""
    said = {
        "Label": f"fr.seances.{job.name}",
        "ProgramArguments": list(job.command),
        "WorkingDirectory": str(job.owner.home),
        "StartCalendarInterval": {"Hour": job.at.hour, "Minute": job.at.minute},
        "EnvironmentVariables": {"PYTHONUTF8": "1"},
        "ProcessType": "Background",
        "RunAtLoad": False,
        "Umask": 0o077,
    }
    text = plistlib.dumps(said, sort_keys=False).decode()
    return text.replace("<plist", f"<!-- {say('schedule.mark', mark=MARK)} -->\n<plist", 1)
