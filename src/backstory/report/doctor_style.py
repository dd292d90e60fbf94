"""How the page for a doctor or trainer looks as HTML: black on white, on the screen and on one sheet of paper."""

from math import ceil

from backstory.report.doctor_chart import HEIGHT, WIDTH
from backstory.report.doctor_values import DoctorPage

NOTES = 30  # lines; what does not fit is not shown
SHEETS_MM = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
MARGIN_X_MM, MARGIN_Y_MM, LEAST_NOTES_MM = 15.0, 11.0, 14.0
PRINTS = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)  # points
POINT_MM = 25.4 / 72
LETTER_EM, LINE_EM, SMALL = 0.47, 1.25, 0.8  # of Arial; room for notes makes up for a wider font
LABEL_EM, HEADER_EM, SECTION_MM = 9.5, 5.0, 2.2


def print_points(page: DoctorPage, paper: str) -> float:
    """The largest print in which everything is reckoned to stand on one sheet [points]."""
    return next((points for points in PRINTS if _height_mm(page, paper, points) <= _room_mm(paper)), PRINTS[-1])


def _room_mm(paper: str) -> float:
    return SHEETS_MM[paper][1] - 2 * MARGIN_Y_MM - LEAST_NOTES_MM


def _height_mm(page: DoctorPage, paper: str, points: float) -> float:
    em, wide = points * POINT_MM, SHEETS_MM[paper][0] - 2 * MARGIN_X_MM
    beside = (wide - LABEL_EM * em) / (LETTER_EM * em)
    small = wide / (LETTER_EM * SMALL * em)
    lines = sum(ceil(len(line) / beside) + 0.15 for part in page.sections for line in part.lines)
    lines += SMALL * (ceil(sum(map(len, page.captions)) / small) + sum(ceil(len(line) / small) for line in page.footer))
    return wide * HEIGHT / WIDTH + HEADER_EM * em + SECTION_MM * (len(page.sections) + 4) + LINE_EM * em * lines


def style(paper: str, points: float) -> str:
    """points: the size of the print on paper."""
    tall = SHEETS_MM[paper][1] - 2 * MARGIN_Y_MM - 1
    return (
        "*{box-sizing:border-box}"
        "body{margin:0;background:#fff;color:#000;font:1rem/1.45 Arial,Helvetica,sans-serif;overflow-wrap:anywhere}"
        "main{max-width:52rem;margin:0 auto;padding:2rem 1rem}"
        "h1{font-size:1.44em;line-height:1.2;margin:0}h2{font-size:1em;line-height:inherit;margin:0}"
        "p,figure{margin:0}"
        "header{display:flex;justify-content:space-between;align-items:flex-end;gap:1.5em;flex-wrap:wrap}"
        ".blank p{display:flex;gap:.5em;justify-content:flex-end;align-items:flex-end;height:2em}"
        ".blank span{width:11em;border-bottom:1px solid #777}"
        "figure{margin:.75em 0 .5em}svg{display:block;width:100%;height:auto}svg{font-family:inherit}"
        "figcaption,footer{font-size:.8em;color:#333}"
        "section{display:grid;grid-template-columns:8.5em 1fr;gap:0 1em;border-top:1px solid #999;padding:.35em 0}"
        "section p+p{margin-top:.15em}"
        ".notes{display:block}.lines{height:8em;overflow:hidden}.lines div{height:2em;border-bottom:1px solid #999}"
        "footer{border-top:1px solid #999;padding-top:.35em}"
        "details{font-size:.8em;margin:.5em 0}summary{cursor:pointer;width:fit-content}"
        "table{border-collapse:collapse}th,td{text-align:right;padding:.15em .6em;border-bottom:1px solid #ccc;"
        "font-weight:400}thead th{font-weight:600}"
        "@media(max-width:36rem){section{display:block}}"
        f"@page{{size:{paper} portrait;margin:{MARGIN_Y_MM:g}mm {MARGIN_X_MM:g}mm}}"
        f"@media print{{body{{font-size:{points:g}pt;line-height:{LINE_EM}}}"
        f"main{{max-width:none;padding:0;height:{tall:g}mm;display:flex;"
        "flex-direction:column}"
        "main>*{flex:none}.notes{flex:1 1 0;min-height:0;overflow:hidden;display:flex;flex-direction:column}"
        ".lines{flex:1 1 0;height:auto;min-height:0}.lines div{height:7.5mm}"
        "figure{margin:2mm 0 1.5mm}section{padding:1mm 0}details{display:none}}"
    )
