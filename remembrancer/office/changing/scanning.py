"""What browsers and programs hand in is shown to a scanner first, where ``[web] scan`` names one.

The command, as its words in a list, is given the file's path as its last argument. It says with 0 that the file may be
read; whatever else it says, the file is kept out. A scanner that cannot be run lets nothing pass.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

PATIENCE = 300
"""Seconds that a scanner is given for one file."""


def passes(web: Mapping[str, Any], path: Path) -> bool:
    """Whether a file may be read, by the settings of the served office; a Fault where that cannot be found out."""
    command = [str(word) for word in web.get("scan", ())]
    if not command:
        return True
    try:
        ran = subprocess.run(  # noqa: S603 - the owner's own, of the settings
            [*command, str(path)], stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Fault(
            Exit.REFUSED,
            Sentence("The scanner that [web] scan names cannot be run, so that nothing is read."),
            Sentence("Ask who runs the office to start %(command)s.", command=command[0]),
        ) from error
    return ran.returncode == 0
