import pytest

from app.core.jws import JwsSigner, NotOurs

SEED = bytes(range(32))
TICKET = JwsSigner(SEED, "tiket")


def test_what_was_signed_is_read_back() -> None:
    written = TICKET.sign(b"isi").compact

    assert TICKET.open(written) == b"isi"


@pytest.mark.parametrize(
    "written",
    [
        JwsSigner(SEED, "paket").sign(b"isi").compact,
        JwsSigner(SEED[::-1], "tiket").sign(b"isi").compact,
        TICKET.sign(b"isi").compact.replace(".aXNp.", ".aXNo."),
        TICKET.sign(b"isi").compact + ".e30",
        TICKET.sign(b"isi").protected + "..",
        TICKET.sign(b"isi").protected + ".é.é",
        "",
    ],
)
def test_nothing_else_passes_for_it(written: str) -> None:
    with pytest.raises(NotOurs):
        TICKET.open(written)
