"""Templates that put other files into the document: they go through docxtpl itself, because its objects need it.

`{{p inserer("conditions.docx") }}` puts a Word file of the templates' folder in the place of its paragraph;
`{{ image("plan.png", 8) }}` a picture of that folder, 8 cm wide. It is the template that decides: a template that uses
neither stays on the fast path, and nobody who asks for a document needs to know.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from processor.documents.lint.problems import Problem, TemplateProblem
from processor.documents.template.package import check_package, read_file

INSERT, PICTURE = "inserer", "image"
_LARGEST_PICTURE = 20_000_000
_WIDEST = 50  # cm
_ENDINGS = {"document": (".docx",), "format": (".png", ".jpg", ".jpeg")}


@dataclass(frozen=True)
class Maker:
    """What a template may call to put a file into the document: the sandbox lets these through, and nothing else."""

    make: Callable[..., str]

    def __call__(self, *args: Any) -> Markup:
        """The XML of what is inserted, which is escaped no more."""
        return Markup(self.make(*args))  # noqa: S704 (docxtpl made it, from a file that was checked)


def is_live(tree: Any) -> bool:
    """Whether a parsed part of a template calls one of the two words."""
    from jinja2 import nodes

    return any(getattr(call.node, "name", "") in (INSERT, PICTURE) for call in tree.find_all(nodes.Call))


def render(package: bytes, folder: Path, values: Mapping[str, Any], environment: Any) -> bytes:
    """The document filled by docxtpl with the values, in the environment given.

    Raises TemplateProblem for a file that is not in the folder, or that is no Word file or picture.
    """
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(package))
    makers = {INSERT: Maker(_inserting(template, folder)), PICTURE: Maker(_showing(template, folder))}
    template.render({**values, **makers}, jinja_env=environment)
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


def _inserting(template: Any, folder: Path) -> Callable[..., str]:
    def insert(name: Any) -> str:
        path = _file_of(folder, name, "document")
        data = read_file(path)
        check_package(path, data)
        return str(template.new_subdoc(io.BytesIO(data)))

    return insert


def _showing(template: Any, folder: Path) -> Callable[..., str]:
    def show(name: Any, width: Any = None) -> str:
        from docx.image.exceptions import UnrecognizedImageError
        from docx.shared import Cm
        from docxtpl import InlineImage

        path = _file_of(folder, name, "format")
        wide = Cm(min(max(float(width), 0.1), _WIDEST)) if isinstance(width, int | float) else None
        try:
            return str(InlineImage(template, str(path), width=wide))
        except UnrecognizedImageError as error:
            raise _unusable(name, "picture") from error

    return show


def _file_of(folder: Path, name: Any, sort: str) -> Path:
    """The file of that plain name and sort in the folder; never one that stands elsewhere."""
    path = folder / str(name)
    if not isinstance(name, str) or path.name != name or path.resolve().parent != folder.resolve():
        raise _unusable(name, "elsewhere")
    if path.suffix.lower() not in _ENDINGS[sort]:
        raise _unusable(name, sort)
    if not path.is_file() or path.stat().st_size > _LARGEST_PICTURE:
        raise _unusable(name, "absent")
    return path


def _unusable(name: Any, fault: str) -> TemplateProblem:
    return TemplateProblem([Problem.of("modele-inutilisable", f"inserted.{fault}", name=str(name)[:80])])
