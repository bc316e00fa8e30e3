"""Documents a second: `python -m benchmarks.documents [--node-modules DIR] [--people 100000] [--pdf 200] [--write docs/performance.md]`.

One run on one core, except for the PDFs; processor time, user and system, so that what else runs on the machine does not
count (the PDFs: seconds on the clock). docxtpl's own loop, our filling and the floor (deflate of the parts that change,
at our level, and one write of the file) are measured on the six shipped templates, the best of five rounds each;
docxtemplater on the same certificate, its conditions taken out and its tags rewritten.

docxtemplater comes from npm, outside the repository: `mkdir peer && cd peer && npm install docxtemplater pizzip`, then
`--node-modules peer`. Without Node or without that folder its row is left out, and the page says why.
"""

import argparse
import io
import json
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from processor.documents.lint import sample
from processor.documents.pdf import pdf
from processor.documents.template.members import LEVEL
from processor.documents.template.template import WordTemplate
from processor.model import DOCUMENTS, Facts, Kind

TEMPLATES = Path(__file__).parents[1] / "templates"
FILES = {kind.slug: kind for kind in DOCUMENTS}
CERTIFICATE = "certificat-realisation"
START, END = "<!-- documents : début -->", "<!-- documents : fin -->"
NODE = """
const fs = require('fs'), PizZip = require('pizzip'), Docxtemplater = require('docxtemplater');
const [,, template, out, data, count] = process.argv;
const values = JSON.parse(fs.readFileSync(data)), content = fs.readFileSync(template);
function fill(n) {
  for (let i = 0; i < n; i++) {
    const doc = new Docxtemplater(new PizZip(content), {linebreaks: true, paragraphLoop: true});
    doc.render(values);
    fs.writeFileSync(out, doc.getZip().generate({type: 'nodebuffer', compression: 'DEFLATE'}));
  }
}
fill(50);
let best = Infinity;
for (let round = 0; round < 5; round++) {
  const start = process.cpuUsage();
  fill(+count);
  const used = process.cpuUsage(start);
  best = Math.min(best, (used.user + used.system) / 1e3 / count);
}
console.log(best);
"""


def best(work: Callable[[], object], times: int, rounds: int = 5) -> float:
    """The milliseconds of processor time of one piece of work, in the best of the rounds."""
    work()
    found = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - start) / times * 1000)
    return min(found)


def compared(name: str, kind: Kind, folder: Path) -> dict[str, float]:
    """docxtpl, ours from a context, ours from the facts, and the floor, in milliseconds a document."""
    from docxtpl import DocxTemplate

    path, out = TEMPLATES / f"{name}.docx", folder / "out.docx"
    facts, values, template = sample.facts(kind), sample.filled(kind), WordTemplate.load(path)

    def by_docxtpl() -> None:
        document = DocxTemplate(path)
        document.render(values, autoescape=True)
        document.save(out)

    people = changing_people(facts)
    changed = changed_parts(template, kind)
    return {
        "docxtpl": best(by_docxtpl, 10),
        "ours": best(lambda: out.write_bytes(template.render(values)), 200),
        "facts": best(lambda: out.write_bytes(template.render(next(people))), 200),
        "floor": best(
            lambda: out.write_bytes(
                template.members.body + b"".join(zlib.compress(part, LEVEL) for part in changed)
            ),
            200,
        ),
    }


def changing_people(facts: Facts):  # type: ignore[no-untyped-def]
    """The same facts for one person after another."""
    number = 0
    while True:
        number += 1
        yield (
            facts
            if facts.person is None
            else replace(
                facts, person=replace(facts.person, first_name=f"Zoé {number}"), number=f"2026-{number:06}"
            )
        )


def changed_parts(template: WordTemplate, kind: Kind) -> list[bytes]:
    """The parts that differ from one person to the next, filled."""
    with zipfile.ZipFile(io.BytesIO(template.render(sample.filled(kind)))) as package:
        return [package.read(part.name) for part, _ in template.parts if not part.marginal]


def by_docxtemplater(modules: Path, folder: Path) -> float:
    """docxtemplater's milliseconds for the same certificate: its conditions taken out, its placeholders renamed."""
    values = {}

    def renamed(_: re.Match[str]) -> str:
        values[f"v{len(values)}"] = "Imprimerie Dupont & Fils"
        return "{" + f"v{len(values) - 1}" + "}"

    template, data, script = folder / "node.docx", folder / "node.json", modules / "seances-benchmark.js"
    with (
        zipfile.ZipFile(TEMPLATES / f"{CERTIFICATE}.docx") as source,
        zipfile.ZipFile(template, "w") as target,
    ):
        for name in source.namelist():
            part = source.read(name).decode() if name.endswith(".xml") else None
            if part is not None:
                part = re.sub(
                    r"<w:tr>(?:(?!</w:tr>).)*{%tr.*?</w:tr>|<w:p>(?:(?!</w:p>).)*{%p.*?</w:p>", "", part
                )
                part = re.sub(r"{{.*?}}", renamed, re.sub(r"{%.*?%}", "", part))
            target.writestr(name, source.read(name) if part is None else part, zipfile.ZIP_DEFLATED)
    data.write_text(json.dumps(values))
    script.write_text(NODE)
    command = ["node", str(script), str(template), str(folder / "node-out.docx"), str(data), "100"]
    done = subprocess.run(command, cwd=modules, capture_output=True, text=True, check=True)
    script.unlink()
    return float(done.stdout)


