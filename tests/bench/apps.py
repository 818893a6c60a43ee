"""What is measured: a no-op alone, and the same no-op among all operations of the service.

`python -m tests.bench.apps <name> <port>` serves one of them.
"""

import sys
from socket import socket
from typing import Final
from uuid import UUID

import uvicorn
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts

from app.cli.web import configured
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.schemas.desk import ComplaintRow
from app.core.actors import Permission
from app.main import create_app
from app.web.database import Session
from app.web.door import CurrentActor, needs
from app.web.index import RouteIndex
from tests.bench import textbook
from tests.bench.load import HOST

router = APIRouter()


@router.get("/noop")
async def noop() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/key/{complaint_id}", dependencies=[needs(Permission.READ_COMPLAINTS)])
async def read_by_key(complaint_id: UUID, session: Session, actor: CurrentActor) -> ComplaintRow:
    """What a read by primary key costs behind the same door as every question of the desk."""
    return ComplaintRow.model_validate(await ComplaintRepository(session, actor).get(complaint_id))


def alone() -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    return app


def whole() -> FastAPI:
    app = create_app()
    app.include_router(router)
    app.router.middleware_stack = RouteIndex(app.router.app, iter_route_contexts(app.routes))
    return app


def signing() -> FastAPI:
    """The service as it is, lane and all, with the textbook's way of signing beside it."""
    app, own = create_app(), (router, textbook.router)
    stack = app.router.middleware_stack
    for each in own:
        app.include_router(each)
    added = [each for one in own for each in iter_route_contexts(one.routes)]
    app.router.middleware_stack = RouteIndex(stack, added)
    return app


FACTORIES: Final = {each.__name__: each for each in (alone, whole, signing)}


def main() -> None:
    name, port = sys.argv[1:]
    with socket() as bound:
        bound.bind((HOST, int(port)))
        uvicorn.Server(configured(FACTORIES[name](), HOST)).run([bound])


if __name__ == "__main__":
    main()
