"""How long the claims take: all of the shipped study's in one run, and the slowest by itself, with its readings."""

from __future__ import annotations

from time import perf_counter

from chaikhana.claims.registry import corpora
from chaikhana.claims.testing import Examiner, results
from chaikhana.study.catalogue import open_study


def main() -> None:
    """Print the seconds that all claims take, and the five slowest of them one by one."""
    study = open_study("central-asia")
    found = corpora(study)
    begun = perf_counter()
    tried = results(study, found)
    print(f"{len(tried)} claims: {perf_counter() - begun:.2f} s (at most 8)")
    examiner = Examiner(study)
    taken = {}
    for corpus in found:
        for claim in corpus.claims:
            if claim.testable:
                begun = perf_counter()
                examiner.result(claim, corpus.written)
                taken[claim.id] = perf_counter() - begun
    for id in sorted(taken, key=taken.__getitem__, reverse=True)[:5]:
        print(f"{id:40} {taken[id]:.3f} s (at most 0.5; the first of a kind computes what others share)")


if __name__ == "__main__":
    main()
