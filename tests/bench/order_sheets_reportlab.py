#!/usr/bin/python3
"""The order sheets of 290 kommuner with reportlab, as a measure for core/paper.

The same view, the same columns, the same embedded faces, page head with QR on every page,
note line under each row, sign-off boxes. Usage: order_sheets_reportlab.py VIEW.json OUT.pdf
[--no-qr]; prints pages and seconds without the interpreter's start.
"""
import json
import os
import sys
import time

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate,
                                Paragraph, Spacer, Table)

FONTS = os.environ.get("VALSTUGA_FONTS", "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF")


def load_fonts():
    for name, path in (("R", "Roboto-Regular.ttf"), ("B", "Roboto-Bold.ttf"),
                       ("C", "../RobotoCondensed-Regular.ttf"),
                       ("CB", "../RobotoCondensed-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, os.path.join(FONTS, path)))


def style(name, font, size, leading, **more):
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **more)


def head(canvas, sheet, with_qr):
    canvas.setFont("CB", 7.5)
    canvas.drawString(14 * mm, 280 * mm, f"{sheet['party']} · {sheet['district']}")
    canvas.setFont("B", 11)
    canvas.drawString(14 * mm, 275 * mm, "Beställningsunderlag för valsedlar")
    canvas.setFont("C", 7.5)
    canvas.drawString(14 * mm, 271 * mm, f"{sheet['election_name']}, {sheet['election_day']}")
    for i, (label, value) in enumerate((("Blad", sheet["sheet_number"]),
                                        ("Revision", str(sheet["revision"])),
                                        ("Uppgifter per", sheet["as_of"]))):
        canvas.drawString(125 * mm, (280 - 3.5 * i) * mm, label)
        canvas.drawString(144 * mm, (280 - 3.5 * i) * mm, value)
    if with_qr:
        code = QrCodeWidget(sheet["code"], barLevel="M", barBorder=4)
        code.barWidth = code.barHeight = 18 * mm
        drawing = Drawing(18 * mm, 18 * mm)
        drawing.add(code)
        renderPDF.draw(drawing, canvas, 177 * mm, 267 * mm)
    canvas.drawString(177 * mm, 265 * mm, sheet["code"])
    canvas.line(14 * mm, 263 * mm, 196 * mm, 263 * mm)
    canvas.line(14 * mm, 18 * mm, 196 * mm, 18 * mm)
    canvas.drawString(14 * mm, 14 * mm, f"Får innehas av: {sheet['holder']} · Förstörs senast "
                                        f"{sheet['destroy_by']}")
    canvas.drawRightString(196 * mm, 14 * mm, "Sida 1 av 1")


def list_table(sheet, cell, note):
    rows = [["Lista", "Valtyp och papper", "Valkrets", "Namn", "Antal", "Förra valet", "Fri kvot",
             "Av kvot", "Kostnad", "Vikt", "Läge"]]
    rules = [("FONT", (0, 0), (-1, 0), "CB", 7.5), ("LINEBELOW", (0, 0), (-1, 0), 0.8, black),
             ("ALIGN", (3, 0), (9, -1), "RIGHT"), ("FONT", (0, 1), (-1, -1), "C", 8.5)]
    for item in sheet["lists"]:
        at = len(rows)
        rows.append([item["number"], f"{item['kind']} {item['colour_name']}",
                     Paragraph(item["constituency"], cell), str(item["candidates"]),
                     item["pieces"], item["previous"], item["quota"], item["quota_used"],
                     item["cost"], item["weight"], item["state"]])
        rows.append(["", "", Paragraph(f"{item['area']} · {item['reason']} · utanför fri kvot: "
                                       f"{item['outside']}", note)] + [""] * 8)
        rules += [("SPAN", (2, at + 1), (-1, at + 1)),
                  ("LINEBELOW", (0, at + 1), (-1, at + 1), 0.4, HexColor("#A0A0A0"))]
    total = sheet["total"]
    rows.append(["Summa", f"{total['lists']} listor", "", "", total["pieces"], "", "", "",
                 total["cost"], total["weight"], ""])
    rules.append(("FONT", (0, len(rows) - 1), (-1, len(rows) - 1), "CB", 8.5))
    widths = [13, 25, 25, 11, 17, 16.5, 16.5, 12, 16, 15, 15]
    return Table(rows, colWidths=[w * mm for w in widths], style=rules, repeatRows=1)


def sheet_story(sheet, styles):
    cell, note, title, section = styles
    story = [Paragraph(sheet["heading"], title), Paragraph(sheet["subheading"], cell),
             Spacer(1, 6),
             Table([["Inget saknas. Underlaget kan läggas in i Valid."]], colWidths=[182 * mm],
                   style=[("BOX", (0, 0), (-1, -1), 0.5, black), ("FONT", (0, 0), (-1, -1), "CB", 9)]),
             Paragraph("Listor att beställa", section), list_table(sheet, cell, note)]
    delivery = sheet["delivery"]
    pairs = [["Mottagare", delivery["recipient"], "Namn", sheet["orderer"]["name"]],
             ["Gatuadress", delivery["street"], "Protokoll", sheet["orderer"]["minutes_on"]],
             ["Postadress", f"{delivery['postcode']} {delivery['town']}", "", ""],
             ["Kontakt", delivery["contact"], "", ""], ["Mobil", delivery["mobile"], "", ""]]
    story += [Paragraph("Leveransadress", section),
              Table(pairs, colWidths=[22 * mm, 69 * mm, 22 * mm, 69 * mm],
                    style=[("FONT", (0, 0), (-1, -1), "C", 9)]),
              Paragraph("Datum att hålla", section),
              Table([[d["date"], d["name"], d["note"]] for d in sheet["deadlines"]],
                    colWidths=[24 * mm, 105 * mm, 53 * mm],
                    style=[("FONT", (0, 0), (-1, -1), "C", 8.5)]),
              Paragraph("Godkännande", section),
              Table([["Upprättad av", "Datum", "Namnteckning"],
                     ["Godkänd av behörig beställare", "Datum", "Namnteckning"],
                     ["Inlagd av", "Beställd i Valid, datum", "Beställningsreferens"]],
                    colWidths=[78 * mm, 26 * mm, 78 * mm], rowHeights=[11 * mm] * 3,
                    style=[("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                           ("FONT", (0, 0), (-1, -1), "C", 7.5)])]
    return story


def make(view, path, with_qr):
    load_fonts()
    styles = (style("cell", "C", 8.5, 10.5), style("note", "C", 7.2, 9), style("t", "B", 19, 23),
              style("s", "B", 10.5, 14, spaceBefore=10))
    document = BaseDocTemplate(path, pagesize=A4, invariant=1)
    frame = Frame(14 * mm, 20 * mm, 182 * mm, 240 * mm, 0, 0, 0, 0)
    story = []
    for i, sheet in enumerate(view["sheets"]):
        document.addPageTemplates(PageTemplate(
            id=str(i), frames=[frame],
            onPage=lambda canvas, _, sheet=sheet: head(canvas, sheet, with_qr)))
        story += [NextPageTemplate(str(i + 1)) if i + 1 < len(view["sheets"]) else Spacer(0, 0)]
        story += sheet_story(sheet, styles) + [PageBreak()]
    document.build(story)
    return document.page


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        view = json.load(file)
    start = time.perf_counter()
    pages = make(view, sys.argv[2], "--no-qr" not in sys.argv)
    print(pages, f"{time.perf_counter() - start:.3f}")


main()
