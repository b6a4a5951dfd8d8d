"""Cutting the power while a record is written: ``python bench/powercut.py [RUNS]``, 2,000 by default.

Each run writes sources with their blobs, heads and redactions, and loses power before a random change of a
random file. Of what was not synced a random torn part survives. What had been acknowledged by then must be
there, the record must verify, and writing must go on. ``careless=True`` leaves the syncing out and must fail:
it shows that the campaign would notice.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from remembrancer.record.blobs import DirectoryBlobs
from remembrancer.record.log import Log
from remembrancer.record.note import Ed25519Signer
from remembrancer.record.retention import complete, redact
from remembrancer.record.sqlite import SQLiteStore
from remembrancer.testing import FixedClock, ForgetfulFiles, PowerCut

BODY = Path("/body")
SIGNER = Ed25519Signer.new("remembrancer/alder-town")


@dataclass
class Acknowledged:
    """What a caller was told is durable."""

    payloads: dict[int, object] = field(default_factory=dict)
    blobs: set[str] = field(default_factory=set)
    heads: list[bytes] = field(default_factory=list)
    removed_payloads: set[int] = field(default_factory=set)
    removed_blobs: set[str] = field(default_factory=set)
    leaving: set[str | int] = field(default_factory=set)
    """What a redaction that was not acknowledged yet may have taken already."""

    def copy(self) -> Acknowledged:
        return Acknowledged(
            dict(self.payloads),
            set(self.blobs),
            list(self.heads),
            set(self.removed_payloads),
            set(self.removed_blobs),
            set(self.leaving),
        )


class Ticking(ForgetfulFiles):
    """Tells of each change before it happens; a careless one syncs nothing."""

    def __init__(self, tick: Callable[[], None], careless: bool) -> None:
        super().__init__(BODY)
        self.tick = tick
        self.careless = careless

    def write(self, path: Path, data: bytes) -> None:
        self.tick()
        super().write(path, data)

    def sync(self, path: Path) -> None:
        self.tick()
        if not self.careless:
            super().sync(path)

    def sync_directory(self, path: Path) -> None:
        self.tick()
        super().sync_directory(path)

    def rename(self, old: Path, new: Path) -> None:
        self.tick()
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        self.tick()
        super().remove(path)


class Machine:
    """A computer that writes a record until it loses power, once, before its ``fuse``-th change of a file."""

    def __init__(self, chance: random.Random, live: Path, dead: Path, careless: bool) -> None:
        self.chance, self.live, self.dead, self.careless = chance, live, dead, careless
        self.fuse = chance.randint(1, 500)
        self.cut_at: Acknowledged | None = None
        self.acknowledged = Acknowledged()
        self.disk = PowerCut(self.tick)
        self.files = Ticking(self.tick, careless)
        self.files_after = ForgetfulFiles(BODY)

    def tick(self) -> None:
        self.fuse -= 1
        if self.fuse == 0:
            self.cut()

    def cut(self) -> None:
        self.cut_at = self.acknowledged.copy()
        self.disk.cut(self.chance, self.dead)
        self.files_after = self.files.after_crash(self.chance)

    def run(self) -> Acknowledged:
        """What had been acknowledged when the power went."""
        store = SQLiteStore(self.live / "record.db", self.disk.name)
        store._connection.pragma("wal_autocheckpoint", self.chance.choice((1, 5, 1000)))
        if self.careless:
            store._connection.pragma("synchronous", "off")
        log = Log(store, DirectoryBlobs(BODY / "blobs", self.files), SIGNER, FixedClock(), "alder-town")
        for _ in range(self.chance.randint(1, 25)):
            if self.cut_at is None:
                self.chance.choice((self.write, self.write, self.write, self.sign, self.redact))(log)
        if self.cut_at is None:
            self.cut()
        log.close()
        assert self.cut_at is not None
        return self.cut_at

    def write(self, log: Log) -> None:
        data = self.chance.randbytes(self.chance.choice((16, 400, 9000)))
        name = log.put(data)
        payload = {"source": name, "blobs": [name], "text": "x" * self.chance.choice((1, 300, 9000))}
        number = log.add("source", payload)
        self.acknowledged.payloads[number] = payload
        self.acknowledged.blobs.add(name)

    def sign(self, log: Log) -> None:
        self.acknowledged.heads.append(log.checkpoint())

    def redact(self, log: Log) -> None:
        numbers = sorted(self.acknowledged.payloads)
        if not numbers:
            return
        number = self.chance.choice(numbers)
        (name,) = self.acknowledged.payloads[number]["blobs"]  # type: ignore[index]
        self.acknowledged.leaving |= {number, name}
        redact(log, [number], [name], authority="a court", what=["a file"], by="owner")
        self.acknowledged.payloads.pop(number)
        self.acknowledged.blobs.discard(name)
        self.acknowledged.removed_payloads.add(number)
        self.acknowledged.removed_blobs.add(name)


def losses(log: Log, promised: Acknowledged) -> list[str]:
    """What was acknowledged and is not so."""
    entries = {entry.number: entry.payload for entry in log.entries()}
    kept = {n: payload for n, payload in promised.payloads.items() if n not in promised.leaving}
    return [
        *(f"entry {number} lost" for number, payload in kept.items() if entries.get(number) != payload),
        *(f"blob {name} lost" for name in promised.blobs - promised.leaving if not log.blobs.has(name)),
        *("a head lost" for head in promised.heads if head not in log.store.heads()),
        *(f"payload {number} came back" for number in promised.removed_payloads if entries.get(number) is not None),
        *(f"blob {name} came back" for name in promised.removed_blobs if log.blobs.has(name)),
    ]


def trial(seed: int, careless: bool = False) -> list[str]:
    """One run; everything that went wrong, so nothing if all is well."""
    with tempfile.TemporaryDirectory() as directory:
        live, dead = Path(directory) / "live", Path(directory) / "dead"
        live.mkdir()
        dead.mkdir()
        machine = Machine(random.Random(seed), live, dead, careless)
        promised = machine.run()
        try:
            store = SQLiteStore(dead / "record.db")
            blobs = DirectoryBlobs(BODY / "blobs", machine.files_after)
            log = Log(store, blobs, SIGNER, FixedClock(), "alder-town")
            complete(log)
            wrong = losses(log, promised)
            wrong += [str(problem) for problem in (log.verify().problem,) if problem]
            log.add("event", {"after": "the cut"})
            log.checkpoint()
            wrong += [f"afterwards: {problem}" for problem in (log.verify().problem,) if problem]
            log.close()
        except Exception as error:
            return [f"{type(error).__name__}: {error}"]
        return wrong


def main(runs: int) -> None:
    began = time.perf_counter()
    failed = {seed: wrong for seed in range(runs) if (wrong := trial(seed))}
    for seed, wrong in failed.items():
        print(f"run {seed}: {'; '.join(wrong)}")
    figures = {"runs": runs, "failed": len(failed), "seconds": round(time.perf_counter() - began)}
    print(f"{runs} power cuts in {figures['seconds']} s; {len(failed)} lost or damaged something")
    print(json.dumps(figures))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
