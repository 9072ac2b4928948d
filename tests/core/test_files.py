"""Files at a ticket: who may attach one, what is refused, and names that are no path and hide nothing (R39, R41, R59, C30 to C33)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_core.commands import AttachFile
from desk_core.files import LONGEST_NAME, MOST_BYTES, FileAttached, is_program, media_type, safe_name, size_words
from tests.support.world import World, ready_policy

DIGEST = "ab" * 32


@pytest.fixture
def world() -> World:
    made = World(ready_policy())
    made.add_member("anke", office="hamburg", departments=("technical_support",))
    made.add_member("olaf", office="hamburg", departments=("sales",))
    made.entitle()
    made.log(made.members["anke"])
    return made


def asked(**fields: object) -> AttachFile:
    given_fields = {"ticket": "t1", "sha256": DIGEST, "file_name": "photo.png", "size": 7, **fields}
    return AttachFile(**given_fields)  # type: ignore[arg-type]


def test_a_file_is_attached_under_a_safe_name(world: World) -> None:
    """C31, C33: what colleagues will see was made safe when it was decided, whatever the sender's program sent."""
    hostile = asked(file_name="..\\..\\photo\u202egnp.exe", media_type='text/html; charset="x"')
    decided = world.do(world.members["anke"], hostile)
    what = decided.events[0].what
    assert what == FileAttached(sha256=DIGEST, file_name="photognp.exe", size=7)
    assert decided.result["file_name"] == "photognp.exe"
    picture = world.do(world.members["anke"], asked(media_type="Image/PNG")).events[0].what
    assert picture == FileAttached(sha256=DIGEST, file_name="photo.png", size=7, media_type="image/png")


def test_who_may_not_see_the_ticket_attaches_nothing(world: World) -> None:
    assert world.refused(world.members["olaf"], asked()).code == "out_of_scope"
    assert world.refused(world.members["olaf"], asked(ticket="t9")).code == "not_found"


@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ({"size": MOST_BYTES + 1}, "file_too_large", "“photo.png” has 25.0 MB; at most 25.0 MB can be attached."),
        ({"size": 0}, "empty_file", "“photo.png” is empty"),
        ({"size": -1}, "empty_file", "nothing to attach"),
        ({"sha256": "AB" * 32}, "bad_file", "add it again"),
        ({"sha256": "../x"}, "bad_file", "add it again"),
    ],
)
def test_what_cannot_be_attached_is_refused_in_a_sentence(
    world: World, fields: dict[str, object], code: str, words: str
) -> None:
    refusal = world.refused(world.members["anke"], asked(**fields))
    assert (refusal.code, refusal.fields) == (code, ("file_name",))
    assert words in refusal.text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\report.pdf", "report.pdf"),
        ("\\\\server\\share\\f.doc", "f.doc"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("set\u200bup.exe", "setup.exe"),
        (".\u200b./x", "x"),
        (".bashrc", "bashrc"),
        ("trailing.txt. . ", "trailing.txt"),
        ("CON.txt", "file_CON.txt"),
        ("com1", "file_com1"),
        ("a\uff0fb\uff0eexe", "b.exe"),
        ("stream.txt:evil.exe", "stream.txt_evil.exe"),
        ("tab\tand\nline", "tab and line"),
        ("", "file"),
        ("..", "file"),
        ("Rechnung März 😀.pdf", "Rechnung März 😀.pdf"),
        ("a" * 300 + ".pdf", "a" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_r59_a_name_from_outside_is_never_a_path(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=200))
def test_c30_only_the_final_form_counts(name: str) -> None:
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert safe.strip(" .") == safe
    assert 0 < len(safe) <= LONGEST_NAME
    assert not set(safe) & set('/\\:*?"<>|\0\u202e\u200b')


@pytest.mark.parametrize(
    "name", ["a.exe", "a.txt.LNK", "a.\u200bbat", "a.exe. ", "macro.docm", "page.html", "x.desktop"]
)
def test_r39_a_program_is_known_by_its_real_ending(name: str) -> None:
    assert is_program(name)


@pytest.mark.parametrize("name", ["exe", "a.pdf", "a.exe.txt", "photo.jpeg", "no ending"])
def test_other_files_are_no_programs(name: str) -> None:
    assert not is_program(name)


def test_a_media_type_is_one_or_it_is_unknown() -> None:
    assert [media_type(text) for text in (" Text/Plain ", "x", "a/b\r\nSet-Cookie: c")] == [
        "text/plain",
        "application/octet-stream",
        "application/octet-stream",
    ]
    assert [size_words(n) for n in (1, 1023, 1024, 3 * 1024 * 1024 + 300_000)] == ["1 B", "1023 B", "1 KB", "3.3 MB"]
