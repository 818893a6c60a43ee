"""Whatever somebody writes, each word of it finds it again."""

from httpx import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.complaints.files.marks import STOP_WORDS
from app.complaints.rules.marks import words_in
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.complaints.filing import complaint, put
from tests.complaints.searching import found, mark
from tests.people import officer

written = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
accounts = st.lists(written.filter(str.strip), min_size=1, max_size=8).map(" ".join)


@given(account=accounts)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_each_word_of_any_account_finds_it(
    client: AsyncClient, sessions: Sessions, keys: Keyring, account: str
) -> None:
    filed = await put(client, complaint(event={"account": account}))
    assert filed.status_code == 201, filed.text
    await mark(sessions, keys)
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")

    for word in account.split():
        if words_in(word, STOP_WORDS):
            assert filed.json()["id"] in await found(client, desk, words=word)


@given(account=st.text(max_size=200))
@settings(max_examples=500, deadline=None)
def test_the_words_of_a_text_are_those_of_its_parts(account: str) -> None:
    parts = [words_in(part, STOP_WORDS) for part in account.split()]

    assert set[str]().union(*parts) == words_in(account, STOP_WORDS)
