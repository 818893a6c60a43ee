"""The same procedure under the law of the Pemilu (UU 7/2017): other clocks, other numbers."""

from tests.cases.handling import Body
from tests.procedure.office import PLENARY, Office, Time


async def test_a_report_in_the_general_election_has_the_clocks_of_its_own_law(
    lubuklinggau: Office, time: Time
) -> None:
    case = await it_is_filed_within_seven_working_days(lubuklinggau, time)
    await it_is_registered_for_seven_days(lubuklinggau, time, case)
    await it_is_extended_to_fourteen_working_days(lubuklinggau, time, case)
    await the_plenary_finds_no_violation(lubuklinggau, time, case)


async def it_is_filed_within_seven_working_days(office: Office, time: Time) -> Body:
    # Art. 454(6): known on Friday 19 January; seven working days end on Tuesday the 30th.
    time.is_now("2024-01-29T09:00:00+07:00")
    known = {"occurred_on": "2024-01-18", "known_on": "2024-01-19"}
    filed = await office.receives(election_code="pemilu-2024", event=known)
    assert not filed["filed_late"]

    time.is_now("2024-01-29T13:00:00+07:00")
    return await office.takes_up(filed)


async def it_is_registered_for_seven_days(office: Office, time: Time, case: Body) -> None:
    time.is_now("2024-01-30T10:00:00+07:00")
    await office.checks(case)
    registered = await office.does(case, "registration", {"election_type": "PL"})
    assert registered["number"] == "001/REG/LP/PL/Kota/06.04/I/2024"
    assert registered["regime"] == "general_election"
    # Art. 454(7): seven days after the registration.
    assert registered["next_due_on"] == "2024-02-06"


async def it_is_extended_to_fourteen_working_days(office: Office, time: Time, case: Body) -> None:
    time.is_now("2024-02-06T10:00:00+07:00")
    extended = await office.decides(case, "extension", {"reason": "Rekaan: keterangan tambahan."})
    handling = (await office.deadline(case, "handling"))["present"]
    skipped = {
        line["on"]: line["mark"] for line in handling["trace"]["lines"] if not line["counted"]
    }
    # Art. 454(8): working days. Isra Mikraj, the joint leave after it, Lunar New Year's weekend,
    # and the voting day are none.
    assert skipped["2024-02-08"] == "national_holiday"
    assert skipped["2024-02-09"] == "joint_leave"
    assert skipped["2024-02-14"] == "national_holiday"
    assert extended["next_due_on"] == handling["due_on"]
    assert len([line for line in handling["trace"]["lines"] if line["counted"]]) == 14


async def the_plenary_finds_no_violation(office: Office, time: Time, case: Body) -> None:
    time.is_now("2024-02-15T10:00:00+07:00")
    await office.does(case, "study", {"text": "Rekaan: uraian."})
    found = {
        "held_on": "2024-02-15",
        "minutes_number": "003/BA-PLENO/II/2024",
        "result": "not_violation",
        "reasoning": "Rekaan: unsur tidak terbukti.",
    }
    decided = await office.decides(case, "decision", PLENARY | found)
    assert decided["state"] == "not_violation"
    assert (await office.reporter_sees(case))["status"] == "not_violation"
