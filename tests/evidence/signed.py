"""Invented documents with electronic signatures, under a root of our own."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from typing import TypeAlias

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import ArrayObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from app.web.clock import present

_WORD = b"rekaan"
Key: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Signatory:
    """A certificate with its key, and the root that issued it."""

    signer: signers.SimpleSigner
    root: bytes


def name_of(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def issued(subject: str, key: Key, issuer: str, by: Key) -> x509.Certificate:
    """A certificate for a subject; one that issues itself is a root."""
    is_root = subject == issuer
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name_of(subject))
        .issuer_name(name_of(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(present() - timedelta(days=1))
        .not_valid_after(present() + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(by, hashes.SHA256())
    )


def signatory(*, rsa_key: bool = False) -> Signatory:
    return _signatory(rsa_key)


@cache
def _signatory(rsa_key: bool) -> Signatory:
    name, root_key = "Contoh Rekaan", ec.generate_private_key(ec.SECP256R1())
    key: Key = ec.generate_private_key(ec.SECP256R1())
    if rsa_key:
        key = rsa.generate_private_key(65_537, 2_048)
    root = issued("Akar Rekaan", root_key, "Akar Rekaan", root_key)
    own = issued(name, key, "Akar Rekaan", root_key)
    packed = pkcs12.serialize_key_and_certificates(
        b"rekaan", key, own, [root], BestAvailableEncryption(_WORD)
    )
    signer = signers.SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=_WORD)
    assert signer is not None
    return Signatory(signer, root.public_bytes(Encoding.PEM))


def blank() -> bytes:
    out, document = io.BytesIO(), pikepdf.Pdf.new()
    document.add_blank_page(page_size=(612, 792))
    document.save(out)
    return out.getvalue()


def signed(document: bytes | None = None, field: str = "Satu", *, rsa_key: bool = False) -> bytes:
    """The document with one signature more."""
    writer = IncrementalPdfFileWriter(io.BytesIO(blank() if document is None else document))
    meta = signers.PdfSignatureMetadata(field_name=field)
    out = io.BytesIO()
    sign = partial(
        signers.sign_pdf, writer, meta, signer=signatory(rsa_key=rsa_key).signer, output=out
    )
    # It runs a loop of its own, which the thread of a test has already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(sign).result()
    return out.getvalue()


def long_lived(document: bytes) -> bytes:
    """The same with the certificates behind it (PAdES-LT), as BSrE hands them out."""
    out = io.BytesIO(document)
    certificates = list(signatory().signer.cert_registry)
    DocumentSecurityStore.add_dss(out, sig_contents=None, certs=certificates)
    return out.getvalue()


def archived(document: bytes) -> bytes:
    """The same with a time stamp of the document at its end (PAdES-LTA)."""
    signer, out = signatory(rsa_key=True).signer, io.BytesIO()
    assert signer.signing_cert is not None
    clock = DummyTimeStamper(signer.signing_cert, signer.signing_key)
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    stamp = partial(signers.PdfTimeStamper(clock).timestamp_pdf, writer, "sha256", output=out)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(stamp).result()
    return out.getvalue()


def rewritten(document: bytes) -> bytes:
    """The same with another size of its page, saved behind what was signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    page.get_object()["/MediaBox"] = ArrayObject(map(NumberObject, (0, 0, 100, 100)))
    writer.mark_update(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()
