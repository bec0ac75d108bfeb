"""Who has which problem: no customer the same one twice, and open tickets as different as can be."""

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from cli.demo.cast import SOLVED, Part, cast
from cli.demo.companies import Company, colleagues, company
from cli.demo.texts import Filler, Problem, problems

VERSIONS = ("2.54.4", "2.57.0", "2.58.3", "3.1.2", "3.2.0")


@dataclass(frozen=True, slots=True)
class Role:
    """A part with its problem; `use` counts the tickets about that problem before this one."""

    part: Part
    problem: Problem
    use: int

    @property
    def subject(self) -> str:
        """The subject, not filled yet."""
        return self.problem.subjects[self.use]

    @property
    def opening(self) -> str:
        """What the customer writes first, not filled yet."""
        return self.problem.openings[self.problem.opens[self.use]]


class Casting:
    """Gives out problems, evenly."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._uses: Counter[str] = Counter()
        self._open: Counter[str] = Counter()
        self._had: set[tuple[str, str]] = set()

    def roles(self) -> list[Role]:
        """Everyone's role; the same for the same chance."""
        return [self._role(part) for part in cast(self._chance)]

    def _role(self, part: Part) -> Role:
        problem = self._choose(part)
        use = self._uses[problem.id]
        self._uses[problem.id] += 1
        self._open[problem.id] += part.state != SOLVED
        self._had.add((part.company, problem.id))
        if part.state == SOLVED and part.severity not in problem.severities:
            part = replace(part, severity=max(problem.severities))
        return Role(part, problem, use)

    def _choose(self, part: Part) -> Problem:
        if part.problem:
            return next(problem for problem in problems() if problem.id == part.problem)
        held = company(part.company)
        fitting = [problem for problem in problems() if self._fits(problem, part, held)]
        if not fitting:
            fitting = [problem for problem in problems() if self._fits(problem, part, held, strict=False)]
        return min(fitting, key=lambda problem: (*self._load(problem, part), self._chance.random()))

    def _load(self, problem: Problem, part: Part) -> tuple[int, float]:
        now = self._open[problem.id] if part.state != SOLVED else 0
        return now, self._uses[problem.id] / problem.most_uses

    def _fits(self, problem: Problem, part: Part, held: Company, strict: bool = True) -> bool:
        severe = problem.severities == (1,)
        if problem.once or self._uses[problem.id] >= problem.most_uses or (part.company, problem.id) in self._had:
            return False
        if problem.queue != part.queue or problem.where not in ("", held.deployment) or severe != (part.severity == 1):
            return False
        return part.severity in problem.severities or not strict


def filler(role: Role, contact: str, moment: dict[str, str], chance: Random) -> Filler:
    """Fills the role's texts with the facts of its customer and moment."""
    held = company(role.part.company)
    first_app = chance.randrange(len(held.apps))
    others = [name for name in held.contacts if name != contact]
    older = chance.randrange(len(VERSIONS) - 1)
    facts = {
        "customer": held.name,
        "site": held.site,
        "domain": f"login.{held.site}",
        "domain2": f"id.{held.site}",
        "region": held.region.upper(),
        "cluster": held.cluster or f"{held.key}-{held.region}",
        "app": held.apps[first_app],
        "app2": held.apps[(first_app + 1) % len(held.apps)],
        "idp": held.idp,
        "version": VERSIONS[older],
        "newer": VERSIONS[older + 1],
        "contact2": chance.choice(others).split()[0],
    }
    return Filler(role.problem, facts | moment, chance)


def engineers() -> list[str]:
    """The logins of those who answer most tickets."""
    return [person.login for person in colleagues() if person.role in ("lead", "engineer")]
