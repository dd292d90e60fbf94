"""Whatever comes in: a result with listed problems, or one clear line; never a traceback, never a lost neighbour."""

import csv
import io
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstory import readers
from backstory.errors import BackstoryError, UnreadableFile
from backstory.model import CheckIn, Session, Set
from backstory.readers import cells, diary, fitnotes, hevy, strong, writing
from backstory.readers.months import moment, month_number
from backstory.readers.result import ReadOptions
from conftest import shared

HEADERS = {
    strong: "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE",
    hevy: "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,"
    "weight_kg,reps,distance_km,duration_seconds,rpe",
    fitnotes: "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time",
    diary: "date,pain,when",
}
ROW = '2026-03-02 18:05:10,"Legs",1h,"Squat (Barbell)",{n},80.0,5,0,0,,,'
NO_SETS = ("Rest Timer", "Note")


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def strong_file(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    return write(path, HEADERS[strong], *lines, encoding=encoding)


@pytest.mark.parametrize("app", ["strong", "hevy", "fitnotes"])
def test_no_set_of_the_samples_is_lost(app: str) -> None:
    """Sets are the rows of the file, counted without the readers; rest timers and notes are none."""
    paths = sorted(shared("samples", "logs", app).glob("*.csv"))
    assert paths
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, quoting=csv.QUOTE_NONE if app == "fitnotes" else csv.QUOTE_MINIMAL))
        wanted = sum(1 for row in rows[1:] if not set(NO_SETS) & set(row))
        result = readers.read(path)
        assert (result.set_count, wanted) == (wanted, wanted), path
        assert all("unit of weight" in problem.message for problem in result.problems)


@pytest.mark.parametrize("reader", HEADERS)
def test_a_header_claims_its_own_reader_and_no_other(reader: object) -> None:
    head = HEADERS[reader].encode()  # type: ignore[index]
    for variant in (
        head,
        head.upper(),
        b"\xef\xbb\xbf" + head,
        head.replace(b",", b";"),
        head.decode().encode("utf-16"),
    ):
        assert readers.identify(variant) is reader


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "No known format. What is read: Strong"),
        (b"a,b,c\n1,2,3\n", "No known format. What is read: Strong"),
        (b"x" * 10_000_000, "No known format"),
        (HEADERS[strong].encode(), "nothing to read"),
        (HEADERS[diary].encode() + b"\n2026-03-01,,\n", "nothing to read .* line 2"),
        (HEADERS[strong].encode() + b"\nnonsense\n", "nothing to read .* line 2"),
        (b"\xff\xfe" + HEADERS[strong].encode("utf-16-le")[:-1], "export it again"),
    ],
)
def test_a_file_without_entries_is_one_clear_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=message) as refused:
        readers.read(path)
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 300


def test_a_line_of_ten_megabytes_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    path = strong_file(tmp_path / "a.csv", ROW.format(n=1), ROW.format(n="x" * 10_000_000), ROW.format(n=2))
    result = readers.read(path)
    assert result.set_count == 2
    assert [(p.line, p.message) for p in result.problems][1:] == [(3, "This line was left out: it is too long.")]


def test_windows_text_is_read_and_said(tmp_path: Path) -> None:
    path = strong_file(tmp_path / "a.csv", ROW.format(n=1).replace("Legs", "Rücken"), encoding="cp1252")
    result = readers.read(path)
    assert result.sessions[0].title == "Rücken"
    assert any(problem.line == 2 and "Windows-1252" in problem.message for problem in result.problems)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_unicode_is_read(tmp_path: Path, encoding: str) -> None:
    assert readers.read(strong_file(tmp_path / "a.csv", ROW.format(n=1), encoding=encoding)).set_count == 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 11), st.integers(0, 70), st.sampled_from(['"', '""', "", ",", '",', "\0", "\r", "é"]), st.booleans()
)
def test_one_damaged_line_never_takes_another_with_it(
    tmp_path: Path, line: int, position: int, scar: str, notes: bool
) -> None:
    lines = [ROW.format(n=n) for n in range(12)]
    if notes:
        lines[5] = lines[5].removesuffix(",,,") + ',"a note\nover two lines",,'
    damaged = lines[line][:position] + scar + lines[line][position + 1 :]
    content = "\n".join([HEADERS[strong], *lines[:line], damaged, *lines[line + 1 :]])
    try:
        result = strong.read(io.BytesIO(content.encode()), ReadOptions(units="kg"))
    except BackstoryError:
        assert scar == "\0"
        return
    whole = sum(one.reps == 5 and one.load_kg == 80 for session in result.sessions for one in session.sets)
    assert whole >= 11 or (scar == "\r" and whole >= 10)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(HEADERS)), st.text(max_size=400), st.binary(max_size=200))
