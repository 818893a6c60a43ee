from httpx import AsyncClient

from tests.evidence.sending import UPLOADS, photo, reporter


async def test_the_server_says_what_it_offers(client: AsyncClient) -> None:
    answer = await client.options(UPLOADS)

    assert answer.status_code == 204
    assert answer.headers["tus-resumable"] == answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "checksum",
        "expiration",
        "termination",
    }
    assert answer.headers["tus-max-size"] == str(2**30)
    assert answer.headers["tus-checksum-algorithm"] == "sha1,sha256"


async def test_a_photo_sent_in_pieces_arrives_whole(client: AsyncClient) -> None:
    sender, content = await reporter(client), photo(300_000)

    place = await sender.begun(content, said={"filename": "foto.jpg", "filetype": "image/jpeg"})
    first = await sender.send(place, content[:100_000])
    between = await sender.offset(place)
    last = await sender.send(place, content[100_000:], 100_000)

    told = await sender.told(place)
    assert first.status_code == last.status_code == 204
    assert between == int(first.headers["upload-offset"]) == 100_000
    assert last.headers["upload-offset"] == "300000"
    assert told["state"] == "finished"
    assert told["media_type"] == "image/jpeg"
    assert told["file_name"] == "foto.jpg"
    assert told["declared_type_differs"] is False
    assert told["received_at"]
