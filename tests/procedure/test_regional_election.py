"""A report under the law of the Pilkada (UU 1/2015, Perbawaslu 8/2020), from the phone to the
sanction: each function is a stage of the law, with its days."""

from typing import Final

from tests.cases.handling import Body
from tests.procedure.office import PLENARY, Agencies, Office, Time

SUPPLEMENT: Final = "/receipt/supplements/01932b5e-7c00-7000-8000-0000000000cc"


async def test_a_report_from_the_phone_to_the_sanction(
    jeneponto: Office, agencies: Agencies, time: Time
) -> None:
    case = await a_report_is_filed_and_taken_up(jeneponto, time)
    await it_is_completed(jeneponto, time, case)
    await it_is_registered(jeneponto, time, case)
    await the_parties_are_heard(jeneponto, time, case)
    await the_handling_is_extended_once(jeneponto, time, case)
    person = await the_act_is_classified_and_studied(jeneponto, time, case)
    await the_plenary_decides(jeneponto, time, case, person)
    await reporter_and_public_are_told(jeneponto, time, case, person)
    discipline, crime = await it_is_forwarded(jeneponto, agencies, time, case)
    await the_staffing_authority_punishes(agencies, time, person, discipline)
    await the_centre_stops_the_crime(jeneponto, agencies, time, case, crime)
    await the_case_is_closed(jeneponto, time, case)


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


async def it_is_forwarded(
    office: Office, agencies: Agencies, time: Time, case: Body
) -> tuple[Body, Body]:
    # One letter for each category: to BKN for the discipline, to Gakkumdu for the crime.
    time.is_now("2024-11-19T14:00:00+08:00")
    letter = {"letter_number": "112/PP.00.02/XI/2024", "letter_on": "2024-11-19"}
    to_bkn = {"category": "other_law", "authority": "bkn", "office_id": agencies.bkn_id}
    to_centre = {"category": "criminal", "authority": "gakkumdu", "office_id": agencies.centre_id}
    discipline = await office.decides(case, "referrals", letter | to_bkn)
    crime = await office.decides(case, "referrals", letter | to_centre)
    assert (await office.reads(case))["state"] == "forwarded"
    assert (await office.reporter_sees(case))["status"] == "forwarded"
    return discipline, crime


async def the_staffing_authority_punishes(
    agencies: Agencies, time: Time, person: Body, referral: Body
) -> None:
    # BKN relays and watches; the staffing authority decides (PP 94/2021).
    time.is_now("2024-11-21T10:00:00+08:00")
    await agencies.answers(referral, "acknowledgement", agencies.bkn)
    relay = {"letter_number": "B-77/BKN/2024", "letter_on": "2024-11-21"}
    to = {"to_office_id": agencies.personnel_agency_id}
    relayed = await agencies.answers(referral, "relay", agencies.bkn, **relay, **to)
    # 14 working days: the voting day of 27 November was a holiday.
    assert relayed["next_due_at"] == "2024-12-12T16:00:00Z"

    time.is_now("2024-12-10T10:00:00+08:00")
    ruling = {
        "person_id": person["id"],
        "sanctions": [{"kind": "demotion", "months": 12}],
        "effective_on": "2024-12-10",
    }
    decree = {"decree_number": "800/112/BKPSDM/2024", "decree_on": "2024-12-10"}
    ruled = await agencies.answers(
        referral, "decision", agencies.personnel_agency, **decree, rulings=[ruling]
    )
    assert ruled["state"] == "followed_up"
    idis = {"person_id": person["id"], "number": "IDIS-2024-000123"}
    await agencies.answers(referral, "idis", agencies.bkn, **idis)


async def the_centre_stops_the_crime(
    office: Office, agencies: Agencies, time: Time, case: Body, referral: Body
) -> None:
    time.is_now("2024-12-11T10:00:00+08:00")
    assert (await office.reads(case))["state"] == "forwarded"
    await agencies.answers(referral, "acknowledgement", agencies.police)
    await agencies.answers(
        referral,
        "result",
        agencies.police,
        followed_up=False,
        text="Rekaan: unsur pidana tidak cukup.",
    )


async def the_case_is_closed(office: Office, time: Time, case: Body) -> None:
    time.is_now("2024-12-12T10:00:00+08:00")
    assert (await office.reads(case))["state"] == "followed_up"
    assert (await office.decides(case, "closing"))["state"] == "closed"
    told = await office.reporter_sees(case)
    assert told["status"] == "closed"
    assert "demotion" not in str(told)
