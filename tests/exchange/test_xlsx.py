#!/usr/bin/env python3
"""Spreadsheets taken apart: cells, formats, properties. Usage: test_xlsx.py OUTLET VALSTUGA. Prints TAP."""
import io
import os
import re
import tempfile
import xml.etree.ElementTree as tree
import zipfile

import out

MADE = 1776412800  # 2026-04-17 08:00 UTC
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Book:
    def __init__(self, data):
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        assert self.zip.testzip() is None
        names = self.zip.namelist()
        shared = self.xml("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in names else []
        self.texts = ["".join(t.text or "" for t in one.iter(MAIN + "t")) for one in shared]
        self.sheet = self.xml("xl/worksheets/sheet1.xml")
        styles = self.xml("xl/styles.xml")
        own = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(MAIN + "numFmt")}
        fonts = [one.find(MAIN + "b") is not None for one in styles.find(MAIN + "fonts")]
        self.styles = [(own.get(one.get("numFmtId"), one.get("numFmtId")), fonts[int(one.get("fontId"))])
                       for one in styles.find(MAIN + "cellXfs")]
        self.cells = {cell.get("r"): cell for cell in self.sheet.iter(MAIN + "c")}

    def xml(self, name):
        return tree.fromstring(self.zip.read(name))

    def get(self, at):
        """A text, a number, or None."""
        cell = self.cells.get(at)
        value = cell.find(MAIN + "v") if cell is not None else None
        if value is None:
            return None
        assert cell.find(MAIN + "f") is None, f"{at} is a formula"
        return self.texts[int(value.text)] if cell.get("t") == "s" else float(value.text)

    def style(self, at):
        return self.styles[int(self.cells[at].get("s", "0"))]


def table(columns, rows, **more):
    return {"title": "Personer", "creator": "V Värmland", "made_at": MADE, "columns": columns, "rows": rows,
            **more}


def make(columns, rows, **more):
    return Book(out.make("xlsx", view=table(columns, rows, **more)))


def columns(*types):
    return [{"name": kind, "label": "Å " + kind, "type": kind} for kind in types]


def text_stays_text_whatever_it_looks_like():
    values = ["=1+1", "0017", "+46701234567", "'s-Hertogenbosch", "-5", "@SUM(A1)", "1e5", "2026-04-17",
              "Åsa 😀", "a\nb", " x ", "<b>&amp;", "http://example.org"]
    book = make(columns("text"), [{"text": value} for value in values])
    for row, value in enumerate(values, 2):
        assert book.get(f"A{row}") == value, (value, book.get(f"A{row}"))
        assert book.style(f"A{row}")[0] in ("@", "49"), book.style(f"A{row}")


def every_type_has_its_cell():
    book = make(columns("integer", "id", "real", "money", "date", "time", "moment", "boolean"),
                [{"integer": 76730, "id": 1712, "real": 59.3793, "money": 123450, "date": "2026-09-13",
                  "time": 9 * 60 + 30, "moment": MADE, "boolean": True},
                 {"integer": None, "boolean": False, "date": "okänt", "time": 1440, "money": -5}])
    got = [book.get(f"{letter}2") for letter in "ABCDEFG"]
    assert got[:4] == [76730, 1712, 59.3793, 1234.5], got
    assert got[4] == 46278 and abs(got[5] - 9.5 / 24) < 1e-9, got
    # 10.00 on the Swedish clock in summer
    assert abs(got[6] - (46129 + 10 / 24)) < 1e-6, got
    assert [book.style(f"{letter}2")[0] for letter in "ABDEFG"] == \
        ["#,##0", "0", "#,##0.00", "yyyy-mm-dd", "[hh]:mm", "yyyy-mm-dd hh:mm"], \
        [book.style(f"{letter}2")[0] for letter in "ABDEFG"]
    assert (book.get("H2"), book.get("H3")) == ("yes", "no")
    assert book.get("A3") is None and book.get("E3") == "okänt" and book.get("F3") == 1
    assert book.get("D3") == -0.05


def the_head_is_bold_and_stays_and_filters():
    book = make(columns("text", "integer"), [{"text": str(i), "integer": i} for i in range(50)])
    assert book.get("A1") == "Å text" and book.style("A1")[1] and not book.style("A2")[1]
    pane = next(book.sheet.iter(MAIN + "pane"))
    assert pane.get("ySplit") == "1" and pane.get("state") == "frozen"
    assert next(book.sheet.iter(MAIN + "autoFilter")).get("ref") == "A1:B51"
    ignored = next(book.sheet.iter(MAIN + "ignoredError"))
    assert ignored.get("numberStoredAsText") == "1"


