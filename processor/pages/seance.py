"""The page of one séance: when, where, what, with whom, and its files."""

from collections.abc import Sequence

from processor.model import Comment, Parameters, Role, Roll
from processor.model.details import DETAILS
from processor.pages.index import address_lines
from processor.pages.links import Link
from processor.pages.people import listed_people, summary, trainer_names
from processor.pages.rendering import page


def seance_html(roll: Roll, parameters: Parameters, links: Sequence[Link]) -> str:
    """The page of a séance. It says nothing of when it was made, so that it changes only when the séance does."""
    participants = [one for one in listed_people(roll) if one.role is Role.PARTICIPANT]
    days = (roll.seance.end.date() - roll.seance.start.date()).days + 1
    return page(
        "seance.html",
        {
            "organisation": parameters.organisation,
            "roll": roll,
            "links": links,
            "days": days,
            "one_day": days == 1,
            "break_taken": _break_taken(roll, parameters),
            "venue_lines": address_lines(roll.venue) if roll.venue else (),
            "details": [one for one in DETAILS if one.field in roll.seance.details],
            "trainers": trainer_names(roll),
            "participants": participants,
            "employers": any(one.employer for one in participants),
            "summary": summary(roll),
            "comments": _visible(roll.comments),
            "contact": _contact(parameters),
        },
    )


def _break_taken(roll: Roll, parameters: Parameters) -> bool:
    """Whether the midday break was taken from the length of the séance."""
    if roll.hours is None or not parameters.midday_break:
        return False
    return roll.hours * 3600 < roll.seance.length.total_seconds()


def _visible(comments: Sequence[Comment]) -> list[Comment]:
    """The visible comments, dated ones in order of time after the others."""
    shown = [comment for comment in comments if comment.visible]
    return sorted(shown, key=lambda comment: comment.when.isoformat() if comment.when else "")


def _contact(parameters: Parameters) -> list[str]:
    town = f"{parameters.postcode} {parameters.city}".strip()
    street = parameters.address.replace("\n", ", ")
    parts = (parameters.organisation, street, town, parameters.phone, str(parameters.email))
    return [part for part in parts if part]
