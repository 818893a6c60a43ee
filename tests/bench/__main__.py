"""`make bench`: filing beside a no-op, the desk over a million complaints, the work list over a
million cases, and a late decree.

One web process; the load comes from this process on the same machine, so absolute figures are
aims and the ratios are what counts. Every pair is measured in turns, A B A B.
"""

from argparse import ArgumentParser

from tests.bench import cases, clocks, desk, filing


def main() -> None:
    asked = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parts = {
        "filing": filing.bench,
        "desk": lambda: desk.bench(wanted.complaints),
        "cases": lambda: cases.bench(wanted.cases),
        "clocks": lambda: clocks.bench(wanted.clocks),
    }
    asked.add_argument("part", nargs="?", choices=list(parts), help="only this one")
    asked.add_argument("--complaints", type=int, default=1_000_000, help="for the desk")
    asked.add_argument("--cases", type=int, default=1_000_000, help="for the work list")
    asked.add_argument("--clocks", type=int, default=100_000, help="open ones, for a late decree")
    wanted = asked.parse_args()
    for name, bench in parts.items():
        if wanted.part in (None, name):
            bench()


if __name__ == "__main__":
    main()
