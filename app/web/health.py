"""Operations look here: is the process alive, can it do its work, what are its figures."""

import os
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from pydantic import BaseModel, ConfigDict
from sqlalchemy import text

from app.core.errors import Unavailable
from app.web.door import anyone
from app.web.operation import Operation

router = APIRouter(tags=["operations"], route_class=Operation)


class Health(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ok"}]})

    status: str


@router.get("/healthz", dependencies=[anyone])
async def check_life() -> Health:
    """Say that the process answers, whatever the state of the database."""
    return Health(status="ok")


@router.get("/readyz", dependencies=[anyone])
async def check_readiness(request: Request) -> Health:
    """Say that the database answers and has the tables this version needs."""
    async with request.app.state.sessions.begin() as session:
        revision = await session.scalar(text("SELECT version_num FROM alembic_version"))
    if revision != request.app.state.head:
        raise Unavailable(retry_after=5)
    return Health(status="ok")


@router.get("/metrics", dependencies=[anyone], response_class=PlainTextResponse)
async def read_metrics(request: Request) -> Response:
    """Show the figures of this service in the format of Prometheus."""
    for measure in request.app.state.figures:
        await measure(request.app.state.sessions)
    registry: Any = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
