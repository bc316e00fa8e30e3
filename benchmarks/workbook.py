"""The cost of editing large workbooks: python benchmarks/workbook.py [--rows 100000] [--large] prints the tables.

Each case runs in a process of its own, which reports its time and the most memory that it held. openpyxl does
the nearest thing that it can: load, set the cells, save (it cannot move rows and shift what points at them).
The floor is inflating and deflating the sheet with zlib at its usual level.

`--shapes [PAIRS]`: one row for each kind of formula in the last column, 1,000 cells set and 500 rows moved, in processor
time; ours and openpyxl's load and save run by turns, so that other work on the machine falls on both; medians of the pairs.
Then reading all cells, beside python-calamine.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
SHEET = "xl/worksheets/sheet1.xml"


SHAPES: dict[str, Callable[[int], str]] = {
    "cells of the row": lambda row: f"=I{row}+J{row}",
    "numbers and texts in it": lambda row: f'=IF(K{row}>5,J{row}/(I{row}+1)*100,"à voir")',
    "structured references": lambda _: "=T_data[[#This Row],[C8]]*T_data[[#This Row],[C9]]",
    "absolute and mixed": lambda row: f"=I{row}*$B$2+J$3-$K{row}",
    "the row above": lambda row: f"=N(O{row - 1})+I{row}" if row > 2 else "=I2",
    "shared": lambda row: f"=I{row}+J{row}*2",
    "array": lambda row: f"{{=SUM(I{row}:J{row}*2)}}",
}


def build(path: Path, rows: int, shape: str = "cells of the row") -> None:
    """A table of 15 columns: a number, a moment, 6 texts, 6 numbers, a formula; and a second small table."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    data, done = book.add_worksheet("Data"), book.add_worksheet("Done")
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    columns = [{"header": f"C{number}"} for number in range(15)]
    data.add_table(0, 0, rows, 14, {"name": "T_data", "columns": columns})
    done.add_table(0, 0, 3, 14, {"name": "T_done", "columns": columns})
    for row in range(1, rows + 1):
        data.write_number(row, 0, row)
        data.write_datetime(row, 1, datetime(2026, 1, 1, 9) + timedelta(hours=row % 9000), moment)
        for column in range(2, 8):
            data.write_string(row, column, f"texte {row * 7 % 5000} {column}")
        for column in range(8, 14):
            data.write_number(row, column, row * column / 7)
        text = SHAPES[shape](row + 1)
        if text.startswith("{"):
            data.write_array_formula(row, 14, row, 14, text, None, row)
        else:
            data.write_formula(row, 14, text, None, row)
    book.close()
    if shape == "shared":
        share(path, rows)


