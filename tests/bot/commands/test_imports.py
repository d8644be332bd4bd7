"""`ridealong import FILE`: a report, a question, and the accounts of a list in the team."""

from pathlib import Path

from openpyxl import load_workbook

from tests.bot.importing.lists import excel
from tests.support.served import Surroundings


def test_a_list_is_added_after_a_yes_and_comes_out_again(surroundings: Surroundings, tmp_path: Path) -> None:
    file, out = tmp_path / "list.xlsx", tmp_path / "out.xlsx"
    file.write_bytes(excel([["客户名称", "联系人", "职务"], ["三江泵业", "陈工", "工程师"], [None, "老李", None]]))
    refused = surroundings.run("import", str(file), said="n\n")
    assert (refused.returncode, refused.stdout.strip()) == (0, "All right, nothing imported.")
    assert "row 3: no account" in refused.stderr
    done = surroundings.run("import", str(file), "--yes")
    assert done.stdout.strip() == "Done: 1 accounts and 1 contacts added."
    surroundings.run("export", "--accounts", str(out))
    assert load_workbook(out)["联系人"]["B2"].value == "陈工"


def test_what_cannot_be_read_is_one_sentence(surroundings: Surroundings, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("型号,单价\nA1,100\n", encoding="utf-8")
    done = surroundings.run("import", str(file), "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no column with account names" in done.stderr
