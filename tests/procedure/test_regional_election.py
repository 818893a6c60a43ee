"""A report under the law of the Pilkada (UU 1/2015, Perbawaslu 8/2020), from the phone to the
announcement: each function is a stage of the law, with its days."""

from typing import Final

from tests.cases.handling import Body
from tests.procedure.office import PLENARY, Office, Time

SUPPLEMENT: Final = "/receipt/supplements/01932b5e-7c00-7000-8000-0000000000cc"


async def test_a_report_from_the_phone_to_the_announcement(jeneponto: Office, time: Time) -> None:
    case = await a_report_is_filed_and_taken_up(jeneponto, time)
    await it_is_completed(jeneponto, time, case)
    await it_is_registered(jeneponto, time, case)
    await the_parties_are_heard(jeneponto, time, case)
    await the_handling_is_extended_once(jeneponto, time, case)
    person = await the_act_is_classified_and_studied(jeneponto, time, case)
    await the_plenary_decides(jeneponto, time, case, person)
    await reporter_and_public_are_told(jeneponto, time, case, person)


async def a_report_is_filed_and_taken_up(office: Office, time: Time) -> Body:
    # Friday after closing time: it is kept at once, and counts as received on Monday morning.
    time.is_now("2024-11-08T16:45:00+08:00")
    filed = await office.receives(event={"occurred_on": "2024-11-04", "known_on": "2024-11-05"})
    assert filed["officially_received_at"] == "2024-11-11T00:00:00Z"
    # Initial review: two calendar days, the first one not counted.
    assert filed["next_due_on"] == "2024-11-13"

    time.is_now("2024-11-12T09:00:00+08:00")
    case = await office.takes_up(filed)
    assert (case["state"], case["next_due_on"]) == ("initial_review", "2024-11-13")
    return case


async def it_is_completed(office: Office, time: Time, case: Body) -> None:
    # The evidence is missing: the reporter has 2 x 24 hours, and the review stands still.
    await office.checks(case, "evidence")
    letter = {"letter_number": "012/PP.00.02/XI/2024"}
    assert (await office.does(case, "completion-request", letter))["state"] == "needs_completion"
    completion = await office.deadline(case, "completion")
    assert completion["present"]["due_at"] == "2024-11-14T01:00:00Z"
    assert (await office.deadline(case, "initial_review"))["stopped_at"] is not None

    # What the reporter adds a day later ends the waiting by itself.
    time.is_now("2024-11-13T09:00:00+08:00")
    await office.client.put(
        SUPPLEMENT, json={"evidence_notes": ["Rekaman rekaan"]}, headers=case["receipt"]
    )
    assert (await office.reads(case))["state"] == "initial_review"
    assert (await office.deadline(case, "completion"))["outcome"] == "met"
    assert (await office.deadline(case, "initial_review"))["present"]["due_on"] == "2024-11-14"


async def it_is_registered(office: Office, time: Time, case: Body) -> None:
    time.is_now("2024-11-13T15:00:00+08:00")
    await office.checks(case)
    registered = await office.does(case, "registration", {"election_type": "PB"})
    assert registered["number"] == "001/REG/LP/PB/Kab/27.09/XI/2024"
    # Art. 134(5): three days, calendar days by Bawaslu's reading.
    assert registered["next_due_on"] == "2024-11-16"
    assert (await office.reporter_sees(case))["status"] == "registered"


async def the_parties_are_heard(office: Office, time: Time, case: Body) -> None:
    time.is_now("2024-11-14T09:00:00+08:00")
    [person] = (await office.reads(case, "/persons"))["items"]
    invitation = {
        "party": "reported",
        "person_id": person["id"],
        "planned_at": "2024-11-15T02:00:00Z",
        "place": "Kantor rekaan",
        "letter_number": "013/PP.00.02/XI/2024",
    }
    minutes = {
        "attended": True,
        "held_at": "2024-11-14T00:30:00Z",
        "minutes_number": "004/BA/XI/2024",
        "minutes": "Rekaan: terlapor membantah.",
    }
    await office.hears(case, invitation, minutes)
    assert (await office.reads(case))["state"] == "clarification"


async def the_handling_is_extended_once(office: Office, time: Time, case: Body) -> None:
    # Art. 134(6): two more days for additional statements, five calendar days in all.
    time.is_now("2024-11-16T10:00:00+08:00")
    extended = await office.decides(case, "extension", {"reason": "Rekaan: satu saksi sakit."})
    assert extended["next_due_on"] == "2024-11-18"
    again = await office.is_refused(case, "extension", {"reason": "Rekaan: sekali lagi."})
    assert again["objection"] == "cannot_extend"


async def the_act_is_classified_and_studied(office: Office, time: Time, case: Body) -> Body:
    # Done after the candidates were determined (22 September): a breach of discipline.
    time.is_now("2024-11-17T14:00:00+08:00")
    person = await office.groups(case, "pns")
    act = {"person_id": person["id"], "act": "partisan_activity"}
    await office.does(case, "classifications", act)
    [classified] = (await office.reads(case, "/classifications"))["items"]
    assert classified["violation_kind"] == "D08_PARTISAN_ACTIVITY"
    await office.does(case, "study", {"text": "Rekaan: uraian, dasar hukum, kesimpulan."})
    return person


async def the_plenary_decides(office: Office, time: Time, case: Body, person: Body) -> None:
    time.is_now("2024-11-18T20:00:00+08:00")
    whom = {"person_ids": [person["id"]]}
    kinds = ["D08_PARTISAN_ACTIVITY"]
    found = {
        "held_on": "2024-11-18",
        "minutes_number": "017/BA-PLENO/XI/2024",
        "result": "violation",
        "reasoning": "Rekaan: unsur terbukti.",
        # Several categories at once: crime and discipline.
        "categories": [
            {"category": "other_law", "violation_kinds": kinds} | whom,
            {"category": "criminal"} | whom,
        ],
    }
    assert (await office.decides(case, "decision", PLENARY | found))["state"] == "violation"
    assert (await office.deadline(case, "handling"))["outcome"] == "met"


async def reporter_and_public_are_told(
    office: Office, time: Time, case: Body, person: Body
) -> None:
    time.is_now("2024-11-19T09:00:00+08:00")
    await office.does(case, "notices", {"number": "021/STATUS/XI/2024", "dated_on": "2024-11-19"})
    await office.does(case, "announcement")
    [public] = (await office.client.get("/announcements")).json()["items"]
    assert public["number"] == "001/REG/LP/PB/Kab/27.09/XI/2024"
    assert public["categories"] == ["criminal", "other_law"]
    assert person["name"] not in str(public)
