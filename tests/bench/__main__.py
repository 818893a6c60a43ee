"""`make bench`: filing beside a no-op, the desk over a million complaints, and the work list
over a million cases.

One web process; the load comes from this process on the same machine, so absolute figures are
aims and the ratios are what counts. Every pair is measured in turns, A B A B.
"""

from argparse import ArgumentParser

from tests.bench import cases, desk, filing


def main() -> None:
    asked = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("part", nargs="?", choices=["filing", "desk", "cases"], help="only this one")
    asked.add_argument("--complaints", type=int, default=1_000_000, help="for the desk")
    asked.add_argument("--cases", type=int, default=1_000_000, help="for the work list")
    wanted = asked.parse_args()
    if wanted.part in (None, "filing"):
        filing.bench()
    if wanted.part in (None, "desk"):
        desk.bench(wanted.complaints)
    if wanted.part in (None, "cases"):
        cases.bench(wanted.cases)


if __name__ == "__main__":
    main()
