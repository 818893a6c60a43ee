"""Options that many commands share."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Data: TypeAlias = Annotated[
    Path | None,
    typer.Option("--data", help="Folder data server basis data dan kunci · NETRA_DATA, else .data"),
]
