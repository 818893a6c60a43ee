"""What an operator can set; each value has a default that works on one machine."""

import re
from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from the environment: prefix `NETRA_`, except the three addresses of the database."""

    model_config = SettingsConfigDict(env_prefix="NETRA_", extra="ignore", populate_by_name=True)

    database_url: str | None = Field(
        None, validation_alias="DATABASE_URL", description="The application's own role."
    )
    database_url_direct: str | None = Field(
        None, validation_alias="DATABASE_URL_DIRECT", description="The owner: migrations, queue."
    )
    database_url_read: str | None = Field(
        None, validation_alias="DATABASE_URL_READ", description="A replica for statistics."
    )
    database_pool: int = Field(20, ge=1, description="Connections of each process.")
    prepared_statements: bool = Field(True, description="Off behind a PgBouncer before 1.21.")
    data: Path = Field(Path(".data"), description="Folder of the embedded server and the keys.")
    master_key: SecretStr | None = Field(None, description="32 bytes, base64; else the key file.")
    master_key_file: Path | None = Field(None, description="Made on first start, mode 0600.")
    key_refresh: float = Field(
        20.0, gt=0, le=60, description="Seconds between two readings of the data keys."
    )
    body_limit: int = Field(1_048_576, ge=1_024, description="Largest request body, in bytes.")
    evidence_url: str | None = Field(
        None, pattern=r"^s3://[^/]+", description="An S3 bucket; else a folder below `data`."
    )
    upload_limit: int = Field(2**30, ge=1, description="Largest file of evidence, in bytes.")
    report_upload_limit: int = Field(5 * 2**30, ge=1, description="All files of one report.")
    uploads_need_free: int = Field(2 * 2**30, ge=0, description="Disk that uploads leave free.")
    intake_needs_free: int = Field(256 * 2**20, ge=0, description="Disk that filing leaves free.")
    anonymous_rate: int = Field(600, ge=1, description="Requests a minute from one address.")
    intake_rate: int = Field(
        6_000, ge=1, description="Public filings a minute, before each needs a proof of work."
    )
    credential_rate: int = Field(1_200, ge=1, description="Requests a minute of one credential.")
    signing_lane: bool = Field(
        True, description="Serve signing by ticket past the framework; the answers are the same."
    )
    public_seconds: float = Field(
        5.0, ge=0, le=60, description="How long a process gives out a public answer once made."
    )
    trusted_proxies: str = Field(
        "127.0.0.1", description="Peers whose X-Forwarded-For is believed, with commas."
    )
    smtp_url: SecretStr | None = Field(
        None, description="smtp://user:password@host:587; without it no e-mail is sent."
    )
    mail_from: str | None = Field(None, description="The neutral address that notices come from.")
    ledger_origin: str = Field(
        "netra.local/ledger",
        pattern=r"^[a-z0-9.-]+(/[a-z0-9._-]+)*$",
        description="Where the logs are served, without scheme; read when their keys are made.",
    )
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/?#\s]+$",
        description="Where people reach the service, as QR codes name it; else as they asked.",
    )
    log_level: str = Field("info", description="debug, info, warning or error.")

    @field_validator("database_url", "database_url_direct", "database_url_read")
    @classmethod
    def named_by_driver(cls, url: str | None) -> str | None:
        """Take the address as PostgreSQL writes it, and name the driver that we use."""
        return re.sub(r"^postgres(ql)?://", "postgresql+asyncpg://", url) if url else None

    @property
    def owner_url(self) -> str | None:
        """The connection that may alter tables, or the application's own where none is set."""
        return self.database_url_direct or self.database_url

    @property
    def evidence_folder(self) -> Path:
        return self.data / "evidence"

    @property
    def staging_folder(self) -> Path:
        return self.evidence_folder / "staged"

    @property
    def copying_folder(self) -> Path:
        return self.evidence_folder / "copies"

    @property
    def key_file(self) -> Path:
        return self.master_key_file or self.data / "master.key"


@lru_cache
def read_settings() -> Settings:
    return Settings()
