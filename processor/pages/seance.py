"""The page of one séance: when, where, what, with whom, and its files."""

from collections.abc import Sequence

from processor.model import Comment, Parameters, Roll
from processor.pages.french import capital, day, hour, hours, moment, span
from processor.pages.index import address_lines
from processor.pages.links import Link, address
from processor.pages.markup import Markup, element, paragraphs, text, together
from processor.pages.page import banner, chip, foot, main, page
from processor.pages.people import people_sections


def seance_html(roll: Roll, parameters: Parameters, links: Sequence[Link]) -> str:
    """The page of a séance. It says nothing of when it was made, so that it changes only when the séance does."""
    seance = roll.seance
    title = seance.name or seance.code
    listed = "terminees" if roll.finished else "ouvertes"
    return page(
        f"{title} — {seance.code}" if seance.code else title,
        banner(
            parameters.organisation,
            element(
                "nav", element("a", "← Toutes les séances", href=f"index.html#{listed}"), aria_label="Retour"
            ),
            element("h1", title),
            element("p", _states(roll), class_="states"),
        ),
        main(
            element("div", _facts(roll, parameters), _files(links), class_="facts-and-files"),
            _text("Description", seance.description),
            _text("Infos complémentaires", seance.extra),
            people_sections(roll),
            _comments(roll.comments),
        ),
        foot(_contact(parameters)),
    )


def _states(roll: Roll) -> Markup:
    seance = roll.seance
    over = chip("Terminée") if roll.finished else chip("Ouverte", "good")
    state = chip(seance.state.value, "bad" if seance.cancelled else "good") if seance.state else None
    return together((chip(seance.code) if seance.code else None, " ", over, " ", state))


def _facts(roll: Roll, parameters: Parameters) -> Markup:
    """The short facts, those that are known, as a list of terms."""
    seance, session, course = roll.seance, roll.session, roll.course
    facts: tuple[tuple[str, object], ...] = (
        ("Date" if seance.start.date() == seance.end.date() else "Dates", _when(roll)),
        ("Durée", _length(roll, parameters)),
        ("Lieu", _where(roll)),
        ("Nombre de places", "Illimité" if seance.places is None else seance.places),
        ("Session", f"{session.name} ({session.code})" if session else seance.session),
        ("Formation", course.title if course else ""),
        ("Inscription", seance.registering.value if seance.registering else ""),
        ("Groupe", seance.group),
    )
    return element(
        "dl",
        together(
            element("div", element("dt", term), element("dd", said)) for term, said in facts if said != ""
        ),
        class_="facts",
    )


def _when(roll: Roll) -> Markup:
    """The day above its hours when there is one day, else the two moments."""
    start, end = roll.seance.start, roll.seance.end
    if start.date() == end.date() and hour(end):
        said = together(
            (element("strong", capital(day(start))), element("br"), f"de {hour(start)} à {hour(end)}")
        )
    elif start.date() != end.date():
        said = together(
            ("Du ", element("strong", moment(start)), element("br"), "au ", element("strong", moment(end)))
        )
    else:
        said = element("strong", capital(span(start, end)))
    return element("time", said, datetime=start.isoformat(timespec="minutes"))


def _length(roll: Roll, parameters: Parameters) -> Markup | str:
    """How long it lasts, as attestations count it; nothing where that is not known."""
    if roll.hours is None:
        return ""
    days = (roll.seance.end.date() - roll.seance.start.date()).days + 1
    whole = together((hours(roll.hours), f" en {days}\u00a0jours" if days > 1 else ""))
    if not parameters.midday_break or roll.hours * 3600 >= roll.seance.length.total_seconds():
        return whole
    return together((whole, element("small", "pause de midi déduite")))


def _where(roll: Roll) -> Markup:
    if roll.venue is None:
        return text(roll.seance.venue) if roll.seance.venue else element("span", "Non précisé", class_="none")
    lines = [*address_lines(roll.venue), f"Tél. {roll.venue.phone}" if roll.venue.phone else ""]
    shown = [element("strong", roll.venue.name), *(text(line) for line in lines if line)]
    return Markup("<br>".join(shown))


def _files(links: Sequence[Link]) -> Markup | None:
    if not links:
        return None
    entries = together(element("li", element("a", link.label, href=address(link.href))) for link in links)
    return element("section", element("h2", "Documents et listes"), element("ul", entries), class_="files")


def _text(title: str, typed: str) -> Markup | None:
    if not typed.strip():
        return None
    return element("section", element("h2", title), element("div", paragraphs(typed), class_="prose"))


def _comments(comments: Sequence[Comment]) -> Markup | None:
    """The visible comments, dated ones in order of time after the others."""
    shown = [comment for comment in comments if comment.visible]
    if not shown:
        return None
    shown.sort(key=lambda comment: comment.when.isoformat() if comment.when else "")
    heading = element("h2", "Commentaires ", element("span", f"({len(shown)})", class_="count"))
    return element("section", heading, together(_comment(comment) for comment in shown))


def _comment(comment: Comment) -> Markup:
    who = [element("b", comment.author)] if comment.author else []
    when = [element("time", moment(comment.when), datetime=comment.when.isoformat())] if comment.when else []
    head = element("p", Markup(", ".join((*who, *when))), class_="who") if who or when else None
    return element("article", head, paragraphs(comment.text), class_="comment")


def _contact(parameters: Parameters) -> str:
    town = f"{parameters.postcode} {parameters.city}".strip()
    parts = (
        parameters.organisation,
        parameters.address.replace("\n", ", "),
        town,
        parameters.phone,
        str(parameters.email),
    )
    return " · ".join(part for part in parts if part)
