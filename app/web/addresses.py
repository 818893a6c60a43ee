"""Where people reach the service: what links and QR codes begin with."""

from typing import Annotated

from fastapi import Depends, Request


async def public_address(request: Request) -> str:
    """As the operator set it, else as the caller asked; without a slash at its end."""
    named: str | None = request.app.state.settings.public_url
    return named or str(request.base_url).rstrip("/")


PublicAddress = Annotated[str, Depends(public_address)]
