"""The registers that one process has in memory: who sees the same shares one, whoever asks and however many openings
of the office there are. A register is never changed, and lives as long as somebody remembers it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

from remembrancer.register.rows import Register


class _Making:
    """Held while a register is made, so that whoever asks for the same waits for it and does not make it, too."""

    def __init__(self) -> None:
        self.lock = Lock()


_guard = Lock()
_registers: WeakValueDictionary[tuple[Path, str], Register] = WeakValueDictionary()
_making: WeakValueDictionary[tuple[Path, str], _Making] = WeakValueDictionary()


def shared(office: Path, key: str, make: Callable[[], Register]) -> Register:
    """The register that is made from what ``key`` is the hash of, made now where nobody has it."""
    named = office, key
    with _guard:
        making = _making.get(named) or _Making()
        _making[named] = making
    with making.lock:
        register = _registers.get(named)
        if register is None:
            register = _registers[named] = make()
        return register
