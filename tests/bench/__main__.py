"""`make bench`: filing beside a no-op, and the desk over a million complaints.

One web process; the load comes from this process on the same machine, so absolute figures are
aims and the ratios are what counts. Every pair is measured in turns, A B A B.
"""

from argparse import ArgumentParser

from tests.bench import desk, filing


def main() -> None:
    asked = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("part", nargs="?", choices=["filing", "desk"], help="only this one")
    asked.add_argument("--complaints", type=int, default=1_000_000, help="for the desk")
    wanted = asked.parse_args()
    if wanted.part != "desk":
        filing.bench()
    if wanted.part != "filing":
        desk.bench(wanted.complaints)


if __name__ == "__main__":
    main()
