"""What an address may do once a day is remembered for that day, and for no longer."""

from datetime import date

from app.web.daily import OnceADay

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)


def test_it_is_the_first_time_once_a_day() -> None:
    daily = OnceADay()

    voices = [daily.first("satu", "hal", TODAY) for _ in range(2)]

    assert voices == [True, False]
    assert daily.first("satu", "hal lain", TODAY)
    assert daily.first("dua", "hal", TODAY)
    assert daily.first("satu", "hal", TOMORROW)


def test_without_room_nothing_counts_before_tomorrow() -> None:
    daily = OnceADay(room=1)
    daily.first("satu", "hal", TODAY)

    assert not daily.first("dua", "hal", TODAY)
    assert daily.first("dua", "hal", TOMORROW)
