"""Lines for a terminal that never go beyond its width, with names from anywhere in them."""

LEAST_WIDTH = 24
GLUE = "\N{NO-BREAK SPACE}"


class Line(str):
    """A line of text; style: how a terminal may show it, "bold", "dim" or nothing."""

    style: str

    def __new__(cls, text: str = "", style: str = "") -> "Line":
        line = super().__new__(cls, text)
        line.style = style
        return line


def columns(text: str) -> int:
    """How many columns of a terminal a text takes; letters of East Asia and pictures take two."""
    from rich.cells import cell_len

    return cell_len(text)


def padded(text: str, width: int) -> str:
    """Text with spaces behind it, up to so many columns."""
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int, first: str = "", then: str | None = None, style: str = "") -> list[Line]:
    """A text in lines of at most so many columns. first, then: what stands before its first line and before the others.

    text: on one line; words are parted by spaces, and those that GLUE holds together stay together where they fit. []
    for a text without words.
    """
    then = " " * columns(first) if then is None else then
    lines, line, empty = [], first, True
    for word in text.split(" "):
        for piece in _pieces(word, max(1, width - max(columns(first), columns(then)))):
            if not empty and columns(line) + 1 + columns(piece) > width:
                lines.append(Line(line, style))
                line, empty = then, True
            line += piece if empty else f" {piece}"
            empty = False
    return lines if empty else [*lines, Line(line, style)]


def glued(text: str) -> str:
    """Text that is not parted at the end of a line."""
    return text.replace(" ", GLUE)


def _pieces(glued_words: str, width: int) -> list[str]:
    """What is put into lines as a whole, its glue taken out."""
    words = glued_words.replace(GLUE, " ")
    if columns(words) <= width:
        return [words] if words else []
    if " " in words:
        return [piece for word in words.split() for piece in _pieces(word, width)]
    from rich.cells import chop_cells

    return [piece for piece in chop_cells(words, width) if piece]
