"""PDF of many certificates: one call of LibreOffice a document against ours. `python benchmarks/pdf.py [COUNT] [SINGLE]`.

The peer keeps its profile from call to call, warmed by one call that does not count: what a script on a server does. Its
calls are counted by SINGLE documents (all of COUNT would take minutes) and told as seconds a document.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from processor.documents.lint import sample
from processor.documents.pdf import pdf
from processor.documents.template.template import WordTemplate
from processor.model import Kind
from processor.proof.statement import signed, statement_of

TEMPLATE = Path(__file__).parent.parent / "templates" / "certificat-realisation.docx"


def certificates(folder: Path, count: int) -> list[Path]:
    """Signed certificates with a QR code, each of another person and number."""
    key, template, files = Ed25519PrivateKey.generate(), WordTemplate.load(TEMPLATE), []
    for number in range(1, count + 1):
        facts = sample.facts(Kind.CERTIFICATE)
        assert facts.person is not None
        person = replace(facts.person, last_name=f"Dupont {number}")
        facts = replace(facts, person=person, number=f"2026-{number:06}")
        facts = replace(facts, seal=signed(statement_of(facts), key))
        files.append(folder / f"certificat-{number:04}.docx")
        files[-1].write_bytes(template.render(facts))
    return files


def one_call_each(office: Path, files: list[Path], folder: Path) -> float:
    """Seconds a document of one call each, one after the other, with a warm profile."""
    command = [
        str(office), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
        "--outdir", str(folder / "each"),
    ]  # fmt: skip
    subprocess.run([*command, str(files[0])], check=True, capture_output=True)
    start = time.perf_counter()
    for file in files[1:]:
        subprocess.run([*command, str(file)], check=True, capture_output=True)
    return (time.perf_counter() - start) / (len(files) - 1)


def work() -> float:
    """Processor seconds of this process and of the ones it waited for: what other work on the machine does not change."""
    return sum(
        one.ru_utime + one.ru_stime
        for one in (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def main() -> None:
    count, single = (int(one) for one in (*sys.argv[1:], "200", "10")[:2]) if len(sys.argv) > 2 else (200, 10)
    office = pdf.find_office()
    if office is None:
        raise SystemExit("LibreOffice is not on this machine")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.perf_counter()
        files = certificates(folder, count)
        filled = time.perf_counter() - start
        before = work()
        each = one_call_each(office, files[: single + 1], folder)
        call = (work() - before) / (single + 1)
        start, before = time.perf_counter(), work()
        made = pdf.convert(files, folder / "ours", office)
        ours, spent = time.perf_counter() - start, work() - before
        assert all(isinstance(one, Path) for one in made.values())
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        print(f"fill, sign, QR: {filled / count * 1000:.1f} ms a document")
        print(
            f"one call each ({single} documents): {each:.2f} s a document, {each * count:.0f} s for {count}"
        )
        print(
            f"ours ({count} documents, results read): {ours:.1f} s, {ours / count * 1000:.0f} ms a document"
        )
        print(f"ratio: {each * count / ours:.1f}")
        print(
            f"processor time a document: {call:.2f} s one call each, {spent / count:.3f} s ours, ratio {call * count / spent:.1f}"
        )


if __name__ == "__main__":
    main()
