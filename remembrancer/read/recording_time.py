"""Times in a recording, as captions and data files write them."""

from __future__ import annotations

import re

_SECONDS = re.compile(r"\d+(?:\.\d+)?")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3})\d*)?")


def recording_time(value: str) -> str:
    """A time as ``HH:MM:SS.mmm``; empty if it is none.

    >>> recording_time("370.5"), recording_time("6:10"), recording_time("01:06:10,02")
    ('00:06:10.500', '00:06:10.000', '01:06:10.020')
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        seconds, thousandths = divmod(round(float(value) * 1000), 1000)
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
    clock = _CLOCK.fullmatch(value)
    if clock is None:
        return ""
    return f"{int(clock[1] or 0):02}:{int(clock[2]):02}:{clock[3]}.{(clock[4] or '0').ljust(3, '0')}"
