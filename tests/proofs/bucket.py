"""An S3 server for a proof, and what an operator sets so that the service uses it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import obstore
from moto.moto_server.threaded_moto_server import ThreadedMotoServer
from obstore.store import S3Store

NAME = "bukti-rekaan"
PREFIX = "netra"
KEY, SECRET, REGION = "rekaan", "rekaan-rekaan", "ap-southeast-3"


@dataclass(frozen=True)
class Bucket:
    endpoint: str

    @property
    def variables(self) -> dict[str, str]:
        return {
            "NETRA_EVIDENCE_URL": f"s3://{NAME}/{PREFIX}",
            "AWS_ENDPOINT": self.endpoint,
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
        }

    def objects(self) -> S3Store:
        """The same store as the service's, to look behind it."""
        return S3Store(
            NAME,
            prefix=PREFIX,
            endpoint=self.endpoint,
            client_options={"allow_http": True},
            region=REGION,
            access_key_id=KEY,
            secret_access_key=SECRET,
        )

    def names(self) -> list[str]:
        return [each["path"] for page in obstore.list(self.objects()) for each in page]


@contextmanager
def bucket() -> Iterator[Bucket]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    opened = Bucket(f"http://{host}:{port}")
    httpx.put(f"{opened.endpoint}/{NAME}").raise_for_status()
    yield opened
    server.stop()
