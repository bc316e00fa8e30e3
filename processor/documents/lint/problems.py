"""What is wrong with a template, told in French to the person who mends it."""

from collections.abc import Iterable
from dataclasses import dataclass

from processor.model.catalogue import say
from processor.model.findings import Code, Finding, Severity, sentence


@dataclass(frozen=True)
class Problem:
    """One cause in one template: what is wrong, why it matters, what to do.

    `near` is the nearest accepted name, `place` says where it stands (« corps du document, dans un tableau »), `text`
    is what is written around it, `serious` is false for a mere note that prevents nothing.
    """

    code: Code
    problem: str
    why: str
    fix: str
    near: str = ""
    place: str = ""
    text: str = ""
    serious: bool = True

    @classmethod
    def of(
        cls,
        code: Code,
        variant: str = "",
        /,
        *,
        at: tuple[str, str] = ("", ""),
        near: str = "",
        serious: bool = True,
        **values: object,
    ) -> "Problem":
        """The problem of a code in the words of the catalogue, as `Finding.of` finds them.

        `at` is where it stands and what is written there; `near` is a value of the sentences too.
        """
        values["near"] = near
        problem, why, fix = (sentence(code, variant, part, values) for part in ("problem", "why", "fix"))
        return cls(code, problem, why, fix, near, *at, serious)

    def finding(self, sheet: str = "", row: int = 0, cell: str = "", header: str = "") -> Finding:
        """The same as a finding of the house, at the place of the workbook that names the template.

        >>> Problem("balise-inconnue", "« seance.nim » n'existe pas.", "…", "écrivez « seance.nom ».").finding().fix
        'écrivez « seance.nom ».'
        """
        severity = Severity.ROW if self.serious else Severity.NOTE
        where = f" ({self.place})" if self.place else ""
        around = " " + say("template.around", text=self.text) if self.text else ""
        problem = f"{self.problem.removesuffix('.')}{where}.{around}"
        return Finding(self.code, severity, problem, self.why, self.fix, sheet, row, cell, header)


def problem_text(problem: Problem) -> str:
    """The problem laid out for the person who mends the template.

    >>> print(problem_text(Problem("balise-inconnue", "« seance.nim » n'existe pas.", "un trou.", "écrivez « seance.nom ».",
    ...     place="en-tête", text="Le {{ seance.nim }}")))
    À corriger — en-tête
      Problème : « seance.nim » n'existe pas.
      Texte    : « Le {{ seance.nim }} »
      Pourquoi : un trou.
      Que faire : écrivez « seance.nom ».  [balise-inconnue]
    """
    head = say("template.serious") if problem.serious else Severity.NOTE.label
    return say(
        "finding.text" if problem.text else "finding",
        head=f"{head} — {problem.place}" if problem.place else head,
        problem=problem.problem,
        text=problem.text,
        why=problem.why,
        fix=problem.fix,
        code=problem.code,
    )


class TemplateProblem(Exception):
    """A template cannot be filled; `problems` say why. Nothing was made."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.problem for problem in self.problems))


class BadTemplate(TemplateProblem):
    """A file that is no usable template at all."""
