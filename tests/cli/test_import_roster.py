"""``gangmu import roster``: as on the page, from the command line."""

import pytest
from openpyxl import load_workbook

from gangmu.cli import main
from gangmu.events.models import Event
from gangmu.org.models import Person
from tests.cast import Cast
from tests.sheets import workbook

GOOD = [["姓名", "部门", "电话"], ["林见鹿", "第六检察部", "139"]]


def run(tmp_path, rows, *args: str) -> int:
    file = tmp_path / "名册.xlsx"
    file.write_bytes(workbook(rows, names=["花名册"]))
    return main(["import", "roster", str(file), "--unit", "江州市院", *args])


def test_a_list_is_taken_and_then_nothing_is_left_to_do(cast: Cast, tmp_path, capsys):
    assert run(tmp_path, GOOD) == 0
    said = capsys.readouterr().out
    assert (
        "人员名册，读了 1 行：A 姓名→姓名，B 部门→部门" in said
        and "不存的列：电话" in said
        and "新增 1，变化 0" in said
    )
    assert Person.objects.get(name="林见鹿").department == cast.d6
    assert Event.objects.latest("pk").source == "command"
    assert run(tmp_path, GOOD) == 0
    assert "没有改动" in capsys.readouterr().out


def test_an_error_stops_it_unless_partly(cast: Cast, tmp_path, capsys):
    wrong = [*GOOD, ["周野", "第九检察部", ""]]
    copy = tmp_path / "标好.xlsx"
    assert run(tmp_path, wrong, "--copy", str(copy)) == 1
    said = capsys.readouterr()
    assert "错 B3 本院没有“第九检察部”这个部门" in said.err and "整张表没有导入" in said.err
    assert load_workbook(copy)["花名册"]["B3"].comment is not None
    assert run(tmp_path, wrong, "--partly") == 0
    assert Person.objects.filter(name="林见鹿").exists() and not Person.objects.filter(name="周野").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [(("--sheet", "没有"), "没有这张表"), (("--as", "head8"), "由办公室、党办维护"), (("--as", "nobody"), "--as"), (("--kind", "dues"), "月份")],
)  # fmt: skip
def test_what_cannot_be_is_said(cast: Cast, tmp_path, capsys, args, said):
    assert run(tmp_path, GOOD, *args) == 1
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there(cast: Cast, tmp_path, capsys):
    assert main(["import", "roster", str(tmp_path / "x.xlsx"), "--unit", "江州市院"]) == 1
    assert "读不到文件" in capsys.readouterr().err
