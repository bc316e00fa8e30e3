"""What people type into a cell for an address: what goes over the wire, or what they are told and should write."""

import re
from email.headerregistry import Address as HeaderAddress
from email.headerregistry import HeaderRegistry
from email.utils import parseaddr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from processor.model.address import NOWHERE, Address, read_address, unjudged
from processor.model.domains import meant_domain
from processor.model.findings import Fault

# typed (as Python writes it between quotes) → the address on the wire
ACCEPTED = r"""
zoe@exemple.fr                      → zoe@exemple.fr
  zoe@exemple.fr\u00a0              → zoe@exemple.fr
\u200bzoe@exemple\u00ad.fr\ufeff    → zoe@exemple.fr
\u202azoe@exemple.fr\u202c          → zoe@exemple.fr
zoe@exemple.fr\n                    → zoe@exemple.fr
Zoe.DUPONT@Exemple.FR               → Zoe.DUPONT@exemple.fr
mailto:zoe@exemple.fr               → zoe@exemple.fr
MAILTO:zoe@exemple.fr?subject=Bon   → zoe@exemple.fr
<zoe@exemple.fr>                    → zoe@exemple.fr
Zoé Dupont <zoe@exemple.fr>         → zoe@exemple.fr
"Dupont, Zoé" < zoe@exemple.fr >    → zoe@exemple.fr
Zoé @ la mairie <zoe@exemple.fr>    → zoe@exemple.fr
Zoé <mailto:zoe@exemple.fr>         → zoe@exemple.fr
z.o+e_é@sous.exemple.museum         → z.o+e_é@sous.exemple.museum
zoe\u0301@exemple.fr                → zoé@exemple.fr
o'brien@exemple.ie                  → o'brien@exemple.ie
-zoe-@exemple.fr                    → -zoe-@exemple.fr
zoe@exemplé.fr                      → zoe@xn--exempl-gva.fr
zoe@Straße.example                  → zoe@xn--strae-oqa.example
zoe@xn--exempl-gva.fr               → zoe@xn--exempl-gva.fr
zoe@пример.рф                       → zoe@xn--e1afmkfd.xn--p1ai
zoe@exemple。fr.org                  → zoe@exemple.fr.org
zoe@a-b--c.fr                       → zoe@a-b--c.fr
zoe@localhost                       → zoe@localhost
"""

