"""The law of evidence: which files are taken, how many and how large, and how an upload ends."""

from enum import StrEnum


class UploadState(StrEnum):
    OPEN = "open"
    FINISHED = "finished"
    ENDED = "ended"
