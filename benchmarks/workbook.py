"""The cost of editing large workbooks: python benchmarks/workbook.py [--rows 100000] [--large] prints the table.

Each case runs in a process of its own, which reports its time and the most memory that it held. openpyxl does
the nearest thing that it can: load, set the cells, save (it cannot move rows and shift what points at them).
The floor is inflating and deflating the sheet with zlib at its usual level.
"""

import argparse
import subprocess
import sys
import tempfile
import warnings
import zipfile
import zlib
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
SHEET = "xl/worksheets/sheet1.xml"


def build(path: Path, rows: int) -> None:
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
        data.write_formula(row, 14, f"=I{row + 1}+J{row + 1}", None, row)
    book.close()


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


def run(case: str, path: Path, rows: int) -> None:
    """One case: prints seconds and megabytes; edits of small workbooks are repeated, the quickest counts."""
    from processor.workbook import open_workbook, write_edits

    target = path.with_name("out.xlsx")
    best = float("inf")
    for _ in range(1 if rows > 1000 else 20):
        start = perf_counter()
        if case == "floor":
            floor(path)
        elif case == "openpyxl":
            openpyxl_case(path, target, rows)
        else:
            write_edits(open_workbook(path), edits(case, rows), target)
        best = min(best, perf_counter() - start)
    print(f"{best:.4f} {most_memory()}")


def most_memory() -> int:
    """Megabytes held at most by this process (Linux counts anew in each program, getrusage does not)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measured(case: str, path: Path, rows: int) -> tuple[float, int]:
    command = [sys.executable, __file__, "--case", case, "--file", str(path), "--rows", str(rows)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(out[0]), int(out[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--large", action="store_true", help="also 1,000,000 rows")
    parser.add_argument("--case")
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    if given.case:
        run(given.case, given.file, given.rows)
        return
    print("| rows | case | seconds | MB |\n|---|---|---|---|")
    full = ["floor", "openpyxl", "set 1", "set 1,000", "delete 1", "move 500", "set 1,000 and move 500"]
    sizes = [(60, ["set 1"]), (given.rows, full)]
    if given.large:
        sizes.append((1_000_000, ["floor", "set 1,000", "delete 1", "set 1,000 and move 500"]))
    with tempfile.TemporaryDirectory() as folder:
        for rows, cases in sizes:
            path = Path(folder) / f"{rows}.xlsx"
            build(path, rows)
            for case in cases:
                seconds, megabytes = measured(case, path, rows)
                print(f"| {rows:,} | {case} | {seconds:.4g} | {megabytes} |", flush=True)
            print(f"| {rows:,} | (size of the file) | | {path.stat().st_size / 1e6:.1f} |", flush=True)


if __name__ == "__main__":
    main()
