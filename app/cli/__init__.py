# ruff: noqa: PLC0415  what a command needs is imported when it runs, so that --help is quick
"""The command line."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from app.cli.figures import stats
from app.cli.ledger import ledger, verify, witness
from app.cli.options import Data
from app.core.actors import Permission, Role

netra = typer.Typer(
    help="Netra: netralitas ASN dalam pemilihan.", no_args_is_help=True, add_completion=False
)
officer = typer.Typer(help="Akun petugas · accounts of officers", no_args_is_help=True)
client = typer.Typer(help="Akun sistem lain · machine clients", no_args_is_help=True)
complaints = typer.Typer(help="Aduan · complaints", no_args_is_help=True)
netra.add_typer(officer, name="officer")
netra.add_typer(client, name="client")
keys = typer.Typer(help="Kunci enkripsi · keys of encryption", no_args_is_help=True)
netra.add_typer(keys, name="keys")
netra.add_typer(complaints, name="complaints")
clocks = typer.Typer(help="Jangka waktu · deadlines", no_args_is_help=True)
netra.add_typer(clocks, name="clocks")
netra.add_typer(ledger, name="ledger")
netra.add_typer(verify, name="verify")
netra.add_typer(witness, name="witness")
netra.add_typer(stats, name="stats")

Office: TypeAlias = Annotated[
    str, typer.Option("--office", help="Kode kantor · office code, such as bawaslu-73.04")
]


def run() -> None:
    """Run the command line; what the operator can mend ends with a sentence, not a trace."""
    from app.core.processes import CannotStart

    try:
        netra()
    except CannotStart as obstacle:
        from app.cli.screen import fail

        fail(obstacle.text)


@netra.command()
def serve(  # noqa: PLR0913  the options of one command
    *,
    host: Annotated[str, typer.Option(help="Alamat yang dilayani · address to serve on")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Porta · port")] = 8000,
    data: Data = None,
    workers: Annotated[int, typer.Option(min=1, help="Jumlah proses web · web processes")] = 1,
    demo: Annotated[bool, typer.Option("--demo", help="Muat data contoh · load the demo")] = False,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Tanpa proses latar · without the worker")
    ] = False,
) -> None:
    """Jalankan layanan beserta basis datanya · run the service and its database."""
    from app.cli.serve import Plan, serve

    serve(Plan(host, port, workers, demo=demo, worker=not no_worker), data)


@netra.command()
def migrate(data: Data = None) -> None:
    """Naikkan skema ke versi ini, lalu beri hak akses · migrate, then grant privileges."""
    from app.cli.connection import connected
    from app.cli.prepare import migrate

    with connected(data) as settings:
        migrate(settings)


@netra.command()
def load_reference(data: Data = None) -> None:
    """Muat data rujukan yang lebih baru · load reference data that is newer."""
    from app.cli.connection import connected
    from app.cli.prepare import load_reference

    with connected(data) as settings:
        load_reference(settings)


@netra.command("demo")
def fill_demo(
    *,
    size: Annotated[
        str, typer.Option(help="small, real, national, atau jumlah perkara · or so many cases")
    ] = "small",
    seed: Annotated[int, typer.Option(help="Benih acak · of the same seed the same data")] = 2024,
    data: Data = None,
) -> None:
    """Isi folder kosong dengan data rekaan yang masuk akal · fill an empty one plausibly."""
    from app.cli.plausible.running import fill_demo

    fill_demo(data, size, seed)


@netra.command()
def worker(data: Data = None) -> None:
    """Jalankan proses latar sampai dihentikan · run the worker until it is stopped."""
    from app.cli.worker import work

    work(data)


@netra.command()
def doctor(data: Data = None) -> None:
    """Periksa apakah semuanya beres · check that all is well, and say what to do if not."""
    from app.cli.doctor import examine

    raise typer.Exit(examine(data))


@netra.command()
def verify_bundle(
    file: Annotated[Path, typer.Argument(help="Bundel berkas perkara · bundle of a case file")],
    *,
    expect: Annotated[
        str | None, typer.Option(help="Sidik data di kertas · digest that the paper prints")
    ] = None,
) -> None:
    """Periksa bundel berkas perkara tanpa jaringan · check the bundle of a case file, offline."""
    from app.cli.bundles import verify_bundle

    raise typer.Exit(verify_bundle(file, expect))


@officer.command("add")
def add_officer(
    login: Annotated[str, typer.Argument(help="Nama pengguna · what the officer signs in with")],
    *,
    name: Annotated[str, typer.Option(help="Nama orangnya · the officer's name")],
    role: Annotated[Role, typer.Option(help="Peran · role")],
    office: Office,
    data: Data = None,
) -> None:
    """Buka akun petugas; kata sandi pertama tampil sekali · open an officer's account."""
    from app.cli.accounts import NewOfficer, add_officer
    from app.cli.connection import connected

    with connected(data) as settings:
        add_officer(settings, NewOfficer(login, name, role, office))


