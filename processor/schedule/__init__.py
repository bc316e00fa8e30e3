"""Every night at the same hour: the exact text for the scheduler of the machine, and putting it there or taking it away."""

from processor.schedule.installing import install, remove
from processor.schedule.machine import detect
from processor.schedule.planning import planned
from processor.schedule.running import Run
from processor.schedule.scheduled import Scheduled, schedule_name
from processor.schedule.showing import installed, shown
from processor.schedule.times import check_time

__all__ = [
    "Run", "Scheduled", "check_time", "detect", "install", "installed", "planned", "remove", "schedule_name", "shown",
]  # fmt: skip
