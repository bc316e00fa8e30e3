"""The pages that people open: what a séance's page says of its time, nothing from the network, every value escaped."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from processor.model import Parameters, Place, Roll, Seance
from processor.model.typography import plain
from processor.pages import Link, letter_html, report_mail
from processor.pages.index import index_html
from processor.pages.rendering import asset
from processor.pages.report_page import report_html
from processor.pages.seance import seance_html
from tests.pages.sample import FINISHED, LINKS, NOW, OPEN, PARAMETERS, REPORT, ROLLS

PAGES = {
    "index": index_html(
        OPEN, FINISHED, {id(one): f"{one.seance.code}.html" for one in ROLLS}, PARAMETERS, NOW
    ),
    "séance": seance_html(ROLLS[9], PARAMETERS, LINKS.get(ROLLS[9].seance.code, ())),
    "rapport": report_html(REPORT),
}


def facts(start: datetime, end: datetime, hours: float | None, pause: int = 0) -> dict[str, str]:
    """The facts of a séance's page by their label, as text."""
    roll = Roll(Seance(Place("Séances ouvertes", 2), "S-1", "Yoga", start, end), hours=hours)
    html = seance_html(roll, Parameters(midday_break=pause), ())
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html, re.DOTALL)
    return {term: re.sub(r"<[^>]*>", " ", said).replace("\xa0", " ") for term, said in found}


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_page_of_a_seance_says_its_day_its_hours_and_how_long_it_lasts() -> None:
    one = facts(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12, 30), 3.5)
    assert words(one["Date"]) == "Mardi 1er décembre 2026 de 9 h 00 à 12 h 30"
    assert words(one["Durée"]) == "3 h 30"


def test_the_midday_break_is_said_where_it_is_taken_from_the_length() -> None:
    one = facts(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 17), 7.0, pause=60)
    assert words(one["Durée"]) == "7 h pause de midi déduite"
    assert words(facts(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12), 3.0, pause=60)["Durée"]) == "3 h"


def test_a_seance_of_several_days_has_both_moments_and_its_hours_by_day() -> None:
    one = facts(datetime(2026, 12, 1, 9), datetime(2026, 12, 3, 17), 24.0)
    assert words(one["Dates"]) == "Du mardi 1er décembre 2026 à 9 h 00 au jeudi 3 décembre 2026 à 17 h 00"
    assert words(one["Durée"]) == "24 h en 3 jours"


def test_a_seance_without_an_hour_of_end_has_no_length() -> None:
    one = facts(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 23, 59, 59), None)
    assert words(one["Date"]) == "Mardi 1er décembre 2026 à partir de 9 h 00"
    assert "Durée" not in one


@pytest.mark.parametrize("name", PAGES)
def test_what_staff_typed_is_never_markup_and_nothing_comes_from_elsewhere(name: str) -> None:
    html = PAGES[name]
    assert "<script>alert" not in html
    assert "<b>Gras" not in html
    assert not re.findall(r'(?:src|@import|<link[^>]*href)="?https?:', html)
    assert "default-src 'none'" in html.replace("&#39;", "'").replace("&#x27;", "'")


def test_the_mail_of_the_summary_needs_no_style_sheet_and_stays_below_what_gmail_cuts() -> None:
    long = tuple(replace(section, lines=section.lines * 50) for section in REPORT.sections)
    many = replace(REPORT, findings=REPORT.findings * 200, sections=long * 2)
    html = report_mail(many)
    assert len(html.encode()) < 100_000
    assert "… et 560 de plus : les autres points sont dans rapport.html" in plain(html)
    assert not re.findall(r"<style|<link|<img|<script|https?://|class=", html)
    assert "adresse de courriel &lt;b&gt;" in report_mail(REPORT)
    assert "Rien ne demande votre attention." in report_mail(replace(REPORT, findings=(), next_steps=()))


def test_a_page_changes_only_when_its_seance_does() -> None:
    again = replace(ROLLS[9], comments=ROLLS[9].comments)
    assert seance_html(again, PARAMETERS, ()) == seance_html(ROLLS[9], PARAMETERS, ())


def test_the_html_shows_what_was_typed_and_runs_nothing():
    html = letter_html(
        "<script>alert(1)</script>\n\nA & B\n\n- un\n- deux\n\nÉcrivez à zoe@exemple.fr", "T < U"
    )
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "<title>T &lt; U</title>" in html
    assert html.count("<li>") == 2
    assert '<a href="mailto:zoe@exemple.fr">' in html


def test_the_colours_of_mails_are_those_of_the_stylesheet() -> None:
    known = set(re.findall(r"#[0-9a-f]{6}", asset("style.css")))
    for html in (report_mail(REPORT), letter_html("Bonjour", "Invitation")):
        assert set(re.findall(r"#[0-9a-f]{6}", html)) <= known


def test_a_page_is_typeset_and_what_a_program_reads_of_it_is_not() -> None:
    roll = replace(ROLLS[9], seance=replace(ROLLS[9].seance, extra="Plan : https://example.fr/a?b=1 !"))
    html = seance_html(roll, PARAMETERS, (Link("Liste : inscrits", "documents/a : b.pdf"),))
    assert "Plan\u00a0: " in html
    assert 'href="https://example.fr/a?b=1"' in html
    assert 'href="documents/a%20%3A%20b.pdf">Liste\u00a0: inscrits</a>' in html
