# ruff: noqa: PLC0415  what a command needs is imported when it runs, so that --help is quick
"""The commands of the open logs: for who keeps them, and for whoever does not want to trust us."""

from pathlib import Path
from typing import Annotated, TypeAlias
from uuid import UUID

import typer

from app.ledger.rules.logs import LogName

ledger = typer.Typer(help="Log terbuka · the open logs", no_args_is_help=True)
verify = typer.Typer(
    help="Hitung ulang dan periksa bukti · count again and check proofs", no_args_is_help=True
)
witness = typer.Typer(
    help="Saksi di kantor mitra · a witness in a partner office", no_args_is_help=True
)

Data: TypeAlias = Annotated[Path | None, typer.Option(help="Folder data · data folder")]
LogKeys: TypeAlias = Annotated[
    list[str],
    typer.Option("--key", help="Kunci log, lalu yang lama · keys of the log, the newest first"),
]
Witnesses: TypeAlias = Annotated[
    list[str] | None, typer.Option("--witness", help="Kunci saksi, boleh berulang · their keys")
]
Quorum: TypeAlias = Annotated[
    int, typer.Option(min=0, help="Jumlah saksi yang diperlukan · how many it takes")
]
LogSource: TypeAlias = Annotated[
    str, typer.Argument(help="Alamat log atau folder salinannya · address of a log, or a folder")
]
Name: TypeAlias = Annotated[str, typer.Option(help="Nama saksi · such as kantor.example/saksi")]
State: TypeAlias = Annotated[
    Path, typer.Option("--state", help="Folder kunci dan titik periksa · key and last checkpoint")
]


@ledger.command("rotate-key")
def rotate_key(
    log: Annotated[LogName, typer.Argument(help="Nama log · name of the log")],
    *,
    data: Data = None,
) -> None:
    """Ganti kunci yang menandatangani log selagi layanan berjalan · replace the key that signs a
    log, while the service runs."""
    from app.cli.connection import connected
    from app.cli.log_keys import rotate_log_key

    with connected(data) as settings:
        rotate_log_key(settings, log)


@verify.command("log")
def verify_log(  # noqa: PLR0913  the options of one command
    source: LogSource,
    *,
    key: LogKeys,
    witness: Witnesses = None,
    quorum: Quorum = 0,
    saved: Annotated[
        list[Path] | None,
        typer.Option(help="Titik periksa lama, boleh berulang · checkpoints kept from before"),
    ] = None,
    declaration: Annotated[
        UUID | None, typer.Option(help="Deklarasi ini saja · this declaration alone")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Tanpa menghitung · a log of other leaves")
    ] = False,
) -> None:
    """Hitung ulang seluruh log dari daunnya · recount a log from its leaves alone."""
    from app.cli.log_source import Source
    from app.cli.verifying import Counting, Trust, answer, check_log

    trust, counting = Trust(key, witness or [], quorum), Counting(declaration, plain)
    raise typer.Exit(answer(lambda: check_log(Source(source), trust, saved or [], counting)))


@verify.command("proof")
def verify_proof(
    file: Annotated[Path, typer.Argument(help="Berkas .tlog-proof · a kept proof")],
    *,
    key: LogKeys,
    witness: Witnesses = None,
    quorum: Quorum = 0,
    opening: Annotated[
        Path | None, typer.Option(help="Pembuka daun, JSON · what the leaf commits to")
    ] = None,
) -> None:
    """Periksa bukti tanpa jaringan · check a kept proof offline."""
    from app.cli.verifying import Trust, answer, check_proof

    trust = Trust(key, witness or [], quorum)
    raise typer.Exit(answer(lambda: check_proof(file, trust, opening)))


@verify.command("consistency")
def verify_consistency(  # noqa: PLR0913  the options of one command
    source: LogSource,
    new: Annotated[Path, typer.Argument(help="Titik periksa baru · the newer checkpoint")],
    old: Annotated[Path, typer.Argument(help="Titik periksa lama · the older checkpoint")],
    *,
    key: LogKeys,
    witness: Witnesses = None,
    quorum: Quorum = 0,
) -> None:
    """Periksa bahwa log hanya bertambah · see that a log only grew between two checkpoints."""
    from app.cli.log_source import Source
    from app.cli.verifying import Trust, answer, check_consistency

    trust = Trust(key, witness or [], quorum)
    raise typer.Exit(answer(lambda: check_consistency(Source(source), trust, new, old)))


@verify.command("journal")
def verify_journal(
    key: Annotated[
        list[str] | None, typer.Option("--key", help="Kunci log jurnal · its keys")
    ] = None,
    saved: Annotated[
        list[Path] | None,
        typer.Option(help="Titik periksa lama, boleh berulang · checkpoints kept from before"),
    ] = None,
    data: Data = None,
) -> None:
    """Cari entri jurnal yang diubah, dihapus, atau disisipkan · find what was done to the journal
    in the database; checkpoints kept elsewhere (with the key) also show a log rewritten whole."""
    from app.cli.journal import audit_journal

    raise typer.Exit(audit_journal(data, key or [], saved or []))


@witness.command("cosign")
def cosign(
    source: Annotated[str, typer.Argument(help="Alamat log · address of a log")],
    *,
    key: LogKeys,
    name: Name,
    state: State,
) -> None:
    """Satu putaran untuk cron: 0 ditandatangani, 1 ditolak, 2 tak terjangkau · one round, by cron:
    0 cosigned, 1 refused, 2 out of reach."""
    from app.cli.verifying import Trust
    from app.cli.witnessing import witness

    raise typer.Exit(witness(source, Trust(key, (), 0), name, state))


@witness.command("key")
def show_witness_key(*, name: Name, state: State) -> None:
    """Tampilkan kunci saksi, dibuat bila belum ada · show the witness's key, made if missing."""
    from app.cli.witnessing import show_key

    raise typer.Exit(show_key(name, state))