def share(path: Path, rows: int) -> None:
    """The formulas of column O shared from the first, as Excel writes a column that was filled down."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    first, *rest = re.split(rb"<f>[^<]+</f>", parts[SHEET])
    head = f'<f t="shared" ref="O2:O{rows + 1}" si="0">I2+J2*2</f>'.encode()
    parts[SHEET] = first + head + b'<f t="shared" si="0"/>'.join(rest)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def edits(case: str, rows: int) -> list:
    from processor.workbook import DeleteRows, MoveRows, SetCell

    step = max(rows // 1000, 1)
    cells = [SetCell("Data", 2 + step * n, 4, f"neuf {n}") for n in range(min(1000, rows - 2))]
    moved = tuple(range(3, rows, max(rows // 500, 1)))[:500]
    move = MoveRows("Data", moved, "Done", 1, {n: n for n in range(1, 16)})
    one = [SetCell("Data", rows // 2, 4, "neuf")]
    cases = {
        "set 1": one,
        "set 1,000": cells,
        "delete 1": [DeleteRows("Data", (rows // 2,))],
        "move 500": [move],
    }
    return cases.get(case, [*cells, move])


def floor(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        content = archive.read(SHEET)
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    deflate.compress(content)
    deflate.flush()


def openpyxl_case(path: Path, target: Path, rows: int) -> None:
    import openpyxl

    warnings.simplefilter("ignore")
    book = openpyxl.load_workbook(path)
    for edit in edits("set 1,000", rows):
        book["Data"].cell(edit.row, edit.column).value = edit.value
    book.save(target)


def read_all(path: Path) -> None:
    from processor.workbook import open_workbook

    assert sum(len(cells) for _, cells in open_workbook(path).sheet("Data").rows()) > 0


def read_by_calamine(path: Path) -> None:
    import python_calamine

    assert python_calamine.load_workbook(path).get_sheet_by_name("Data").to_python()


def work(case: str, path: Path, rows: int) -> None:
    from processor.workbook import open_workbook, write_edits

    target = path.with_name("out.xlsx")
    if case == "floor":
        floor(path)
    elif case == "openpyxl":
        openpyxl_case(path, target, rows)
    elif case == "read":
        read_all(path)
    elif case == "calamine":
        read_by_calamine(path)
    else:
        write_edits(open_workbook(path), edits(case, rows), target)


def run(case: str, path: Path, rows: int) -> None:
    """One case: prints seconds, those of the processor and megabytes; small workbooks are repeated, the quickest counts."""
    import_module({"openpyxl": "openpyxl", "calamine": "python_calamine"}.get(case, "processor.workbook"))
    best, quickest = float("inf"), float("inf")
    for _ in range(1 if rows > 1000 else 20):
        start, used = perf_counter(), process_time()
        work(case, path, rows)
        best, quickest = min(best, perf_counter() - start), min(quickest, process_time() - used)
    print(f"{best:.4f} {quickest:.4f} {most_memory()}")


def most_memory() -> int:
    """Megabytes held at most by this process (Linux counts anew in each program, getrusage does not)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measured(case: str, path: Path, rows: int) -> tuple[float, float, int]:
    """Seconds, seconds of the processor, megabytes."""
    command = [sys.executable, __file__, "--case", case, "--file", str(path), "--rows", str(rows)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(out[0]), float(out[1]), int(out[2])


def paired(case: str, peer: str, path: Path, rows: int, pairs: int) -> str:
    """A row of the table: what both cost, by turns, and how many times ours the peer's is."""
    found = [(measured(case, path, rows), measured(peer, path, rows)) for _ in range(pairs)]
    ours, theirs = (median(pair[side][1] for pair in found) for side in (0, 1))
    times = median(pair[1][1] / pair[0][1] for pair in found)
    memory = [max(pair[side][2] for pair in found) for side in (0, 1)]
    return (
        f"{ours:.2f} | {theirs:.2f} | {times:.1f} | {memory[0]} | {memory[1]} | {memory[1] / memory[0]:.1f} |"
    )


def shapes(folder: Path, rows: int, pairs: int) -> None:
    print(
        "| formulas | ours, s | openpyxl, s | times | ours, MB | openpyxl, MB | times |\n|---|---|---|---|---|---|---|"
    )
    for shape in SHAPES:
        path = folder / "shape.xlsx"
        build(path, rows, shape)
        row = paired("set 1,000 and move 500", "openpyxl", path, rows, pairs)
        print(f"| {shape} | {row}", flush=True)
    build(path, rows)
    print(
        f"| (reading all cells; beside calamine) | {paired('read', 'calamine', path, rows, pairs)}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--large", action="store_true", help="also 1,000,000 rows")
    parser.add_argument("--shapes", type=int, nargs="?", const=3, metavar="PAIRS")
    parser.add_argument("--case")
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.case:
            run(given.case, given.file, given.rows)
        elif given.shapes:
            shapes(Path(folder), given.rows, given.shapes)
        else:
            sizes(Path(folder), given.rows, given.large)


def sizes(folder: Path, most: int, large: bool) -> None:
    print("| rows | case | seconds | MB |\n|---|---|---|---|")
    full = ["floor", "openpyxl", "set 1", "set 1,000", "delete 1", "move 500", "set 1,000 and move 500"]
    asked = [(60, ["set 1"]), (most, full)]
    if large:
        asked.append((1_000_000, ["floor", "set 1,000", "delete 1", "set 1,000 and move 500"]))
    for rows, cases in asked:
        path = folder / f"{rows}.xlsx"
        build(path, rows)
        for case in cases:
            seconds, _, megabytes = measured(case, path, rows)
            print(f"| {rows:,} | {case} | {seconds:.4g} | {megabytes} |", flush=True)
        print(f"| {rows:,} | (size of the file) | | {path.stat().st_size / 1e6:.1f} |", flush=True)


if __name__ == "__main__":
    main()
