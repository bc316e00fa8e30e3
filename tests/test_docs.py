"""The pages that are made from the code say what the code says."""

import importlib.util
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def test_the_page_of_the_workbook_is_made_from_the_table_of_columns() -> None:
    spec = importlib.util.spec_from_file_location("make", DOCS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert (DOCS / "classeur.md").read_text("utf-8") == made.page(), "run: python docs/make.py"


def test_the_links_of_the_readme_lead_somewhere() -> None:
    import re

    readme = (DOCS.parent / "README.md").read_text("utf-8")
    missing = [
        link
        for link in re.findall(r"\]\(([^)#]+)\)", readme)
        if "://" not in link and not (DOCS.parent / link).exists()
    ]
    assert not missing
