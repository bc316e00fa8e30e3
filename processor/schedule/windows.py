"""A task for the Windows Task Scheduler, every setting whose default would lose a night said outright."""

import re
import subprocess
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from processor.model.catalogue import say
from processor.model.findings import Fault
from processor.schedule.job import Job, refusal
from processor.schedule.scheduled import MARK, Scheduled

_SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "AllowHardTerminate": "true",
    "StartWhenAvailable": "true",
    "RunOnlyIfNetworkAvailable": "true",
    "AllowStartOnDemand": "true",
    "Enabled": "true",
    "Hidden": "false",
    "RunOnlyIfIdle": "false",
    "WakeToRun": "true",
    "ExecutionTimeLimit": "PT4H",
    "Priority": "5",
}


def scheduled(job: Job) -> Scheduled:
    """The XML of the task and the schtasks commands that register it, show it and delete it."""
    if any(re.search(r"%[^%\\/]+%", part) for part in (*job.command, job.folder)):
        raise refusal(Fault.of("chemin-impossible", "variable"))
    file = job.owner.home / "AppData/Local/Seances" / f"{job.name}.xml"
    task = f"\\Seances\\{job.name}"
    unc = job.folder.startswith("\\\\")
    explanation = say("schedule.windows", clock=job.clock, user=job.owner.user)
    return Scheduled(
        "windows",
        job.name,
        ((file, b"\xff\xfe" + task_xml(job).encode("utf-16-le")),),
        (("schtasks", "/Create", "/TN", task, "/XML", str(file), "/RU", job.owner.user, "/RP", "*", "/F"),),
        (("schtasks", "/Delete", "/TN", task, "/F"),),
        explanation if unc else f"{explanation}\n{say('schedule.windows.drive')}",
        query=(("schtasks", "/Query", "/TN", task, "/XML"),),
    )


def task_xml(job: Job) -> str:
    """The definition of the task (schema 1.4). The file is UTF-16 with a byte order mark, as schtasks wants it."""
    task = Element("Task", {"version": "1.4", "xmlns": _SPACE})
    about = SubElement(task, "RegistrationInfo")
    _leaf(about, "Author", "Séances")
    _leaf(about, "Description", f"{job.title}. {MARK}.")
    _leaf(about, "URI", f"\\Seances\\{job.name}")
    _trigger(SubElement(SubElement(task, "Triggers"), "CalendarTrigger"), job)
    principal = SubElement(SubElement(task, "Principals"), "Principal", {"id": "Author"})
    for name, value in (
        ("UserId", job.owner.user),
        ("LogonType", "Password"),
        ("RunLevel", "LeastPrivilege"),
    ):
        _leaf(principal, name, value)
    settings = SubElement(task, "Settings")
    for name, value in _SETTINGS.items():
        _leaf(settings, name, value)
    action = SubElement(SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    _leaf(action, "Command", job.command[0])
    _leaf(action, "Arguments", subprocess.list2cmdline(job.command[1:]))
    _leaf(action, "WorkingDirectory", str(job.owner.home))
    indent(task)
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{tostring(task, encoding="unicode")}\n'


def _trigger(trigger: Element, job: Job) -> None:
    """Every day on the local clock; the first day is in the past, so that the night to come is the first one."""
    first = datetime.combine(datetime(2026, 1, 1).date(), job.at)
    _leaf(trigger, "StartBoundary", first.isoformat())
    _leaf(trigger, "Enabled", "true")
    _leaf(trigger, "RandomDelay", "PT10M")
    _leaf(SubElement(trigger, "ScheduleByDay"), "DaysInterval", "1")


def _leaf(parent: Element, name: str, value: str) -> None:
    SubElement(parent, name).text = value


def not_applied(shown: str) -> tuple[str, ...]:
    """The settings that the registered task, shown as XML, does not have as we asked.

    Windows has been seen to drop one silently; a default that is left out of the XML counts as wrong too, except those
    whose default is what we ask.

    >>> not_applied("<Settings><StartWhenAvailable>false</StartWhenAvailable></Settings>")[:1]
    ('DisallowStartIfOnBatteries',)
    """
    needed = ("DisallowStartIfOnBatteries", "StopIfGoingOnBatteries", "StartWhenAvailable", "WakeToRun")
    return tuple(name for name in needed if f"<{name}>{_SETTINGS[name]}</{name}>" not in shown)
