"""The last reader: whatever has no reader is kept, named and reported."""

import io
import zipfile

import pytest

from remembrancer.read import choose, read
from remembrancer.read.account import account
from remembrancer.read.house import DEFAULT


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, words in files.items():
            archive.writestr(name.replace("__", "/"), words)
    return out.getvalue()


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(100)


KINDS = [
    (b"\x89PNG\r\n\x1a\n" + bytes(40), "x.png", "no-reader", "image (PNG)"),
    (b"\xff\xd8\xff\xe0" + bytes(40), "x.jpg", "no-reader", "image (JPEG)"),
    (b"ID3\x04" + bytes(40), "x.mp3", "no-reader", "sound recording"),
    (b"\0\0\0\x20ftypisom" + bytes(40), "x.mp4", "no-reader", "video"),
    (b"{\\rtf1 Minutes}", "minutes.txt", "no-reader", "RTF"),
    (compound("WordDocument"), "minutes.doc", "no-reader", "old Word document"),
    (compound("EncryptedPackage"), "minutes.docx", "encrypted", "password"),
    (zipped(ppt__slide1="x"), "slides.pptx", "no-reader", "PowerPoint"),
    (zipped(xl__sheet1="x"), "votes.xlsx", "no-reader", "Excel"),
    (zipped(mimetype="application/vnd.oasis.opendocument.text"), "m.odt", "no-reader", "OpenDocument text"),
    (zipped(anything="x"), "all.zip", "no-reader", "archive (ZIP)"),
    (bytes(range(256)) * 9, "strange.bin", "no-reader", "(.bin)"),
    (b"", "nothing.txt", "empty", "empty"),
    (b" \r\n\t ", "white.txt", "empty", "white space"),
]


@pytest.mark.parametrize(("data", "path", "code", "words"), KINDS, ids=[path for _, path, _, _ in KINDS])
def test_a_file_without_a_reader_is_named_and_listed_with_its_size(data, path, code, words):
    reading = read(data, path, DEFAULT)
    (finding,) = reading.proceedings.findings
    assert (reading.rendition.data, finding.code) == (b"", code)
    assert words in finding.message
    assert finding.advice
    assert bool(reading.rendition.not_extracted) == bool(data)
    assert account(reading).letters == 0


def test_the_last_reader_takes_everything():
    assert choose(b"\x00\x01", "x", DEFAULT).name.startswith("unread/")