# typed → what is said of it → what to write instead, where one can tell
TOLD = r"""
zoe                       → n’a pas de signe @
-                         → n’a pas de signe @
zoe.exemple.fr            → n’a pas de signe @
Zoé <>                    → n’a pas de signe @
zoe(at)exemple.fr         → n’a pas de signe @ → zoe@exemple.fr
zoe [arobase] exemple.fr  → n’a pas de signe @ → zoe@exemple.fr
zoe＠exemple.fr            → n’a pas de signe @ → zoe@exemple.fr
@exemple.fr               → n’a rien avant le signe @
zoe@                      → n’a rien après le signe @
zoe@.                     → n’a rien après le signe @
zoe@@exemple.fr           → porte plus d’un signe @ → zoe@exemple.fr
zoe@exemple@fr            → porte plus d’un signe @
zoe@exemple.fr, luc@x.fr  → contient plusieurs adresses
zoe@exemple.fr;luc@x.fr   → contient plusieurs adresses
zoe@exemple.fr luc@x.fr   → contient plusieurs adresses
zoe@exemple.fr/luc@x.fr   → contient plusieurs adresses
zoe@exemple.fr ou l@x.fr  → contient plusieurs adresses
zoe@exemple.fr\nluc@x.fr  → contient plusieurs adresses
Z <z@x.fr>, L <l@x.fr>    → contient plusieurs adresses
Zoé\nzoe@exemple.fr       → tient sur plusieurs lignes → zoe@exemple.fr
zoe@exemple.fr\x01        → contient un caractère invisible
zoe@exemple,fr            → a une virgule à la place d’un point → zoe@exemple.fr
zoe@exemple;fr            → a un point-virgule à la place d’un point → zoe@exemple.fr
zoe@exemple.fr.           → finit par un signe de trop : « . » → zoe@exemple.fr
zoe@exemple.fr,           → finit par un signe de trop : « , » → zoe@exemple.fr
zoe@exemple,fr ;          → finit par un signe de trop : « ; » → zoe@exemple.fr
« zoe@exemple.fr »        → commence par un signe de trop : « « » → zoe@exemple.fr
'zoe@exemple.fr'          → commence par un signe de trop : « ' » → zoe@exemple.fr
(zoe@exemple.fr)          → commence par un signe de trop : « ( » → zoe@exemple.fr
zoe@exemple.fr (Zoé)      → finit par un signe de trop : « ) » → zoe@exemple.fr
.zoe@exemple.fr           → commence par un signe de trop : « . » → zoe@exemple.fr
zoe dupont@exemple.fr     → contient une espace → zoedupont@exemple.fr
zoe\u00a0@ exemple.fr     → contient une espace → zoe@exemple.fr
Zoé Dupont zoe@exemple.fr → contient une espace → zoe@exemple.fr
zoe@exemple.fr tél. 06    → contient une espace → zoe@exemple.fr
zoe@exemple .fr           → contient une espace → zoe@exemple.fr
zoe..d@exemple.fr         → a un point de trop avant le signe @ → zoe.d@exemple.fr
zoe.@exemple.fr           → a un point de trop avant le signe @ → zoe@exemple.fr
zoe@exemple..fr           → a un point de trop après le signe @ → zoe@exemple.fr
zoe@.exemple.fr           → a un point de trop après le signe @ → zoe@exemple.fr
zoe,dupont@exemple.fr     → a avant le signe @ un signe interdit : « , » → zoe.dupont@exemple.fr
jean.d’arc@exemple.fr     → a avant le signe @ un signe interdit : « ’ » → jean.d'arc@exemple.fr
zo"e@exemple.fr           → a avant le signe @ un signe interdit : « " » → zoe@exemple.fr
"zoe dupont"@exemple.fr   → commence par un signe de trop : « " » → zoedupont@exemple.fr
zoe@exemple               → n’a pas de domaine complet après le signe @ : il manque par exemple « .fr »
ana@ex_emple.fr           → a dans son domaine « ex_emple.fr » un trait bas « _ », qu’aucun domaine ne peut porter
zoe@-exemple.fr           → a dans son domaine « -exemple.fr » un trait d’union mal placé
zoe@exemple-.fr           → a dans son domaine « exemple-.fr » un trait d’union mal placé
zoe@exemple.f             → a après le signe @ ce qui n’est pas un nom de domaine : « exemple.f »
zoe@127.0.0.1             → a après le signe @ ce qui n’est pas un nom de domaine : « 127.0.0.1 »
zoe@exemple.xn--zzzzzzzz  → a après le signe @ ce qui n’est pas un nom de domaine : « exemple.xn--zzzzzzzz »
zoe@exemple/lyon.fr       → a après le signe @ ce qui n’est pas un nom de domaine : « exemple/lyon.fr »
zoe@[127.0.0.1]           → nomme une machine par son numéro, et non un domaine
"""


def pairs(table: str) -> list[tuple[str, str]]:
    lines = [line.split("→", 1) for line in table.strip("\n").splitlines()]
    return [(re.sub(r"\\(u[0-9a-f]{4}|x[0-9a-f]{2}|n)", lambda m: m[0].encode().decode("unicode_escape"), left), right.strip())
            for left, right in lines]  # fmt: skip


@pytest.mark.parametrize(("typed", "wire"), pairs(ACCEPTED))
def test_an_address_that_people_type_goes_over_the_wire_as(typed: str, wire: str) -> None:
    found = read_address(typed.rstrip(" "))
    assert isinstance(found, Address), found
    assert (found.wire, bool(found)) == (wire, True)


@pytest.mark.parametrize(("typed", "told"), pairs(TOLD))
def test_what_is_no_address_is_told_with_what_to_write(typed: str, told: str) -> None:
    found = read_address(typed.rstrip(" "))
    problem, _, nearest = told.partition(" → ")
    assert isinstance(found, Fault), found
    shown = " ".join(f"« {typed.strip(' ')} » {problem}.".replace("\u00a0", " ").split(" "))
    assert (found.code, found.problem) == ("courriel-illisible", shown)
    if nearest:
        assert found.fix == f"écrivez « {nearest} » si c’est bien cette adresse."
        assert isinstance(read_address(nearest), Address)
    else:
        assert "par exemple zoe.dupont@exemple.fr" in found.fix


@pytest.mark.parametrize(
    ("local", "domain", "accepted"),
    [
        ("z" * 64, "exemple.fr", True),
        ("z" * 65, "exemple.fr", False),
        ("é" * 32, "exemple.fr", True),
        ("é" * 33, "exemple.fr", False),
        ("zoe", "e" * 63 + ".fr", True),
        ("zoe", "e" * 64 + ".fr", False),
        ("z" * 64, ".".join(["e" * 61] * 2 + ["e" * 62]) + ".fr", True),  # 254 octets
        ("z" * 64, ".".join(["e" * 61] + ["e" * 62] * 2) + ".fr", False),
        ("zoe", ".".join(["é" * 30] * 7) + ".fr", False),  # short as typed, too long in ASCII
    ],
)
def test_lengths_are_those_of_the_standard(local: str, domain: str, accepted: bool) -> None:
    assert isinstance(read_address(f"{local}@{domain}"), Address) is accepted


