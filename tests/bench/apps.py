"""What is measured: a no-op alone, and the same no-op among all operations of the service."""

from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts

from app.main import create_app
from app.web.index import RouteIndex

router = APIRouter()


@router.get("/noop")
async def noop() -> dict[str, str]:
    return {"status": "ok"}


def alone() -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    return app


def whole() -> FastAPI:
    app = create_app()
    app.include_router(router)
    app.router.middleware_stack = RouteIndex(app.router.app, iter_route_contexts(app.routes))
    return app
