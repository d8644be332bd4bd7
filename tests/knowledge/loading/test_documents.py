import io
import zipfile

import pytest

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.documents import load
from tests.knowledge.dirty_folder import STOPPED_LINE, TRADITIONAL_COPY


def text_of(name: str, data: bytes) -> str:
    return "\n".join(raw.text for raw in load(name, data))


def reason(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        load(name, data)
    return caught.value.reason


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_a_text_reads_the_same_in_every_encoding(encoding):
    text = f"{STOPPED_LINE}\nSecond line, 第二行。\n"
    assert text_of("a.txt", text.encode(encoding)) == text


def test_big5_is_not_taken_for_gbk():
    text = TRADITIONAL_COPY.replace("(chǎn)", "").replace("(shù)", "").replace("(xù)", "")
    assert text_of("a.txt", text.encode("big5")) == text


def test_lines_of_different_encodings_in_one_file_are_all_read():
    mixed = "第一行是 UTF-8。\n".encode() + "第二行是国标码。\n".encode("gbk")
    assert text_of("a.txt", mixed) == "第一行是 UTF-8。\n第二行是国标码。\n"


def test_nul_bytes_are_left_out():
    assert text_of("a.txt", "客户\0预算\0还没批。这一行够长了。".encode()) == "客户预算还没批。这一行够长了。"


def test_a_web_page_gives_what_a_reader_reads():
    page = """<html><head><title>拜访</title><style>p{}</style></head>
    <body><nav>首页 登录</nav><script>alert("x")</script>
    <!-- note --><h1>第二次拜访</h1><p>带样机<b>去试</b></p><p hidden>藏</p>
    <table><tr><td>预算</td><td>180万</td></tr></table>
    <footer>版权</footer></body></html>"""
    [raw] = load("a.html", page.encode())
    assert raw.title == "拜访"
    assert [line.strip() for line in raw.text.splitlines() if line.strip()] == [
        "第二次拜访",
        "带样机去试",
        "预算 180万",
    ]


def test_a_deep_page_is_read():
    assert "底" in text_of("a.html", ("<div>" * 3000 + "底" + "</div>" * 3000).encode())


def test_a_page_in_declared_gbk_is_read():
    page = '<html><meta charset="gb2312"><body><p>客户的预算还没批。</p></body></html>'
    assert text_of("a.htm", page.encode("gbk")) == "客户的预算还没批。"


def test_markdown_headings_part_the_articles():
    texts = load("a.md", "# 一号\n\n**粗** [链接](http://x.cn)\n\n# 二号\n\n- 条目\n".encode())
    assert [(raw.title, raw.text) for raw in texts] == [("一号", "粗 链接"), ("二号", "条目")]


def test_a_table_keeps_its_columns_with_its_values():
    assert text_of("a.csv", "客户,预算\n远山阀门,180万\n".encode()) == "客户：远山阀门，预算：180万。"


def test_an_archive_gives_its_readable_members():
    data = zipped({"一/a.txt": "客户预算".encode(), "b.exe": b"MZ\0\0", "c.md": b"# t\n\nwords"})
    found = {raw.name: raw.unreadable for raw in load("a.zip", data)}
    assert found == {"一/a.txt": "", "b.exe": "unknown_kind", "c.md": ""}


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"  \n ", "empty"),
        ("a.txt", bytes(range(256)) * 40, "not_text"),
        ("a.exe", b"MZ\x90\x00", "unknown_kind"),
        ("a.txt", b"\x1f\x8b disguised", "unknown_kind"),
        (
            "a.docx",
            zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}),
            "broken",
        ),
        ("a.docx", zipped({"[Content_Types].xml": b"<a/>", "other/x.xml": b"<a/>"}), "unknown_kind"),
        ("a.zip", b"PK\x03\x04 broken", "broken"),
        ("a.zip", zipped({"b.exe": b"MZ"}), "no_text_inside"),
        ("a.zip", zipped({"bomb.txt": b"0" * 40_000_000}), "too_big"),
        ("a.html", b"<html><script>1</script></html>", "no_text_inside"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(name, data, expected):
    assert reason(name, data) == expected