def test_no_content_makes_a_reader_fall_over(reader: object, text: str, raw: bytes) -> None:
    for body in (text.encode(errors="replace"), raw, text.replace("\n", ",").encode(errors="replace")):
        try:
            reader.read(io.BytesIO(HEADERS[reader].encode() + b"\n" + body), ReadOptions())  # type: ignore[attr-defined, index]
        except BackstoryError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1h 5m", 3900), ("38min", 2280), ("55s", 55), ("264h 1m", 950_460), ("3600", 3600), ("2h", 7200), ("", None),
        ("0", None), ("0s", None), ("1:05:00", 3900), ("05:30", 330), ("1h 2m 3s", 3723), ("1 Std 5 min", 3900),
    ],
)  # fmt: skip
def test_durations_of_the_apps(text: str, seconds: float | None) -> None:
    assert cells.duration_s(text) == seconds


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "1_000", "=1+1", "abc", "1e9", "--", "0x10"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        cells.number(text, 1000)


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("0", None), ("0.0", None), ("72,5", 72.5), ("1,050.5", 1050.5), (" 5 ", 5)]
)
def test_numbers_with_either_decimal_sign(text: str, value: float | None) -> None:
    assert cells.number(text, 2000) == value


@pytest.mark.parametrize("month", range(1, 13))
def test_months_of_six_languages(month: int) -> None:
    spellings = {
        "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        "es": "ene feb mar abr may jun jul ago sept oct nov dic",
        "pt": "jan fev mar abr mai jun jul ago set out nov dez",
        "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
        "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    }
    for language, words in spellings.items():
        assert month_number(words.split()[month - 1].strip(".")) == month, language
    word = spellings["pt"].split()[month - 1]
    assert moment(f"8 {word} 2026, 16:50") == moment(f"8 de {word}. de 2026, 16:50") == datetime(2026, month, 8, 16, 50)


@pytest.mark.parametrize(("weights", "unit"), [((135, 185, 225), "lb"), ((60, 80, 100), "kg"), ((17.5,), "kg")])
def test_a_file_without_a_unit_says_which_it_took_and_why(
    tmp_path: Path, weights: tuple[float, ...], unit: str
) -> None:
    rows = [ROW.format(n=1).replace("80.0", str(weight)) for weight in weights]
    result = readers.read(strong_file(tmp_path / "a.csv", *rows))
    said = result.problems[0].message
    assert f"{unit} was taken, because" in said and "--units" in said
    for option in ("kg", "lb"):
        told = readers.read(strong_file(tmp_path / "a.csv", *rows), units=option)
        assert told.problems == ()
        factor = 1 if option == "kg" else 0.45359237
        assert [one.load_kg for one in told.sessions[0].sets] == [pytest.approx(w * factor) for w in weights]


def test_cells_without_a_unit_in_a_file_with_units_are_told(tmp_path: Path) -> None:
    header = "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps"
    row = "2026-03-02 18:05:10;Legs;Squat;{n};{kg};{unit};5"
    both = write(tmp_path / "a.csv", header, row.format(n=1, kg=100, unit="lbs"), row.format(n=2, kg=225, unit=""))
    result = readers.read(both)
    assert "lb was taken" in result.problems[0].message
    assert [one.load_kg for one in result.sessions[0].sets] == [
        pytest.approx(45.36, abs=0.01),
        pytest.approx(102.06, abs=0.01),
    ]
    assert readers.read(write(tmp_path / "b.csv", header, row.format(n=1, kg=100, unit="lbs"))).problems == ()


def test_a_session_of_hevy_is_not_lost_for_its_end(tmp_path: Path) -> None:
    row = 'Legs,"8 Apr 2026, 16:50",whenever,,Squat,,,0,normal,60,5,,,'
    result = readers.read(write(tmp_path / "a.csv", HEADERS[hevy], row))
    assert result.set_count == 1 and result.sessions[0].duration_s is None


def test_folders_and_archives_hand_on_their_files(tmp_path: Path) -> None:
    inside = tmp_path / "folder" / "deep"
    inside.mkdir(parents=True)
    one = strong_file(inside / "a.csv", ROW.format(n=1))
    write(inside / ".hidden", "x")
    with zipfile.ZipFile(tmp_path / "folder" / "b.zip", "w") as archive:
        archive.write(one, "logs/b.csv")
        archive.writestr("__MACOSX/c.csv", "x")
    found = list(readers.members(tmp_path / "folder"))
    assert [member.name.split("/")[-1] for member in found] == ["b.csv", "a.csv"]
    assert [readers.read_member(member, ReadOptions("kg")).set_count for member in found] == [1, 1]
    with pytest.raises(UnreadableFile, match="several files"):
        readers.read(tmp_path / "folder")
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tmp_path / "none.csv"):
        with pytest.raises(UnreadableFile):
            list(readers.members(path))


names = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
sets = st.builds(
    Set, names, st.none() | st.floats(0.5, 300).map(lambda kg: round(kg, 2)), st.none() | st.integers(1, 50).map(float),
    kind=st.sampled_from(["normal", "warm-up", "failure", "drop"]), note=st.none() | names,
    rpe=st.none() | st.sampled_from([6.0, 7.5, 10.0]), duration_s=st.none() | st.integers(1, 900).map(float),
)  # fmt: skip
days = st.integers(0, 5000).map(lambda n: date(2015, 1, 1) + timedelta(days=n))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(days, st.lists(sets, min_size=1, max_size=6), names), min_size=1, max_size=5, unique_by=lambda s: s[0]
    )
)
def test_sessions_that_were_written_are_read_back(tmp_path: Path, raw: list[tuple[date, list[Set], str]]) -> None:
    sessions = tuple(
        Session("strong", day, tuple(inside), datetime(day.year, day.month, day.day, 18, 5, 7), 5400.0, title, None)
        for day, inside, title in raw
    )
    (tmp_path / "a.csv").unlink(missing_ok=True)
    writing.write_strong(tmp_path / "a.csv", sessions)
    read = readers.read(tmp_path / "a.csv").sessions
    assert [(s.day, s.started_at, s.duration_s, s.title) for s in read] == [
        (s.day, s.started_at, s.duration_s, s.title) for s in sessions
    ]
    lean = [
        [(x.exercise_name, x.load_kg, x.reps, x.duration_s, x.rpe, x.kind, x.note) for x in s.sets] for s in sessions
    ]
    assert [
        [(x.exercise_name, x.load_kg, x.reps, x.duration_s, x.rpe, x.kind, x.note) for x in s.sets] for s in read
    ] == lean


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.builds(
    CheckIn, days, st.integers(0, 100).map(lambda n: n / 10), st.sampled_from([None, "morning", "evening"]),
    where=st.sampled_from([(), ("low-back",), ("neck", "leg-left")]), painkiller=st.sampled_from([None, True, False]),
    sleep_h=st.none() | st.integers(0, 24).map(float), note=st.none() | names,
), min_size=1, max_size=8))  # fmt: skip
def test_check_ins_that_were_written_are_read_back(tmp_path: Path, check_ins: list[CheckIn]) -> None:
    (tmp_path / "d.csv").unlink(missing_ok=True)
    writing.write_diary(tmp_path / "d.csv", check_ins)
    assert readers.read(tmp_path / "d.csv").check_ins == tuple(check_ins)
