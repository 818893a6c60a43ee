"""The language of a reader, for answers that speak in one."""

from typing import Annotated

from fastapi import Depends, Request, Response

from app.core.texts import Language, choose_language


async def reading_language(request: Request, response: Response) -> Language:
    """As `Accept-Language` asks, and said in the answer; Indonesian where nothing decides."""
    language = choose_language(request.headers.get("accept-language", ""))
    response.headers["Content-Language"] = language
    return language


ReadersLanguage = Annotated[Language, Depends(reading_language)]
