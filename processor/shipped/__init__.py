"""What the product brings along: the Word templates and the sample workbooks."""

from pathlib import Path


def folder(name: str) -> Path:
    """The folder `templates` or `sample_workbooks`: inside the installed package, or at the top of the source tree."""
    installed = Path(__file__).parent / name
    return installed if installed.is_dir() else Path(__file__).parent.parent.parent / name
