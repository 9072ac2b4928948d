"""A report as files: a table for spreadsheets (CSV, XLSX) and pages for paper, whose text can be searched (PDF).

The libraries are imported when such a file is asked for: the server starts without them.
"""

from __future__ import annotations

import importlib
import io
from typing import Any, Literal

from desk_core.reporting import Report
from desk_core.resources import resource
from desk_server.reports.table import Cell, Sheet, csv_of, heading, sheets, standing

Format = Literal["csv", "xlsx", "pdf"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "pdf")
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_WIDEST, _NARROWEST = 60, 12
"""Characters of a column."""
_MARGIN = 12.0
_ROW = 5.5
"""Millimetres."""


def file_of(made: Report, wanted: Format) -> bytes:
    """The report as a file of this format."""
    if wanted == "csv":
        return csv_of(made).encode("utf-8-sig")
    return _workbook(made) if wanted == "xlsx" else _paper(made)


# --- spreadsheets -------------------------------------------------------------------------------------------------------------


def _workbook(made: Report) -> bytes:
    """Numbers are numbers and every text is a text: none is ever taken for a formula or an address."""
    xlsxwriter: Any = importlib.import_module("xlsxwriter")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {"title": heading(made), "comments": standing(made), "created": made.as_of.replace(tzinfo=None)}
        )
        bold = book.add_format({"bold": True, "bottom": 1})
        for sheet in sheets(made):
            page = book.add_worksheet(sheet.title)
            page.write_string(0, 0, heading(made))
            page.write_string(1, 0, standing(made))
            for column, text in enumerate(sheet.head):
                page.write_string(3, column, text, bold)
            for number, row in enumerate(sheet.rows, start=4):
                for column, cell in enumerate(row):
                    _write(page, number, column, cell)
            for column in range(len(sheet.head)):
                widest = max(len(str(row[column])) for row in (sheet.head, *sheet.rows))
                page.set_column(column, column, min(_WIDEST, widest + 2))
            page.freeze_panes(4, 1)
    return out.getvalue()


def _write(page: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell)
    else:
        page.write_number(row, column, cell)


# --- paper --------------------------------------------------------------------------------------------------------------------


def _paper(made: Report) -> bytes:
    """Pages in landscape with the program's own font, so that names of every language can be read and found."""
    fpdf: Any = importlib.import_module("fpdf")

    class Paper(fpdf.FPDF):  # type: ignore[misc]  # the library is imported late
        """Each page says what it is of, and which it is."""

        def footer(self) -> None:
            self.set_y(-_MARGIN)
            self.set_font("Inter", size=8)
            self.cell(0, 5, f"{heading(made)} · {standing(made)} · {self.page_no()}/{{nb}}", align="C")

    paper = Paper(orientation="landscape", format="A4")
    paper.set_margin(_MARGIN)
    paper.set_auto_page_break(True, margin=2 * _MARGIN)
    paper.set_title(heading(made))
    paper.set_lang("en")
    paper.set_creation_date(made.as_of)
    for style, face in (("", "Regular"), ("B", "SemiBold")):
        paper.add_font("Inter", style, str(resource(f"fonts/Inter-{face}-print.ttf")))
    paper.add_page()
    paper.set_font("Inter", "B", 14)
    paper.cell(0, 9, heading(made), new_x="LMARGIN", new_y="NEXT")
    paper.set_font("Inter", "", 9)
    paper.cell(0, 6, standing(made), new_x="LMARGIN", new_y="NEXT")
    for sheet in sheets(made):
        _sheet(paper, _for_paper(sheet))
    return bytes(paper.output())


def _for_paper(sheet: Sheet) -> Sheet:
    """Of contacts no hours: they have no room beside each other."""
    if sheet.title != "Contacts":
        return sheet
    return Sheet(sheet.title, sheet.head[:3], [row[:3] for row in sheet.rows])


def _sheet(paper: Any, sheet: Sheet) -> None:
    paper.ln(3)
    paper.set_font("Inter", "B", 11)
    paper.cell(0, 7, sheet.title, new_x="LMARGIN", new_y="NEXT")
    paper.set_font("Inter", "", 8)
    longest = [max(len(str(row[column])) for row in (sheet.head, *sheet.rows)) for column in range(len(sheet.head))]
    widths = tuple(min(_WIDEST, max(_NARROWEST, each + 2)) for each in longest)
    aligned = tuple("RIGHT" if _numeric(sheet, column) else "LEFT" for column in range(len(sheet.head)))
    with paper.table(
        col_widths=widths, text_align=aligned, line_height=_ROW, borders_layout="HORIZONTAL_LINES"
    ) as table:
        for row in (sheet.head, *sheet.rows):
            written = table.row()
            for cell in row:
                written.cell(str(cell))


def _numeric(sheet: Sheet, column: int) -> bool:
    return all(isinstance(row[column], int | float) for row in sheet.rows)
