"""How much remembering saves: a grid of specifications judged with memory, over the same judged one by one, in one run."""

from __future__ import annotations

from datetime import date
from time import perf_counter

from chaikhana.frameworks import catalogue, running
from chaikhana.frameworks.robustness import robust
from chaikhana.study.catalogue import open_study

SPECIFICATIONS = 1000
DAY = date(2018, 12, 31)


def main() -> None:
    """Print a line for each framework: seconds with memory, and how many times longer it takes without."""
    study = open_study("central-asia")
    print(f"{'framework':34} {'seconds':>8} {'without memory':>15}")
    for framework in catalogue.FRAMEWORKS:
        subject = framework.subjects(study)[0]
        facts = running.gathered(framework, study, subject, DAY)
        begun = perf_counter()
        found = robust(framework, study, subject, DAY, most=SPECIFICATIONS, readings=False, facts=facts)
        remembered = perf_counter() - begun
        begun = perf_counter()
        for point in found.curve:
            framework.judge(facts, point.chosen)
        plain = perf_counter() - begun
        print(f"{framework.name:34} {remembered:8.2f} {plain / remembered:14.1f}x")


if __name__ == "__main__":
    main()