def test_a_blank_is_no_address_and_no_fault() -> None:
    for typed in ("", "  ", "\u200b", "\n\u00a0"):
        assert read_address(typed) is NOWHERE
    assert (bool(NOWHERE), str(NOWHERE), NOWHERE.key, NOWHERE.wire) == (False, "", "", "")


def test_addresses_are_compared_without_case_and_without_the_name() -> None:
    plain, named = read_address("zoe@exemple.fr"), read_address("Zoé Dupont <zoe@exemple.fr>")
    assert plain == named
    assert isinstance(named, Address)
    assert (named.name, str(named)) == ("Zoé Dupont", "zoe@exemple.fr")
    assert unjudged("ZOE@Exemple.fr").key == named.key == "zoe@exemple.fr"


@pytest.mark.parametrize(
    ("text", "shown", "wire"),
    [
        ("", "", ""),
        ("zoe@exemple.fr", "zoe@exemple.fr", "zoe@exemple.fr"),
        ("Zoé <zoe@exemplé.fr>", "zoe@exemplé.fr", "zoe@xn--exempl-gva.fr"),
        ("ana@ex_emple.fr", "ana@ex_emple.fr", ""),
        ("cid@exemple,fr", "cid@exemple,fr", ""),
        ("ni queue ni tête", "ni queue ni tête", ""),
        ("a@x.fr>\r\nRCPT TO:<b@x.fr", "a@x.fr>\r\nRCPT TO:<b@x.fr", ""),
    ],
)
def test_what_a_journal_holds_is_read_back_whatever_it_is(text: str, shown: str, wire: str) -> None:
    found = unjudged(text)
    assert (str(found), found.wire, bool(found)) == (shown, wire, bool(text))


@pytest.mark.parametrize(
    ("typed", "meant"), [("zoe@gmial.com", "gmail.com"), ("zoe@GMAIL.fr", "gmail.com"), ("zoe@sfr.fr", None)]
)
def test_the_slip_of_a_known_domain_is_seen_on_the_value(typed: str, meant: str | None) -> None:
    found = read_address(typed)
    assert isinstance(found, Address)
    assert meant_domain(found) == meant


ODD = st.sampled_from(
    [*" \t\n\r\x00@@..,;:<>()[]\"'’«»_-/\\%+é\u0301\u00a0\u200bßй。ａ😀", "xn--", "mailto:", "ou"]
)
LIKE = st.lists(st.one_of(ODD, st.sampled_from("zoe fr")), max_size=14).map("".join)
NEARLY = st.builds(
    "{}@{}.{}".format, st.text("zo.é_-+'#", max_size=12), st.text("ex-.mé1", max_size=20), st.text("frx1-", max_size=4)
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), LIKE, NEARLY, st.emails()))
@example("a@xn--.fr")
@settings(max_examples=400)
def test_no_text_breaks_the_reader_and_what_it_accepts_reads_back(text: str) -> None:
    found, held = read_address(text), unjudged(text)
    if isinstance(found, Address) and found:
        assert found == held == unjudged(str(found))
        assert read_address(found.wire) == Address(found.local, found.wire_domain, found.wire_domain)
    elif isinstance(found, Fault):
        assert found.problem.endswith(".")
    assert not set(held.wire) & set("\r\n\x00 <>,;")
    assert held.key == unjudged(str(held)).key


@given(st.one_of(LIKE, NEARLY, st.emails(), LIKE.map("Zoé <{}@exemple.fr>".format)))
@settings(max_examples=400)
def test_what_it_accepts_python_accepts_too(text: str) -> None:
    found = read_address(text)
    if not isinstance(found, Address) or not found:
        return
    assert HeaderAddress("", found.local, found.wire_domain).addr_spec == found.wire
    assert parseaddr(found.wire) == ("", found.wire)
    header = HeaderRegistry()("To", found.wire)
    assert [one.addr_spec for one in header.addresses] == [found.wire]
    assert found.needs_smtputf8 or header.defects == ()


@given(st.one_of(LIKE, NEARLY, st.emails()))
@settings(max_examples=400)
def test_what_it_accepts_the_library_email_validator_accepts_too(text: str) -> None:
    judge = pytest.importorskip("email_validator")
    found = read_address(text)
    if isinstance(found, Address) and found and found.wire_domain != "localhost":
        judge.validate_email(found.wire, check_deliverability=False, globally_deliverable=False)
