"""What the operator sees: Indonesian first, English beside it, an error on its own stream."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.core.texts import Text

PAGES = {
    "/": Text("dasbor", "dashboard"),
    "/docs": Text("dokumentasi API", "API documentation"),
    "/openapi.json": Text("kontrak API", "the contract"),
    "/healthz": Text("keadaan layanan", "state of the service"),
}

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: Text, style: str = "", to: Console = console) -> None:
    to.print(f"{escape(text.id)} [dim]· {escape(text.en)}[/dim]", style=style)


def fail(text: Text) -> NoReturn:
    say(text, "bold red", errors)
    raise SystemExit(1)


@contextmanager
def progress() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """Show one bar for each set of data that is loaded."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as bars:

        def begin(name: str) -> Callable[[int, int], None]:
            bar = bars.add_task(name, total=None)
            return lambda done, whole: bars.update(bar, completed=done, total=whole)

        yield begin


def announce(address: str, data: Path) -> None:
    """Say where the service is reached and where its data lies."""
    say(Text("Netra siap melayani.", "Netra is ready."), "bold green")
    for path, meaning in PAGES.items():
        console.print(f"  {address}{path:<14} [dim]{meaning.id} · {meaning.en}[/dim]")
    console.print(f"  {escape(str(data))}  [dim]data dan kunci · data and keys[/dim]")
