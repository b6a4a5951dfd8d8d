"""Checks a certified extract with nothing but Python's standard library: ``python check.py [KEY.vkey]``, beside
the extract's other files. It travels with them and shares no code with the program that made them.

It checks that what the extract says was decided is letter for letter what is quoted; that each quotation is exactly
those bytes of the text it names; that this text is what its entry of the record says; that the entry is under the
signed head of the record; and, where ``openssl`` is installed, that the body's key signed that head. It prints the
quotations; what stands around them in the extract is the office's. The key that travels here shows damage, not forgery:
name the one that the body published.
"""

import json
import subprocess
import sys
import tempfile
import unicodedata
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
ED25519 = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of a public key in its DER form (RFC 8410)."""


def hold(true: bool, otherwise: str) -> None:
    if not true:
        sys.exit(f"NOT AS RECORDED: {otherwise}")


def letters(text: str) -> str:
    """Letters, digits and signs of money, for the extract breaks lines otherwise and has no markup."""
    return "".join(each for each in text if each.isalnum() or unicodedata.category(each) == "Sc")


def root_over(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.3.2: the root of a tree of ``size`` that holds the leaf at ``index``."""
    node, last = sha256(b"\x00" + leaf).digest(), size - 1
    for each in path:
        hold(last > 0, "the proof is longer than it may be")
        if index % 2 or index == last:
            node = sha256(b"\x01" + each + node).digest()
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            node = sha256(b"\x01" + node + each).digest()
        index, last = index // 2, last // 2
    hold(last == 0, "the proof is shorter than it must be")
    return node


def check_entry(number: int) -> tuple[dict[str, object], str]:
    """What the entry says, and the signed head that it is under."""
    envelope = (HERE / f"entries/{number}.envelope").read_bytes()
    salt, payload = (HERE / f"entries/{number}.payload").read_bytes().split(b"\n", 1)
    commitment = sha256(bytes.fromhex(salt.decode()) + payload).hexdigest()
    hold(json.loads(envelope)["payload"] == commitment, f"entry {number} did not commit to this payload")
    proof, head = (HERE / f"entries/{number}.proof").read_text(encoding="utf-8").split("\n\n", 1)
    version, index, *path = proof.split("\n")
    hold(version == "c2sp.org/tlog-proof@v1", f"entry {number} has no proof of a form known here")
    hold(index == f"index {number}", f"the proof of entry {number} is that of another")
    size, root = head.split("\n")[1:3]
    found = root_over(envelope, number, int(size), [b64decode(each) for each in path])
    hold(b64encode(found).decode() == root, f"entry {number} is not under the head")
    return json.loads(payload), head


def check_quotation(each: dict[str, object], payload: dict[str, object]) -> None:
    """Its bytes stand in a text whose hash is the one that the entry's payload names."""
    start, end = int(str(each["start"])), int(str(each["end"]))
    text = (HERE / f"texts/{each['rendition']}").read_bytes()
    hold(sha256(text).hexdigest() == each["rendition"], f"the text {each['rendition']} was altered")
    hold(payload["rendition"] == each["rendition"], f"entry {each['entry']} names another text")
    hold(text[start:end].decode() == each["quote"], f"bytes {start} to {end} are not the quotation: {each['quote']}")


def check_signature(head: str, key: str) -> bool:
    """Whether the key signed the head; an OSError where there is no openssl that can tell."""
    text, _, signatures = head.partition("\n\n")
    lines = (line.split(" ") for line in signatures.split("\n") if line.count(" ") == 2)
    public = b64decode(key.strip().split("+", 2)[2])[1:]
    return any(_signed(f"{text}\n".encode(), b64decode(line[2])[4:], public) for line in lines)


def _signed(text: bytes, signature: bytes, public: bytes) -> bool:
    with tempfile.TemporaryDirectory() as name:
        parts = {"text": text, "signature": signature, "key": ED25519 + public}
        for part, data in parts.items():
            Path(name, part).write_bytes(data)
        told = ["-pubin", "-inkey", "key", "-keyform", "DER", "-rawin", "-in", "text", "-sigfile", "signature"]
        command = ["openssl", "pkeyutl", "-verify", *told]
        done = subprocess.run(command, cwd=name, check=False, capture_output=True)  # noqa: S603 - of the machine's own
        if done.returncode and b"Signature Verification Failure" not in done.stdout + done.stderr:
            raise OSError("this openssl is too old for Ed25519")
        return done.returncode == 0


def check_words(words: str, quotations: list[dict[str, object]]) -> None:
    """What the extract says was decided is letter for letter what is quoted of the decision."""
    quoted = letters("".join(str(each["quote"]) for each in quotations if each["of"] == "decision"))
    extract = letters((HERE / "extract.txt").read_text(encoding="utf-8"))
    hold(bool(letters(words)), "no words are said to be the decision's")
    hold(letters(words) in quoted, f"these words are not in the quotations: {words}")
    hold(letters(words) in extract, f"the extract does not have these words: {words}")


def main(key: Path) -> None:
    told = json.loads((HERE / "quotations.json").read_text(encoding="utf-8"))
    quotations = told["quotations"]
    check_words(told["words"], quotations)
    entries = {number: check_entry(number) for number in sorted({each["entry"] for each in quotations})}
    for each in quotations:
        check_quotation(each, entries[each["entry"]][0])
        print(f"{each['of']}: {each['quote']}\n")
    for number, (payload, head) in entries.items():
        hold(json.loads((HERE / f"entries/{number}.envelope").read_bytes())["kind"] == "reading", "no reading")
        print(f"entry {number}, {payload['reader']}: under the head of {' entries of '.join(head.split()[1::-1])}")
    print(f"{len(quotations)} quotations: exactly as they stand in the record")
    try:
        signed = all(check_signature(head, key.read_text(encoding="utf-8")) for _, head in entries.values())
    except OSError as error:
        sys.exit(f"The signature of the head was NOT checked, for want of OpenSSL 3: {error}.")
    hold(signed, f"the head was not signed by the key {key}")
    print(f"the head: signed by the key {key}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else next((HERE / "keys").iterdir()))
