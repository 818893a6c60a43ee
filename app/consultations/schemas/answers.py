"""What offices answer, and the articles that they cite."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.clocks.rules.norms import Confidence
from app.consultations.rules.articles import MOST_ARTICLES
from app.consultations.rules.questions import LONGEST_ANSWER
from app.core.forms import Day, Form, Line, Prose, TextOut
from app.core.paging import Slice

ARTICLE_CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"

AnswerText = Annotated[Prose, Field(max_length=LONGEST_ANSWER)]


class ArticleFilter(Slice):
    on: Day | None = Field(
        None,
        description="Only the versions in force on this day; without it, every version.",
        examples=["2024-11-27"],
    )
    law: Annotated[Line, Field(max_length=100)] | None = Field(None, examples=["UU 20/2023"])


class LawArticleOut(BaseModel):
    """One version of an article that answers can cite."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(examples=["uu-20-2023-2"])
    version: int
    law: str = Field(examples=["UU 20/2023"])
    article: str = Field(examples=["Pasal 2"])
    about: TextOut
    source: str = Field(examples=["UU 20/2023 Art. 2"])
    confidence: Confidence
    valid_from: date
    valid_to: date | None = Field(description="The last day; null while it holds.")


class CitationOut(BaseModel):
    """An article as it stood when it was cited."""

    code: str = Field(examples=["uu-20-2023-2"])
    version: int
    law: str = Field(examples=["UU 20/2023"])
    article: str = Field(examples=["Pasal 2"])
    valid_from: date
    valid_to: date | None
    is_current: bool = Field(description="Whether it still holds today, as it was cited.")


class ConsultationAnswerIn(Form):
    """An answer with its legal basis; a later one takes the place of that before it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "Contoh rekaan: menyukai unggahan bakal calon melanggar kode etik.",
                    "articles": ["uu-20-2023-2", "pp-42-2004-11-c"],
                }
            ]
        }
    )

    text: AnswerText
    articles: list[Annotated[str, Field(pattern=ARTICLE_CODE, max_length=60)]] = Field(
        min_length=1,
        max_length=MOST_ARTICLES,
        description="Codes of /consultations/articles that are in force today.",
    )


class ConsultationAnswerOut(BaseModel):
    """An answer as the desk reads it."""

    id: UUID
    number: int = Field(description="1 for the first; the last one counts.")
    text: str = Field(examples=["Contoh rekaan: sebaiknya tidak."])
    articles: list[CitationOut]
    answered_at: datetime
    office_id: UUID | None
    officer_id: UUID | None
    is_stale: bool = Field(description="A rule that it cites has changed since then.")
