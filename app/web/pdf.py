"""Answers that are a PDF."""

from typing import Any

from fastapi import Response


class PdfResponse(Response):
    media_type = "application/pdf"


def pdf_of(description: str) -> dict[int | str, dict[str, Any]]:
    """Document an answer that is a PDF."""
    content = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"description": description, "content": content}}