@client.command("add")
def add_client(  # noqa: PLR0913  the options of one command
    name: Annotated[str, typer.Argument(help="Nama sistem · what the system is called")],
    *,
    office: Office,
    scope: Annotated[list[Permission], typer.Option(help="Cakupan, boleh berulang · scopes")],
    area: Annotated[str, typer.Option(help="Wilayah, 00 seluruhnya · region, 00 is all")],
    days: Annotated[int, typer.Option(min=1, max=366, help="Berlaku hari · valid for days")] = 365,
    data: Data = None,
) -> None:
    """Daftarkan sistem lain; rahasianya tampil sekali · let another system in."""
    from app.cli.accounts import NewClient, add_client
    from app.cli.connection import connected

    with connected(data) as settings:
        add_client(settings, NewClient(name, office, area, scope, days))


@keys.command("rotate")
def rotate_keys(
    *,
    master: Annotated[
        bool, typer.Option("--master", help="Kunci induk · the master key instead")
    ] = False,
    new_master_file: Annotated[
        Path | None,
        typer.Option(help="Berkas kunci induk baru · file of the new master key, made if missing"),
    ] = None,
    data: Data = None,
) -> None:
    """Ganti kunci selagi layanan berjalan · replace the keys while the service runs."""
    from app.cli.connection import connected
    from app.cli.keys import rotate
    from app.cli.master import rotate_master

    if new_master_file is not None and not master:
        raise typer.BadParameter("--new-master-file: --master")
    with connected(data) as settings:
        if master:
            rotate_master(settings, new_master_file)
        else:
            raise typer.Exit(rotate(settings))


@keys.command("show")
def show_keys(data: Data = None) -> None:
    """Tampilkan umur dan keadaan kunci · show the ages and states of the keys."""
    from app.cli.connection import connected
    from app.cli.key_table import show_keys

    with connected(data) as settings:
        show_keys(settings)


@complaints.command("import")
def import_complaints(
    file: Annotated[Path, typer.Argument(help="Berkas CSV perkara lama · CSV of older cases")],
    *,
    office: Office,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Periksa saja · check only, keep nothing")
    ] = False,
    data: Data = None,
) -> None:
    """Impor perkara lama dari CSV, semua baris atau tidak sama sekali · import older cases."""
    from app.cli.connection import connected
    from app.cli.importing import OldCases, import_cases

    with connected(data) as settings:
        raise typer.Exit(import_cases(settings, OldCases(file, office, dry_run)))


@clocks.command("preview")
def preview_clocks(
    file: Annotated[Path, typer.Argument(help="Usulan JSON · proposal, as POST /clocks/preview")],
    *,
    data: Data = None,
) -> None:
    """Tampilkan tenggat yang akan bergeser, tanpa mengubah apa pun · what a change would move."""
    from app.cli.clocks import preview_change
    from app.cli.connection import connected

    with connected(data) as settings:
        raise typer.Exit(preview_change(settings, file))


@clocks.command("rules")
def show_clock_rules(data: Data = None) -> None:
    """Tampilkan aturan jangka waktu · show the deadline rules in all their versions."""
    from app.cli.clocks import show_rules
    from app.cli.connection import connected

    with connected(data) as settings:
        show_rules(settings)
