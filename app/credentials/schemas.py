"""What crosses the wire when somebody shows who they are; forms as OAuth 2.0 (RFC 6749) has them.

Other fields in these forms are ignored, as section 3.2 of the RFC demands.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Form
from app.core.texts import LINE_PATTERN
from app.credentials.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD

Secret = Annotated[str, Field(min_length=1, max_length=200)]
Password = Annotated[str, Field(min_length=1, max_length=LONGEST_PASSWORD)]


class PasswordGrant(BaseModel):
    """An officer signs in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "grant_type": "password",
                    "username": "petugas.jeneponto",
                    "password": "empat kuda minum kopi",
                }
            ]
        }
    )

    grant_type: Literal["password"]
    username: str = Field(min_length=1, max_length=100, pattern=LINE_PATTERN)
    password: Password


class RefreshGrant(BaseModel):
    """An officer stays signed in; each refresh token counts once."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "grant_type": "refresh_token",
                    "refresh_token": "mB2rT9xKc4Vd7nQ0sWf3YhJ6uL8pZ1aE5gRoXiNtCvQ",
                }
            ]
        }
    )

    grant_type: Literal["refresh_token"]
    refresh_token: Secret


class ClientGrant(BaseModel):
    """Another system asks; id and secret may come by HTTP Basic instead."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "grant_type": "client_credentials",
                    "client_id": "01932b5e-7c00-7000-8000-000000000001",
                    "client_secret": "q1Zc0nTq3rJ8wq0uZyX9VbE2sD6fG7hJ4kL5mN8pQ0R",
                    "scope": "stats:read",
                }
            ]
        }
    )

    grant_type: Literal["client_credentials"]
    client_id: Secret
    client_secret: Secret
    scope: str = Field(
        "",
        max_length=1_000,
        description="Some of the scopes that the client was given, with spaces; all by default.",
    )


Grant = Annotated[PasswordGrant | RefreshGrant | ClientGrant, Field(discriminator="grant_type")]


class RevocationIn(BaseModel):
    """Either token of a sign-in (RFC 7009)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "token": "mB2rT9xKc4Vd7nQ0sWf3YhJ6uL8pZ1aE5gRoXiNtCvQ",
                }
            ]
        }
    )

    token: Secret


class TokensOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    access_token: str = Field(examples=["Y3Vsj0wQ7dQb1mQ4v5kzq9T8aXf2LhR6uE0cN1oPiGs"])
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  the word of RFC 6750
    expires_in: int = Field(examples=[600], description="Seconds that the access token counts.")
    refresh_token: str | None = Field(
        examples=["mB2rT9xKc4Vd7nQ0sWf3YhJ6uL8pZ1aE5gRoXiNtCvQ"],
        description="Counts once; machine clients get none.",
    )
    scope: str | None = Field(
        examples=[None], description="What a machine client was given; null for officers."
    )


class PasswordIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "current_password": "k7m2-9qxa-4trc-w8ze",
                    "new_password": "empat kuda minum kopi",
                }
            ]
        }
    )

    current_password: Password
    new_password: str = Field(min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD)