def columns_are_as_wide_as_their_texts():
    book = make([{"name": "a", "label": "a"}, {"name": "b", "label": "b", "width": 22},
                 {"name": "c", "label": "c"}], [{"a": "å" * 30, "b": "x", "c": "y" * 400}])
    widths = [float(one.get("width")) for one in book.sheet.iter(MAIN + "col")]
    assert 30 < widths[0] < 33 and 22 < widths[1] < 23 and widths[2] < 52, widths


def properties_say_nothing_of_the_machine():
    data = out.make("xlsx", view=table(columns("text"), [{"text": "x"}]))
    book = Book(data)
    core = book.zip.read("docProps/core.xml").decode()
    assert "<dc:title>Personer</dc:title>" in core and "V Värmland" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<]*", core)) == {"2026-04-17T08:00:00Z"}
    for name in book.zip.namelist():
        text = book.zip.read(name).decode()
        for word in (os.uname().nodename, os.getcwd(), "/tmp", "/home", os.environ.get("USER", "/root")):
            assert len(word) < 4 or word not in text, (name, word)
    assert {one.date_time[0] for one in book.zip.infolist()} == {1980}


def the_same_table_gives_the_same_bytes():
    view = table(columns("text", "moment"), [{"text": f"rad {i}", "moment": MADE + i} for i in range(500)])
    assert out.make("xlsx", view=view) == out.make("xlsx", view=view, env={"TZ": "Asia/Tokyo"})


def odd_titles_still_make_a_sheet():
    for title, wanted in (("a/b:c?[d]*'", "a-b-c--d---"), ("x" * 60, "x" * 31), ("", "Sheet1"),
                          ("😀" * 20, "😀" * 15)):
        book = make(columns("text"), [], title=title)
        found = book.xml("xl/workbook.xml").find(f"{MAIN}sheets/{MAIN}sheet").get("name")
        assert found == wanted, (title, found)


def an_empty_list_has_its_head():
    book = make(columns("text", "date"), [])
    assert book.get("B1") == "Å date" and len(book.cells) == 2


def what_no_spreadsheet_holds_is_refused():
    said = out.refusal("xlsx", view=table(columns("text"), [{"text": "x"}, {"text": "å" * 32768}]))
    assert said.startswith("1 row 2, text:"), said
    make(columns("text"), [{"text": "å" * 32767}])
    assert out.refusal("xlsx", view=table([], [])).startswith("1 ")
    assert out.refusal("xlsx", view={"columns": columns("text"), "rows": []}).startswith("1 ")


def every_record_type_becomes_a_spreadsheet():
    with tempfile.TemporaryDirectory() as folder:
        made = out.valstuga("new", "ex.valstuga", "--party", "9901", "--party-name", "Exempelpartiet",
                            "--district", "Värmland", "--lan", "17", "--election", "2026-09-13",
                            cwd=folder)
        assert made.returncode == 0, made.stderr
        words = out.valstuga("help", "--words", cwd=folder).stdout.decode().splitlines()
        nouns = [line.split()[0] for line in words if "list" in line.split()[1:]]
        assert len(nouns) > 20, nouns
        written = 0
        for noun in nouns:
            if out.valstuga("export", noun, "--all", "-o", "x.csv", cwd=folder).returncode:
                continue
            done = out.valstuga("export", noun, "--all", "-o", "x.xlsx", cwd=folder)
            assert done.returncode == 0, (noun, done.stderr)
            with open(os.path.join(folder, "x.xlsx"), "rb") as file:
                book = Book(file.read())
            with open(os.path.join(folder, "x.csv"), encoding="utf-8-sig") as file:
                heads = file.readline().strip().split(";")
            assert len([at for at in book.cells if re.fullmatch("[A-Z]+1", at)]) == len(heads), noun
            written += 1
        assert written > 15, written


def a_campaigns_codes_and_dates_are_kept():
    with tempfile.TemporaryDirectory() as folder:
        out.valstuga("new", "ex.valstuga", "--party", "9901", "--party-name", "Exempelpartiet", "--district",
                     "Stockholm", "--lan", "01", "--election", "2026-09-13", cwd=folder)
        done = out.valstuga("export", "kommun", "-o", "k.xlsx", cwd=folder)
        assert done.stdout == b"26 records in k.xlsx\n", done
        with open(os.path.join(folder, "k.xlsx"), "rb") as file:
            book = Book(file.read())
        codes = [book.get(f"A{row}") for row in range(2, 28)]
        assert "0180" in codes and all(re.fullmatch(r"01\d\d", code) for code in codes), codes


out.tests(text_stays_text_whatever_it_looks_like, every_type_has_its_cell,
          the_head_is_bold_and_stays_and_filters, columns_are_as_wide_as_their_texts,
          properties_say_nothing_of_the_machine, the_same_table_gives_the_same_bytes,
          odd_titles_still_make_a_sheet, an_empty_list_has_its_head, what_no_spreadsheet_holds_is_refused,
          every_record_type_becomes_a_spreadsheet, a_campaigns_codes_and_dates_are_kept)
