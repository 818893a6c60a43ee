"""Asking one question after the other, each beside a read by primary key through the same door."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from rich.table import Table

from tests.bench.load import HOST, read_answer
from tests.bench.serving import show


class Line:
    """One kept-alive connection of one officer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def ask(
        self, path: str, body: Any, headers: Mapping[str, str], method: str | None = None
    ) -> float:
        """Milliseconds until the whole answer is there; without a method, POST where there is a
        body and GET where there is none."""
        sent = b"" if body is None else json.dumps(body).encode()
        lines = [
            f"{method or ('POST' if sent else 'GET')} {path} HTTP/1.1",
            f"Host: {HOST}",
            *(f"{name}: {value}" for name, value in headers.items()),
            *(["Content-Type: application/json", f"Content-Length: {len(sent)}"] if sent else []),
        ]
        began = perf_counter()
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + sent)
        status = await read_answer(self.reader)
        took = 1_000 * (perf_counter() - began)
        assert status in (200, 201), f"{path}: {status}"
        return took


def p99(taken: Sequence[float]) -> float:
    return quantiles(taken, n=100)[98]


@dataclass
class Taken:
    question: list[float]
    key: list[float]

    def row(self) -> tuple[str, ...]:
        ratio = median(self.question) / median(self.key)
        return f"{median(self.question):.1f}", f"{p99(self.question):.1f}", f"{ratio:.1f}"


def report(taken: Mapping[Any, Taken]) -> None:
    table = Table("", "office", "p50 ms", "p99 ms", "of a key read")
    for question, each in taken.items():
        table.add_row(question.name, question.office, *each.row())
    keys = Taken([], [ms for each in taken.values() for ms in each.key])
    table.add_row("key read", "", f"{median(keys.key):.1f}", f"{p99(keys.key):.1f}", "1.0")
    show.print(table)
