import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.mail.calendar import Entry, entry_facts, entry_uid, event, next_sequence
from processor.model.address import unjudged

PARIS = ZoneInfo("Europe/Paris")
STAMP = datetime(2026, 12, 1, 3, 30, tzinfo=PARIS)
SENDER = unjudged("Centre de formation <bonjour@exemple.fr>")
ENTRY = Entry(
    uid=entry_uid("S-0001", "zoe@exemple.fr", "b7"),
    start=datetime(2026, 12, 8, 14, 30, tzinfo=PARIS),
    end=datetime(2026, 12, 8, 17, 0, tzinfo=PARIS),
    summary="Conférence de lancement ; accueil, café",
    location="Salle Émeraude, 12 rue de la Paix\n75002 Paris",
    description="Bonjour,\nvenez dix minutes avant. " + "Très long. " * 20,
)


def lines(made: bytes) -> list[str]:
    """The content lines, unfolded, after checking the rules of RFC 5545 section 3.1 that every line obeys."""
    assert made.endswith(b"\r\n")
    assert made.count(b"\n") == made.count(b"\r\n") == made.count(b"\r")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    unfolded = made.decode().replace("\r\n ", "")
    for line in unfolded.split("\r\n")[:-1]:
        assert re.match(r"[A-Z-]+(;[A-Z-]+=(\"[^\"]*\"|[^\";:,]*))*:", line), line
    return unfolded.split("\r\n")[:-1]


def value(made: bytes, name: str) -> str:
    (found,) = (line for line in lines(made) if re.match(rf"{name}[;:]", line))
    return found


def test_a_convocation_is_offered_in_utc_with_all_that_rfc_5545_requires():
    made = event(ENTRY, STAMP, SENDER)
    found = lines(made)
    assert found[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "METHOD:PUBLISH", "DTSTART:20261208T133000Z", "DTEND:20261208T160000Z"} <= set(
        found
    )
    assert {"DTSTAMP:20261201T023000Z", "SEQUENCE:0", "STATUS:CONFIRMED", f"UID:{ENTRY.uid}"} <= set(found)
    assert (
        value(made, "ORGANIZER") == 'ORGANIZER;CN="Centre de formation":mailto:bonjour@exemple.fr'
        or value(made, "ORGANIZER") == "ORGANIZER;CN=Centre de formation:mailto:bonjour@exemple.fr"
    )
    assert value(made, "SUMMARY") == r"SUMMARY:Conférence de lancement \; accueil\, café"
    assert value(made, "LOCATION") == r"LOCATION:Salle Émeraude\, 12 rue de la Paix\n75002 Paris"
    assert "ATTENDEE" not in made.decode()
    assert "VTIMEZONE" not in made.decode()


def test_an_invitation_that_asks_names_the_very_address_of_the_mail():
    made = event(ENTRY, STAMP, SENDER, unjudged("Zoé <zoe@exemple.fr>"), ask=True)
    assert "METHOD:REQUEST" in lines(made)
    asked = value(made, "ATTENDEE")
    assert asked.endswith(":mailto:zoe@exemple.fr")
    assert all(part in asked for part in ("ROLE=REQ-PARTICIPANT", "PARTSTAT=NEEDS-ACTION", "RSVP=TRUE"))


def test_a_cancelled_seance_is_struck_from_the_calendar():
    made = event(replace(ENTRY, cancelled=True, sequence=1), STAMP, SENDER, unjudged("zoe@exemple.fr"))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", f"UID:{ENTRY.uid}"} <= set(lines(made))
    assert value(made, "ATTENDEE") == "ATTENDEE:mailto:zoe@exemple.fr"


def test_a_session_carries_all_its_seances_and_asks_nothing():
    second = replace(
        ENTRY, uid="autre@seances", start=ENTRY.start + timedelta(7), end=ENTRY.end + timedelta(7)
    )
    found = lines(event([ENTRY, second], STAMP, SENDER, unjudged("zoe@exemple.fr"), ask=True))
    assert found.count("BEGIN:VEVENT") == 2
    assert "METHOD:PUBLISH" in found


def test_an_alarm_rings_before():
    found = lines(event(ENTRY, STAMP, SENDER, alarm=timedelta(hours=2)))
    assert {"BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT2H"} <= set(found)
    assert "BEGIN:VALARM" not in lines(
        event(replace(ENTRY, cancelled=True), STAMP, SENDER, alarm=timedelta(hours=2))
    )


def test_the_same_entry_gives_the_same_bytes():
    assert event(ENTRY, STAMP, SENDER) == event(replace(ENTRY), STAMP, SENDER)


def test_another_library_reads_the_same_event():
    vobject = pytest.importorskip("vobject")
    read = vobject.readOne(event(ENTRY, STAMP, SENDER, unjudged("zoe@exemple.fr"), ask=True).decode())
    assert read.method.value == "REQUEST"
    assert read.vevent.uid.value == ENTRY.uid
    assert read.vevent.dtstart.value == ENTRY.start
    assert read.vevent.dtend.value == ENTRY.end
    assert read.vevent.summary.value == ENTRY.summary
    assert read.vevent.location.value == ENTRY.location
    assert read.vevent.description.value == ENTRY.description
    assert read.vevent.attendee.value == "mailto:zoe@exemple.fr"


def test_the_sequence_rises_only_when_date_place_or_state_change():
    known = (0, entry_facts(ENTRY))
    same = [
        replace(ENTRY, description="autre", summary="autre", url="https://exemple.fr"),
        replace(ENTRY, start=ENTRY.start.astimezone(UTC)),
    ]
    changed = [
        replace(ENTRY, start=ENTRY.start - timedelta(hours=1)),
        replace(ENTRY, end=ENTRY.end + timedelta(hours=1)),
        replace(ENTRY, location="ailleurs"),
        replace(ENTRY, cancelled=True),
    ]
    assert [next_sequence(known, entry_facts(entry)) for entry in same] == [0, 0]
    assert [next_sequence(known, entry_facts(entry)) for entry in changed] == [1, 1, 1, 1]


def test_each_person_and_seance_has_an_entry_of_their_own():
    uids = {
        entry_uid(*parts) for parts in [("a", "b", "c"), ("a", "c", "c"), ("b", "b", "c"), ("a", "b", "d")]
    }
    assert len(uids) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": datetime(2026, 12, 8, 14, 30)},
        {"end": ENTRY.start - timedelta(minutes=1)},
    ],
)
def test_times_that_make_no_sense_are_refused(wrong):
    with pytest.raises((ValueError, TypeError)):
        event(replace(ENTRY, **wrong), STAMP, SENDER)


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=300))
def test_no_text_breaks_a_line_or_adds_a_property(summary, location, description):
    plain = {line.split(":")[0].split(";")[0] for line in lines(event(ENTRY, STAMP, SENDER))}
    entry = replace(ENTRY, summary=summary, location=location, description=description)
    made = event(entry, STAMP, SENDER)
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", made)
    assert {line.split(":")[0].split(";")[0] for line in lines(made)} <= plain