def many(people: int, folder: Path) -> dict[str, float]:
    """Seconds, milliseconds a document and peak memory of one process that makes so many certificates."""
    code = f"import benchmarks.documents as b; b.fill_many({people}, {str(folder)!r})"
    root = str(Path(__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def fill_many(people: int, folder: str) -> None:
    """Fill the certificate for so many people, from their facts to the file, and print the figures."""
    template = WordTemplate.load(TEMPLATES / f"{CERTIFICATE}.docx")
    facts = changing_people(sample.facts(Kind.CERTIFICATE))
    start = time.process_time()
    for number in range(people):
        Path(folder, f"{number % 100}.docx").write_bytes(template.render(next(facts)))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "each": seconds / people * 1000, "peak": peak}))


def pdfs(count: int, folder: Path) -> dict[str, float]:
    """Seconds for one call a document, and for all of them at once, by LibreOffice."""
    office = pdf.find_office()
    if office is None:
        return {}
    template, facts = (
        WordTemplate.load(TEMPLATES / f"{CERTIFICATE}.docx"),
        changing_people(sample.facts(Kind.CERTIFICATE)),
    )
    files = [folder / f"certificat {number}.docx" for number in range(count)]
    for file in files:
        file.write_bytes(template.render(next(facts)))
    start = time.perf_counter()
    for file in files[:10]:
        pdf.convert([file], folder / "one", office)
    alone = (time.perf_counter() - start) / 10 * count
    start = time.perf_counter()
    made = pdf.convert(files, folder / "all", office)
    assert all(isinstance(result, Path) for result in made.values())
    return {"alone": alone, "together": time.perf_counter() - start, "count": count}


def report(arguments: argparse.Namespace, folder: Path) -> str:
    """The figures as Markdown."""
    rows = {name: compared(name, kind, folder) for name, kind in FILES.items()}
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}; milliseconds of processor time a document.",
        "",
        "| template | docxtpl | ours | times faster | ours, from the facts | floor | ours / floor |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, row in rows.items():
        lines.append(
            f"| {name} | {row['docxtpl']:.1f} | {row['ours']:.3f} | {row['docxtpl'] / row['ours']:.0f} | "
            f"{row['facts']:.3f} | {row['floor']:.3f} | {row['ours'] / row['floor']:.2f} |"
        )
    faster = statistics.median(row["docxtpl"] / row["ours"] for row in rows.values())
    over = statistics.median(row["ours"] / row["floor"] for row in rows.values())
    lines += [f"| **median** | | | **{faster:.0f}** | | | **{over:.2f}** |", ""]
    lines += [of_docxtemplater(arguments.node_modules, rows[CERTIFICATE]["ours"], folder), ""]
    lines += ["| people | seconds | milliseconds each | peak memory (MB) |", "|---|---|---|---|"]
    for people in (count for count in (100, 1_000, 10_000, 100_000) if count <= arguments.people):
        row = many(people, folder)
        lines.append(f"| {people} | {row['seconds']:.2f} | {row['each']:.3f} | {row['peak']:.0f} |")
    done = pdfs(arguments.pdf, folder) if arguments.pdf else {}
    if done:
        lines += [
            "",
            told(done),
        ]
    return "\n".join(lines)


def of_docxtemplater(modules: Path | None, ours: float, folder: Path) -> str:
    """The sentence about docxtemplater, or why it was not measured."""
    if shutil.which("node") is None:
        return "docxtemplater: not measured, Node is not installed."
    if modules is None or not (modules / "node_modules" / "docxtemplater").is_dir():
        return "docxtemplater: not measured, it is not installed (see the head of `benchmarks/documents.py`)."
    known = modules / "node_modules" / "docxtemplater" / "package.json"
    node = by_docxtemplater(modules, folder)
    return (
        f"docxtemplater {json.loads(known.read_text())['version']} on Node, the same certificate: {node:.2f} ms, "
        f"{node / ours:.0f} times ours."
    )


def told(done: dict[str, float]) -> str:
    """The sentence about the PDFs."""
    each = done["together"] / done["count"] * 1000
    return (
        f"PDF of {done['count']:.0f} certificates by LibreOffice: {done['together']:.1f} s together ({each:.0f} ms each), "
        f"{done['alone']:.0f} s with one call each (measured on 10): {done['alone'] / done['together']:.0f} times faster."
    )


def updated(page: str, table: str) -> str:
    """The page of figures with the section Documents made again, or added at its end."""
    section = f"{START}\n{table}\n{END}"
    if START in page:
        before, _, rest = page.partition(START)
        return before + section + rest.partition(END)[2]
    return page.rstrip() + f"\n\n## Documents\n\n`python -m benchmarks.documents`\n\n{section}\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--node-modules", type=Path, help="a folder where docxtemplater and pizzip are installed"
    )
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--pdf", type=int, default=200)
    parser.add_argument("--write", type=Path, help="the page to write the section Documents of")
    parser.add_argument("--folder", type=Path, help="where to write the documents, best in memory")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=arguments.folder))
    try:
        table = report(arguments, folder)
    finally:
        shutil.rmtree(folder)
    print(table)
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8") if arguments.write.exists() else "# Performance\n"
        arguments.write.write_text(updated(page, table), encoding="utf-8")


if __name__ == "__main__":
    main()
