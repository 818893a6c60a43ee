"""What is signed, by whom, and how."""

from enum import StrEnum


class Kind(StrEnum):
    PLEDGE = "pledge"
    INTEGRITY_PACT = "integrity_pact"
    JOINT_DECLARATION = "joint_declaration"


class Status(StrEnum):
    """Once it was held, how many of its roster have signed tells the next two apart."""

    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    PARTLY_SIGNED = "partly_signed"
    COMPLETE = "complete"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Group(StrEnum):
    """Who is bound to neutrality, each group by laws and a sanctioning authority of its own.

    An urban village head (lurah) is a civil servant; only village heads are elected.
    """

    ASN_PNS = "asn_pns"
    ASN_PPPK = "asn_pppk"
    ASN_PPPK_PART_TIME = "asn_pppk_part_time"
    NON_ASN = "non_asn"
    TNI = "tni"
    POLRI = "polri"
    VILLAGE_HEAD = "village_head"
    VILLAGE_OFFICIAL = "village_official"
    BPD = "bpd"
    STATE_OFFICIAL = "state_official"
    REGIONAL_OFFICIAL = "regional_official"
    STATE_ENTERPRISE = "state_enterprise"
    ELECTION_ORGANISER = "election_organiser"
    OTHER = "other"


class SignatoryRole(StrEnum):
    SIGNATORY = "signatory"
    REPRESENTATIVE = "representative"
    WITNESS = "witness"


class Method(StrEnum):
    """How the signature was given; only the first two can be given on a screen.

    An electronic one is certified where its certificate leads to a root on our list.
    """

    CLICK = "click"
    DRAWN = "drawn"
    WET = "wet"
    ELECTRONIC = "electronic"
    CERTIFIED = "certified"


# Nine digits were valid before 2007; of an NI PPPK the 13th and 14th digit are no month.
EMPLOYEE_NUMBER = r"^([0-9]{14}[12][0-9]{3}|[0-9]{9})$"


class SignatureState(StrEnum):
    """Only valid signatures count; what became of the others is told by leaves of their own."""

    VALID = "valid"
    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"


class Check(StrEnum):
    """What the organiser found of a signature by the open link, or in a document that was signed
    elsewhere; others need none."""

    NOT_NEEDED = "not_needed"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
