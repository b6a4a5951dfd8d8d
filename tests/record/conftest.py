"""Bodies to test on: small logs with blobs, heads and a signing member."""

from pathlib import Path

import pytest

from remembrancer.record.log import Log
from remembrancer.testing import FixedClock


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """Twelve sources with a reading each, a head after every eighth entry and at the end."""
    log = Log.create(tmp_path / "alder-town", FixedClock())
    for number in range(12):
        source, reading = log.put(f"Minutes {number}".encode()), log.put(f"reading of {number}".encode())
        authority = "recording" if number % 3 == 0 else "approved"
        log.add("source", {"source": source, "blobs": [source], "authority": authority, "path": f"{number}.md"})
        log.add("reading", {"source": source, "blobs": [reading]})
        if number % 4 == 3:
            log.checkpoint()
    return log
