"""What holds for any workbook: the order of rows decides nothing, and each row has one fate."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from processor.contract import OPEN
from processor.model import Place
from processor.model.plan import Plan
from processor.rules.plan import plan
from tests.sheets import snapshot

HEAD = "Code | Nom | Date de début | Date de fin | Session | Inscription | Places | Inviter | Attester | Répéter les jours | Répéter (semaines) | État\n"
CODES = ["", "S-1", "S-2", "S-3", "S-0007"]
cell = st.sampled_from
rows = st.lists(
    st.tuples(
        cell(CODES),
        cell(["Yoga", "Bilan", "Accueil", ""]),
        cell(["20/11/2026 09:00", "03/12/2026 09:00", "01/12/2026 01:00", "demain"]),
        cell(["20/11/2026 12:00", "03/12/2026 12:00", "01/12/2026 02:00", ""]),
        cell(["", "P1", "P2"]),
        cell(["", "Manuelle", "Automatique", "Automatic"]),
        cell(["", "1", "2"]),
        cell(["", "oui"]),
        cell(["", "oui"]),
        cell(["", "", "lundi", "lu-ve"]),
        cell(["", "", "1", "2"]),
        cell(["", "", "Annulée"]),
    ),
    max_size=6,
)
people = st.lists(
    st.tuples(
        cell(["", "P1"]), cell(["", "S-1", "S-2"]), cell(["Zoé", "Ali"]), cell(["Dupont", "Benali"]),
        cell(["", "z@exemple.fr", "faux"]), cell(["", "Désinscrit", "En attente"]), cell(["", "01/11/2026", "02/11/2026"]),
    ),
    max_size=6,
)  # fmt: skip


def taken(seances: list[tuple[str, ...]], registered: list[tuple[str, ...]]) -> Plan:
    """The plan, with each row's place told by its content instead of its number."""
    found = snapshot(
        HEAD + "\n".join(" | ".join(row) for row in seances),
        seancesterminees=HEAD,
        inscriptions="Session | Séance | Prénom | Nom | Courriel | Statut | Inscrit le\n"
        + "\n".join(" | ".join(row) for row in registered),
        sessions="Code | Nom\nP1 | Printemps",
    )
    return plan(found)


def decisions(seances: list[tuple[str, ...]], registered: list[tuple[str, ...]]) -> list[str]:
    """What is decided, in words without row numbers."""
    found = taken(seances, registered)

    def row(place: Place) -> str:
        table = seances if place.sheet == OPEN.name else registered
        return " | ".join(table[place.row - 2])

    lines = [f"move {row(m.source)} → {m.to}" for m in found.moves]
    lines += [f"repeat {row(r.source)} {r.start}" for r in found.repeats]
    lines += [
        f"document {d.kind.label} {d.facts.person and d.facts.person.full_name} {row(d.source)}"
        for d in found.documents
    ]
    lines += [f"mail {m.kind.label} {m.to_address} {row(m.source)}" for m in found.mails]
    lines += [
        f"participation {r.values['first_name']} {r.values['status']} {row(r.source)}" for r in found.rows
    ]
    lines += [f"write {w.field} {row(w.source)}" for w in found.writes if w.field != "control"]
    # A pair of séances is told on the later row: where it is told, and nothing else, follows the order of the rows.
    lines += [
        f"finding {f.code} " + ("" if f.code == "conflit-horaire" else row(Place(f.sheet, f.row)))
        for f in found.findings
        if f.row
    ]
    return sorted(lines)


@settings(max_examples=150)
@given(rows.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))), people)
def test_the_order_of_the_seances_changes_nothing_but_order(
    found: tuple[list[tuple[str, ...]], list[tuple[str, ...]]], registered: list[tuple[str, ...]]
) -> None:
    assert decisions(found[0], registered) == decisions(list(found[1]), registered)


@settings(max_examples=150)
@given(rows, people)
def test_a_row_is_left_alone_acted_upon_or_set_aside(
    seances: list[tuple[str, ...]], registered: list[tuple[str, ...]]
) -> None:
    found = taken(seances, registered)
    aside = {Place(f.sheet, f.row) for f in found.findings if f.severity == "row"}
    acted = {a.source for a in (*found.repeats, *found.documents, *found.mails)}
    acted |= {row.source for row in found.rows}
    acted |= {write.source for write in found.writes if write.field != "control"}
    assert not aside & acted


@settings(max_examples=50)
@given(rows, people)
def test_the_same_snapshot_gives_the_same_plan(
    seances: list[tuple[str, ...]], registered: list[tuple[str, ...]]
) -> None:
    assert taken(seances, registered) == replace(taken(seances, registered))
