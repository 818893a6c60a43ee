"""Counts a log of Netra again, and checks its proofs, without trusting whoever keeps it.

    log SOURCE [OLD …]          count the leaves, which begin with those of the checkpoints OLD
    proof FILE [OPENING]        check a kept proof, and what its leaf is a commitment to, offline
    consistency SOURCE NEW OLD  see that the checkpoint NEW only adds to OLD

SOURCE is an address (https://…/api/v1/ledger/declarations) or a folder of the same files; the exit
code is 0 only where all is well. Needs the package `cryptography`, and no code of Netra.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import urllib.request
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HASH = r"[\w-]{42}[AEIMQUYcgkosw048]"
WORDS = rf"([0-9a-f-]{{36}} {HASH} [!-~]+ [!-~]+ [!-~]+) ({HASH})(?: (0|[1-9]\d*))?"
LEAF = re.compile(f"netra-leaf/1 ([a-z]+) {WORDS}", re.ASCII)
AFTER = {"withdrawn": b"sr", "invalidated": b"sr", "reinstated": b"i"}  # initials of acts
WIDTH = 256  # entries in a bundle


def check(fine: object, otherwise: str) -> None:
    if not fine:
        raise ValueError(otherwise)


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def read_key(text: str, kind: bytes) -> tuple[str, Ed25519PublicKey]:
    name, _, rest = text.partition("+")
    raw = base64.b64decode(rest[9:], validate=True)
    key_id = hashlib.sha256(f"{name}\n".encode() + raw).hexdigest()[:8]
    check(raw[:1] == kind and rest[:9] == f"{key_id}+", "this is no key of this kind")
    return f"{name}+{key_id}", Ed25519PublicKey.from_public_bytes(raw[1:])


def read_checkpoint(note: str, wanted: argparse.Namespace) -> tuple[int, bytes]:
    """Size and root of the log, signed by it and by as many witnesses as are wanted."""
    text, _, below = note.rpartition("\n\n")
    text, signatures = f"{text}\n", dict[str, bytes]()
    for _, name, written in (line.split(" ") for line in below.removesuffix("\n").split("\n")):
        raw = base64.b64decode(written, validate=True)
        signatures.setdefault(f"{name}+{raw[:4].hex()}", raw[4:])
    logs = [read_key(each, b"\x01") for each in wanted.key]
    log, key = next((each for each in logs if each[0] in signatures), logs[0])
    check(log in signatures, f"no --key signed this, but {', '.join(signatures)} did: see …/keys")
    key.verify(signatures[log], text.encode())
    cosigned = set[bytes]()  # by the key, which may stand under two names
    for witness, key in (read_key(each, b"\x04") for each in wanted.witness):
        if signature := signatures.get(witness):
            head = f"cosignature/v1\ntime {int.from_bytes(signature[:8])}\n"
            key.verify(signature[8:], (head + text).encode())
            cosigned.add(key.public_bytes_raw())
    check(len(cosigned) >= wanted.quorum, f"only {len(cosigned)} witnesses cosigned")
    origin, size, root = text.split("\n")[:3]
    check(origin == log.partition("+")[0], "this is a checkpoint of another log")
    return int(size), base64.b64decode(root, validate=True)


def fetch(path: str) -> bytes:
    if not path.startswith(("http://", "https://")):
        return Path(path).read_bytes()
    with urllib.request.urlopen(path, timeout=60) as answer:
        return bytes(answer.read())


def leaves(source: str, size: int) -> Iterator[bytes]:
    def bundle(index: int) -> bytes:
        name = re.sub(r"(\d{3})(?=\d)", r"x\1/", str(index).zfill(-(-len(str(index)) // 3) * 3))
        partial = f".p/{size % WIDTH}" if index == size // WIDTH else ""
        return fetch(f"{source}/tile/entries/{name}{partial}")

    with ThreadPoolExecutor(8) as pool:
        for first in range(0, -(-size // WIDTH), 64):  # no more than these wait in memory
            these = range(first, min(first + 64, -(-size // WIDTH)))
            for index, data in zip(these, pool.map(bundle, these), strict=True):
                end = 0
                for _ in range(min(size - index * WIDTH, WIDTH)):
                    start, end = end + 2, end + 2 + int.from_bytes(data[end : end + 2])
                    yield data[start:end]
                check(end == len(data), f"bundle {index} is not whole")


def hashed(source: str, heads: list[tuple[int, bytes]]) -> Iterator[bytes]:
    peaks = list[bytes]()
    check(max(heads)[0] == heads[0][0], "the log has become smaller")
    for number, data in enumerate(leaves(source, heads[0][0]), start=1):
        peaks.append(hashlib.sha256(b"\x00" + data).digest())
        for _ in range((number & -number).bit_length() - 1):
            peaks[-2:] = [node(*peaks[-2:])]
        for size, root in heads:
            top = size == number and reduce(lambda right, left: node(left, right), peaks[::-1])
            check(top in (False, root), f"the first {number} leaves are not those of a checkpoint")
        yield data
    print(f"{heads[0][0]} leaves, as they were signed", file=sys.stderr)


def counted(log: Iterator[bytes]) -> Counter[str]:
    bodies, commitments, acts = list[str](), list[bytes](), bytearray()
    for index, data in enumerate(log):
        found = LEAF.fullmatch(data.decode("ascii", "replace"))
        act, body, written, of = found.groups() if found else ("", "", "", None)
        signs, commitment = act == "signed", base64.urlsafe_b64decode(f"{written}=")
        check(of is None if signs else act in AFTER and of, f"leaf {index} is no leaf")
        if of is not None:
            known = int(of) < index and (bodies[int(of)], commitments[int(of)])
            fits = known == (body, commitment) and acts[int(of)] in AFTER[act]
            check(fits, f"leaf {index} cannot come after leaf {of}")
            acts[int(of)] = ord(act[0])
        bodies.append(sys.intern(body))
        commitments.append(commitment if signs else b"")
        acts.append(ord("s") if signs else 0)
    signed = [each for each in commitments if each]
    check(len(signed) == len(set(signed)), "a signature is in the log twice")
    return Counter(body for body, act in zip(bodies, acts, strict=True) if act in b"sr")


def show(numbers: Counter[str]) -> None:
    table = dict[tuple[str, ...], list[int]]()
    for body, number in numbers.items():
        declaration, text, region, group, role = body.split(" ")
        text = base64.urlsafe_b64decode(f"{text}=").hex()
        table.setdefault((declaration, text, region, group), [0, 0])[role == "witness"] += number
    print("declaration\ttext\tregency\tgroup\tsignatures\twitnesses")
    for names, both in sorted(table.items()):
        print(*names, *both, sep="\t")


def climb(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    check((size == 1) == (not path), "the proof is too long or too short")
    if size == 1:
        return leaf
    half = 1 << ((size - 1).bit_length() - 1)
    if index < half:
        return node(climb(leaf, index, half, path[:-1]), path[-1])
    return node(path[-1], climb(leaf, index - half, size - half, path[:-1]))


def verify_proof(wanted: argparse.Namespace, proof: str, *openings: str) -> None:
    above, _, note = proof.partition("\n\n")
    name, extra, index, *path = above.split("\n")
    check(f"{name} {extra[:6]}" == "c2sp.org/tlog-proof@v1 extra ", "this is no proof of Netra")
    size, root = read_checkpoint(note, wanted)
    leaf, *hashes = [base64.b64decode(each, validate=True) for each in (extra[6:], *path)]
    at = int(index.removeprefix("index "))
    root_by_proof = climb(hashlib.sha256(b"\x00" + leaf).digest(), at, size, hashes)
    check(0 <= at < size and root_by_proof == root, "the proof is wrong")
    fits = all(commitment(json.loads(each)) == leaf.split(b" ")[7] for each in openings)
    check(fits, "the opening is that of another leaf")
    print(f"leaf {at} of {size}: {leaf.decode('ascii')}")


def commitment(said: dict[str, object]) -> bytes:
    person = json.dumps(said["person"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    salted = hashlib.sha256(bytes.fromhex(str(said["salt"])) + person.encode()).hexdigest()
    moments = f"{said['captured_at'] or '-'} {said['recorded_at']}"
    line = f"netra-signature/1 {said['signature']} {salted} {said['method']} {moments}"
    return base64.urlsafe_b64encode(hashlib.sha256(line.encode()).digest()).rstrip(b"=")


def verify(wanted: argparse.Namespace) -> None:
    source, *others = [each.rstrip("/") for each in wanted.files]
    others[:0] = [f"{source}/checkpoint"] * (wanted.what == "log")
    texts = [fetch(each).decode() for each in others]
    if wanted.what == "proof":
        return verify_proof(wanted, fetch(source).decode(), *texts)
    log = hashed(source, [read_checkpoint(each, wanted) for each in texts])
    return deque(log, 0).clear() if wanted.plain else show(counted(log))


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("what", choices=["log", "proof", "consistency"])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--key", action="append", required=True, help="a key of the log")
    parser.add_argument("--witness", action="append", default=[], help="verifier key of a witness")
    parser.add_argument("--quorum", type=int, default=0, help="how many witnesses it takes")
    parser.add_argument("--plain", action="store_true", help="do not count")
    try:
        verify(parser.parse_args())
    except (InvalidSignature, LookupError, OSError, TypeError, ValueError) as wrong:
        sys.exit(f"{type(wrong).__name__}: {wrong}")


if __name__ == "__main__":
    main()
