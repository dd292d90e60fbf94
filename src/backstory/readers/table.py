"""A delimited text file as numbered rows; one damaged line never takes its neighbours with it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from backstory.errors import UnreadableFile
from backstory.model import Problem

DELIMITERS = ",;\t"
MOST_LINES = 2_000_000
STRAY_NULS = 0.001  # of the bytes; more of them are no text


@dataclass(slots=True)
class Table:
    """`header`: column names as they stand; `rows()` yields (line, cells) and fills `problems` on the way."""

    header: tuple[str, ...]
    delimiter: str
    lines: list[str]
    quoted: bool
    problems: list[Problem] = field(default_factory=list)

    def told(self) -> tuple[Problem, ...]:
        """The problems so far, in the order of the lines."""
        return tuple(sorted(self.problems, key=lambda problem: problem.line or 0))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with the line they begin on [from 1]; empty lines are passed over.

        A row that runs over several lines and then does not fit the header began with a damaged line: that line becomes
        a problem, and reading goes on with the very next one.
        """
        start, width = 1, len(self.header)
        while start < len(self.lines):
            begin = start
            reader = csv.reader(
                islice(self.lines, begin, None),
                delimiter=self.delimiter,
                quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
                strict=True,
            )
            try:
                for row in reader:
                    if len(row) != width and begin + reader.line_num - start > 1:
                        raise csv.Error("not closed")
                    if row:
                        yield start + 1, row
                    start = begin + reader.line_num
            except csv.Error as error:
                rescued = self._rescue(self.lines[start])
                if rescued is None:
                    too_long = "field larger" in str(error)
                    why = "it is too long" if too_long else "a quotation mark is missing or out of place"
                    self.problems.append(Problem(start + 1, f"This line was left out: {why}."))
                else:
                    yield start + 1, rescued
                start += 1

    def _rescue(self, line: str) -> list[str] | None:
        """The cells of a line with stray quotation marks inside its quotes, if all of them are there."""
        if len(line) > csv.field_size_limit() or line.count('"') % 2:
            return None
        try:
            row = next(csv.reader([line], delimiter=self.delimiter), [])
        except csv.Error:
            return None
        return row if len(row) == len(self.header) else None


def open_table(source: BinaryIO, *, quoted: bool = True) -> Table:
    """The table in a file. Raises UnreadableFile where there is no header."""
    text, problems = decode(source.read())
    lines = list(islice(io.StringIO(text, newline=""), MOST_LINES + 1))
    if not lines:
        raise UnreadableFile("The file is empty.")
    if len(lines) > MOST_LINES:
        raise UnreadableFile(f"The file has more than {MOST_LINES:,} lines.")
    header, delimiter = split_header(lines[0])
    return Table(header, delimiter, lines, quoted, problems)


def split_header(line: str) -> tuple[tuple[str, ...], str]:
    """Column names and delimiter of a header line; the delimiter is the one that occurs most."""
    delimiter = max(DELIMITERS, key=line.count)
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        cells = []
    return tuple(cell.strip() for cell in cells), delimiter


def decode(data: bytes, errors: str = "strict") -> tuple[str, list[Problem]]:
    """Text of a file in UTF-8, UTF-16 with its mark, or else Windows-1252, which is then said.

    Raises UnreadableFile for what is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16", errors), []
        except UnicodeDecodeError:
            raise UnreadableFile("The file begins like UTF-16 text and is none; export it again.") from None
    if data.count(b"\0") > STRAY_NULS * len(data):
        raise UnreadableFile("The file is not text.")
    data = data.replace(b"\0", "\N{REPLACEMENT CHARACTER}".encode())
    try:
        return data.decode("utf-8-sig", errors), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "The file is not UTF-8 from here on; it was read as Windows-1252, so check the accents."
        return data.decode("cp1252", errors="replace"), [Problem(line, message)]


def header_of(head: bytes) -> tuple[str, ...]:
    """Lower-case column names in the first bytes of a file; () where they are not text."""
    try:
        text, _ = decode(head, errors="ignore")
    except UnreadableFile:
        return ()
    first = text.splitlines()[0] if text.strip() else ""
    return tuple(name.casefold() for name in split_header(first)[0])
