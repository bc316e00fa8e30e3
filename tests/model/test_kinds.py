"""The table of kinds: each says enough to be planned, filled, named and kept in the journal."""

from pathlib import Path

import pytest

from processor.documents.lint.checks import problems
from processor.documents.placeholders.mentions import MENTIONS, expected
from processor.model import ATTESTATIONS, DOCUMENTS, INVITATIONS, NOTICES, Kind, Scope, Whom
from processor.model.former import former_key
from processor.model.keys import action_key

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_no_slug_that_journals_and_command_lines_hold_is_lost_or_given_twice() -> None:
    slugs = [kind.slug for kind in Kind]
    assert len(slugs) == len(set(slugs))
    assert set(slugs) >= {
        "invitation-seance", "invitation-session", "attestation-seance", "attestation-session", "feuille-emargement",
        "certificat-realisation", "modification", "annulation", "rappel", "relance-presences", "suivi-absence",
        "nouvelles-seances", "resume-de-la-nuit", "liste",
    }  # fmt: skip


def test_no_two_kinds_of_modeles_have_one_label() -> None:
    labels = [kind.label for kind in (*DOCUMENTS, *NOTICES)]
    assert len(labels) == len(set(labels))
    assert all(Kind.labelled(kind.label) is kind for kind in (*DOCUMENTS, *NOTICES))


def test_a_key_holds_no_words_that_people_see_and_depends_on_each_part() -> None:
    parts = [(Kind.REMINDER, "ab", "c", 1), (Kind.ABSENCE, "ab", "c", 1), (Kind.REMINDER, "a", "bc", 1),
             (Kind.REMINDER, "ab", "c", 2)]  # fmt: skip
    assert len({action_key(*each) for each in parts}) == len(parts)
    assert all(action_key(*each) != former_key(*each) for each in parts)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_has_its_file_its_name_and_known_mentions(kind: Kind) -> None:
    assert (TEMPLATES / kind.traits.template).is_file()
    assert kind.traits.stem
    assert len(expected(kind)) == len(kind.traits.mentions.split())
    assert kind.traits.scopes
    assert bool(kind.message) is (kind.traits.whom is not Whom.EVERYONE)


def test_every_mention_belongs_to_a_kind() -> None:
    assert set(MENTIONS) == {name for kind in DOCUMENTS for name in kind.traits.mentions.split()}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.message])
def test_the_words_of_a_mail_use_placeholders_that_its_kind_has(kind: Kind) -> None:
    assert problems(kind.subject, kind) == ()
    assert problems(kind.message, kind) == ()


def test_what_invites_is_ahead_and_what_attests_is_over() -> None:
    assert all(kind.traits.ahead and not kind.traits.over for kind in INVITATIONS)
    assert all(kind.traits.over and not kind.traits.ahead for kind in ATTESTATIONS)
    assert [kind.slug for kind in ATTESTATIONS if Scope.SESSION in kind.traits.scopes] == [
        "attestation-session",
        "certificat-realisation",
    ]
