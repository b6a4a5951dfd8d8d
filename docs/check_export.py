"""Checks an export with nothing but Python's standard library: ``python check_export.py DIRECTORY``.

It shares no code with the program that wrote the export. It checks that the entries make up the tree whose
root the checkpoint states, that every payload there is the one its entry commits to, and that every blob
has its name. The checkpoint's signature is one line more, with any tool for Ed25519.
"""

import json
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path


def tile_name(index: int, width: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups) + ("" if width == 256 else f".p/{width}")


def envelopes(export: Path, size: int) -> list[bytes]:
    """Every entry is a length of two bytes, big-endian, and the envelope."""
    found = []
    for start in range(0, size, 256):
        name = tile_name(start // 256, min(256, size - start))
        bundle, at = (export / "tile/entries" / name).read_bytes(), 0
        while at < len(bundle):
            length = int.from_bytes(bundle[at : at + 2], "big")
            found.append(bundle[at + 2 : at + 2 + length])
            at += 2 + length
    return found


def tree_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1."""
    if len(leaves) < 2:
        return sha256(b"\x00" + leaves[0]).digest() if leaves else sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + tree_root(leaves[:split]) + tree_root(leaves[split:])).digest()


def check_payloads(export: Path, commitments: list[str]) -> int:
    """``payload`` in an envelope is the SHA-256 of salt and canonical payload."""
    checked = 0
    for path in (export / "payloads").rglob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if "payload" in entry:
                canonical = json.dumps(entry["payload"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
                digest = sha256(bytes.fromhex(entry["salt"]) + canonical.encode()).hexdigest()
                assert digest == commitments[entry["number"]], f"entry {entry['number']} is not what was committed to"
                checked += 1
    return checked


def check_blobs(export: Path) -> int:
    blobs = [path for path in (export / "blobs").rglob("*") if path.is_file()]
    for path in blobs:
        assert sha256(path.read_bytes()).hexdigest() == path.name, f"the blob {path.name} was altered"
    return len(blobs)


def main(export: Path) -> None:
    origin, size, root = (export / "checkpoint").read_text(encoding="utf-8").split("\n")[:3]
    entries = envelopes(export, int(size))
    assert len(entries) == int(size), "there are not as many entries as the checkpoint says"
    assert tree_root(entries) == b64decode(root), "the entries are not those of the checkpoint"
    payloads = check_payloads(export, [json.loads(entry)["payload"] for entry in entries])
    print(f"{origin}: {size} entries, {payloads} payloads, {check_blobs(export)} blobs: all as they were recorded")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
