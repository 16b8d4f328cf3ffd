"""Opening a list without trusting it: every hostile file is refused in words, none crashes or grows without bound."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from gangmu.papers.errors import MESSAGES, Unreadable
from gangmu.papers.roster import layout
from gangmu.papers.roster_check import Known, Sheet
from gangmu.papers.roster_open import open_book
from gangmu.papers.roster_party import CHECKS
from tests.cast import DAY
from tests.sheets import workbook

pytestmark = pytest.mark.pure
XLS = Path(__file__).parent / "data" / "ledger.xls"
LIST = workbook([["姓名", "部门", "入党时间"], *[[f"甲{n}", "一部", DAY] for n in range(30)]])
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def rewritten(part: str, body: bytes) -> bytes:
    """The list with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(LIST)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, body if name == part else old.read(name))
    return out.getvalue()


def sheet_of(cells: str) -> bytes:
    return rewritten("xl/worksheets/sheet1.xml", f'<?xml version="1.0"?><worksheet {NAMESPACE}><sheetData>{cells}</sheetData></worksheet>'.encode())  # fmt: skip


def code(data: bytes, name: str = "名册.xlsx") -> str:
    with pytest.raises(Unreadable) as problem:
        open_book(data, name)
    assert problem.value.message in MESSAGES.values()
    return problem.value.code


def test_a_list_is_read():
    book = open_book(LIST, "名册.xlsx")
    assert book.form == "xlsx" and book.sheets[0].rows[1][:2] == ["甲0", "一部"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"), (b"\x00" * 40, "empty"), (b"PK\x03\x04", "corrupt"), (LIST[:500], "corrupt"), (b"%PDF-1.4", "wrong_sheet"),
        ("姓名,部门\n甲某,一部".encode(), "wrong_sheet"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "corrupt_sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_says_what_it_is(data, said):
    assert code(data) == said


def test_a_word_file_under_the_name_of_a_list():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", "<w/>")
    assert code(out.getvalue()) == "wrong_sheet"


def test_two_far_cells_are_no_table():
    """From A1 to XFD1048576 the dense table would have seventeen thousand million cells."""
    assert (
        code(
            sheet_of(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            )
        )
        == "sheet_size"
    )
    assert code(sheet_of("<row r='1'><c r = 'ZZZ1'><v>1</v></c></row>")) == "sheet_size"
    assert (
        code(sheet_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="999999"><c><v>1</v></c></row>'))
        == "sheet_size"
    )


def test_far_cells_with_nothing_but_a_format_do_no_harm():
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    assert open_book(sheet_of(rows), "a.xlsx").sheets[0].rows[0] == ["姓名"]


def test_one_long_string_in_many_cells_is_not_copied_out():
    text = "长" * 200_000
    shared = f'<?xml version="1.0"?><sst {NAMESPACE}><si><t>{text}</t></si></sst>'.encode()
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 3000))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet_of(cells))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            stored = zipfile.ZIP_STORED if name.endswith("sharedStrings.xml") else zipfile.ZIP_DEFLATED
            new.writestr(name, shared if stored == zipfile.ZIP_STORED else old.read(name), stored)
    assert code(out.getvalue()) == "bomb"


def test_a_zip_bomb_is_not_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b"<" * 50_000_000)
    assert code(out.getvalue()) == "bomb"


def test_entities_are_refused():
    body = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet {NAMESPACE}/>'.encode()
    assert code(rewritten("xl/worksheets/sheet1.xml", body)) == "entity"
    assert code(rewritten("xl/worksheets/sheet1.xml", body.decode().encode("utf-16"))) in (
        "entity",
        "corrupt",
    )


def test_a_marked_list_is_refused():
    assert code(workbook([["机密★一年"], ["姓名", "部门"], ["甲某", "一部"]])) == "secret"


def test_a_workbook_of_hidden_and_empty_sheets_is_empty():
    assert code(workbook([["姓名", "部门"]], [[]], hidden=(0,))) == "empty"


def test_mutated_files_are_read_or_refused():
    """Bytes flipped, cut and doubled: a layout, no layout or a sentence."""
    lots, known = random.Random(7), Known(DAY)
    for _n in range(1500):
        data = bytearray(LIST)
        for _flip in range(lots.randint(1, 12)):
            data[lots.randrange(len(data))] = lots.randrange(256)
        if lots.random() < 0.3:
            data = data[: lots.randrange(1, len(data))]
        try:
            book = open_book(bytes(data), lots.choice(["a.xlsx", "a.xls", "a.et", "a"]))
        except Unreadable as no:
            assert no.code in MESSAGES
            continue
        for sheet in book.sheets:
            if found := layout(sheet):
                CHECKS[found.kind](Sheet(found, known))


def test_an_old_list_whose_counts_lie_ends_only_the_process_that_reads_it():
    """As for plans: the reader of cells would ask for the memory of four billion rows and take the server along."""
    good = XLS.read_bytes()
    at = good.index(b"\x00\x02\x0e\x00", 1024) + 8  # DIMENSIONS: the row after the last
    assert code(good[:at] + b"\xff\xff\xff\xff" + good[at + 4 :], "a.xls") == "corrupt_sheet"
    assert code((XLS.parent / "far.xls").read_bytes(), "a.xls") == "sheet_size"
