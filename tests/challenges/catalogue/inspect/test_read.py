"""Real files of portals and broken ones: what each holds."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import duckdb
import pytest
import shapefile
import xlsxwriter

from challenges.catalogue.inspect import columns, records, sample, streams
from challenges.catalogue.inspect.read import inspect_file
from challenges.catalogue.inspect.report import Column, Inspection, Part
from challenges.catalogue.inspect.sample import sample_of

# file: format, encoding, delimiter, decimal, rows, columns
DATASETS = {
    "hackaviz2021_QP_cleaned_latin1.csv": ("csv", "latin-1", ";", ",", 105, 40),
    "irve_bouches_du_rhone_2023.csv": ("csv", "utf-8", ";", ",", 912, 26),
    "hackaviz2024_paris_2024.csv": ("csv", "utf-8", ",", ".", 3425, 24),
    "hackaviz2024_paris_2024.parquet": ("parquet", None, None, None, 3425, 24),
    "hackaviz2026_depense_france_large.csv": ("csv", "utf-8", ";", ",", 700, 36),
    "hackaviz2026_themes_finance.ods": ("ods", None, None, None, 10, 2),
    "atmosud_pollution_06_7j.csv": ("csv", "utf-8", ",", ".", 188, 8),
    "hackaviz2022_collecteurs.csv": ("csv", "utf-8", ",", None, 17, 8),
    "departements-france.csv": ("csv", "utf-8", ",", None, 101, 4),
    "maritime_mid_codes.csv": ("csv", "utf-8", ",", None, 289, 2),
    "vega_unemployment.tsv": ("csv", "utf-8", "\t", ".", 3218, 2),
    "marseille_monuments.geojson": ("geojson", "utf-8", None, None, 113, 2),
    "hackaviz2025_station_hydro_2022.json": ("json", "utf-8", None, None, 16355, 5),
    "gtfs_cairns.zip": ("gtfs", None, None, None, None, 0),
    "shapefile_sf_blockgroups.zip": ("shapefile", None, None, None, 663, 44),
}
# file: rows, columns, codes of findings
HOSTILE = {
    "comma_in_quotes.csv": (1, 5, []),
    "csvkit_bad.csv": (3, 3, ["ragged-rows"]),
    "csvkit_dummy_col_shuffled_ragged.csv": (1, 4, []),
    "csvkit_mac_newlines.csv": (2, 3, []),
    "csvkit_no_header_row.csv": (1, 3, ["no-header"]),
    "csvkit_null_byte.csv": (1, 3, []),
    "csvkit_test_utf16_big.csv": (2, 3, []),
    "empty.csv": (2, 3, []),
    "empty_crlf.csv": (2, 3, []),
    "escaped_quotes.csv": (2, 2, []),
    "frictionless_blank-headers.csv": (2, 3, ["blank-headers"]),
    "frictionless_duplicate-headers.csv": (2, 5, ["duplicate-headers"]),
    "frictionless_issue-1066-largecellsize.csv": (19, 2, []),
    "frictionless_table-infer-iso-8859-7.csv": (4, 3, []),
    "json.csv": (1, 2, []),
    "location_coordinates.csv": (1, 4, []),
    "newlines.csv": (3, 3, []),
    "newlines_crlf.csv": (3, 3, []),
    "quotes_and_newlines.csv": (2, 2, []),
    "simple.csv": (1, 3, []),
    "simple_crlf.csv": (1, 3, []),
    "utf8.csv": (2, 3, []),
}


def column(inspection: Inspection, name: str) -> Column:
    return next(column for column in inspection.columns if column.name == name)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_no_file_is_left_out_of_the_tables(shared_data: Path):
    assert {path.name for path in (shared_data / "datasets").iterdir()} == set(DATASETS)
    assert {path.name for path in (shared_data / "hostile" / "csv").iterdir()} == set(HOSTILE)


@pytest.mark.parametrize("name", DATASETS)
def test_a_real_dataset_is_read_as_what_it_is(shared_data: Path, name: str):
    found = inspect_file(shared_data / "datasets" / name)
    shape = (found.format, found.encoding, found.delimiter, found.decimal, found.rows, len(found.columns))
    assert shape == DATASETS[name]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_csv_is_read_with_its_findings(shared_data: Path, name: str):
    found = inspect_file(shared_data / "hostile" / "csv" / name)
    assert found.format == "csv"
    assert (found.rows, len(found.columns), [finding.code for finding in found.findings]) == HOSTILE[name]


def test_no_hostile_file_of_any_kind_makes_it_fail(shared_data: Path):
    for path in sorted((shared_data / "hostile").rglob("*")):
        if path.is_file():
            json.dumps(inspect_file(path).as_dict())


def test_charging_points_of_provence(shared_data: Path):
    found = inspect_file(shared_data / "datasets" / "irve_bouches_du_rhone_2023.csv")
    longitude, opened = column(found, "consolidated_longitude"), column(found, "date_mise_en_service")
    assert (longitude.type, longitude.min, longitude.max) == ("number", 4.427083, 5.732428)
    assert (opened.type, opened.missing, opened.min, opened.max) == ("date", 3, "1999-12-31", "2023-02-28")
    assert column(found, "prise_type_2").type == "boolean"
    assert column(found, "nom_operateur").missing == 69
    # Four prices were divided by zero: "Inf" is a number that no range holds.
    assert (column(found, "prix_kWh").type, column(found, "prix_kWh").max) == ("number", 1.0081818181818183)


def test_the_same_table_as_csv_and_as_parquet_reads_alike(shared_data: Path):
    one, other = (
        inspect_file(shared_data / "datasets" / f"hackaviz2024_paris_2024.{end}") for end in ("csv", "parquet")
    )
    facts = [
        [(each.name, each.missing, each.distinct, each.min, each.max) for each in found.columns]
        for found in (one, other)
    ]
    assert facts[0] == facts[1]
    assert column(other, "Début").type == "datetime"


def test_department_codes_stay_text(shared_data: Path):
    found = inspect_file(shared_data / "datasets" / "departements-france.csv")
    assert column(found, "code_departement").type == "string"
    assert found.preview[0][0] == "01"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "2", "-3"], ("integer", -3, 2)),
        (["1,5", "2"], ("number", 1.5, 2.0)),
        (["1 234,5", "2"], ("number", 2.0, 1234.5)),
        (["1\u202f234", "2"], ("integer", 2, 1234)),
        (["01", "2"], ("string", None, None)),
        (["12345678901234567890", "1"], ("string", None, None)),
        (["14/10/2019", "01/02/2020"], ("date", "2019-10-14", "2020-02-01")),
        (["10/14/2019", "02/01/2020"], ("date", "2019-10-14", "2020-02-01")),
        (["14/10/19", "01/02/20"], ("date", "2019-10-14", "2020-02-01")),
        (["31/12/99", "01/02/00"], ("date", "1999-12-31", "2000-02-01")),
        (["1.2.10", "1.3.11"], ("string", None, None)),
        (["31/02/2020", "01/02/2020"], ("string", None, None)),
        (
            ["2020-01-01T10:00:00+02:00", "2020-01-01T07:00:00Z"],
            ("datetime", "2020-01-01T07:00:00Z", "2020-01-01T08:00:00Z"),
        ),
        (["14/10/2019 00:00"], ("datetime", "2019-10-14T00:00:00", "2019-10-14T00:00:00")),
        (["oui", "non"], ("boolean", None, None)),
        (["vrai", "2"], ("string", None, None)),
        (["", "NA"], ("string", None, None)),
        (["1", "NA"], ("integer", 1, 1)),
    ],
)
def test_the_type_of_a_column_fits_all_its_cells(tmp_path: Path, cells: list[str], expected: tuple[object, ...]):
    path = write(tmp_path, "table.csv", "key;value\n" + "".join(f"k{i};{cell}\n" for i, cell in enumerate(cells)))
    found = column(inspect_file(path), "value")
    assert (found.type, found.min, found.max) == expected


def test_a_comma_between_thousands_is_no_decimal_comma(tmp_path: Path):
    english = write(tmp_path, "english.csv", 'a,b\nx,"1,234"\ny,"5,678"\n')
    french = write(tmp_path, "french.csv", "a;b\nx;1,234\ny;5,678\n")
    assert column(inspect_file(english), "b").max == 5678
    assert column(inspect_file(french), "b").max == 5.678


def test_na_is_namibia_among_codes_and_missing_elsewhere(tmp_path: Path):
    found = inspect_file(write(tmp_path, "t.csv", "code,name\nNA,NA\nFR,France\nFR,Namibie\n"))
    assert (column(found, "code").missing, column(found, "code").distinct) == (0, 2)
    assert (column(found, "name").missing, column(found, "name").distinct) == (1, 2)


@pytest.mark.parametrize(
    ("codec", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("latin-1", "latin-1"),
        ("cp1252", "latin-1"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_accents_survive_any_usual_encoding(tmp_path: Path, codec: str, expected: str):
    text = "ville,région\nMarseille,Provence-Alpes-Côte d'Azur\nLiège,été à Noël\n"
    found = inspect_file(write(tmp_path, "t.csv", text.encode(codec)))
    assert found.encoding == expected
    assert [each.name for each in found.columns] == ["ville", "région"]
    assert found.preview[1] == ("Liège", "été à Noël")


def test_json_text_that_looks_like_a_number_stays_text(tmp_path: Path):
    records = [{"code": "01", "size": "12", "n": 1, "day": "2024-01-02"}, {"n": 2.5, "more": {"a": 1}}]
    found = inspect_file(write(tmp_path, "t.json", json.dumps(records)))
    types = {each.name: (each.type, each.missing) for each in found.columns}
    assert types == {
        "code": ("string", 1),
        "size": ("string", 1),
        "n": ("number", 0),
        "day": ("date", 1),
        "more": ("string", 1),
    }


@pytest.mark.parametrize(
    ("document", "rows"),
    [
        ('{"a": {"x": 1}, "b": {"x": 2}}', 2),
        ('{"count": 2, "results": [{"x": 1}, {"x": 2}, {"x": 3}]}', 3),
        ('{"x": 1}\n{"x": 2}\n', 2),
        ('{"meta": {"n": 2}, "data": {"items": [{"x": 1}, {"x": 2}, {"x": 3}]}}', 3),
        ('{"type": "Topology", "objects": {"a": {}}, "arcs": []}', 0),
        ("[1, 2, 3]", 0),
        ("[]", 0),
    ],
)
def test_records_are_found_where_they_are(tmp_path: Path, document: str, rows: int):
    assert inspect_file(write(tmp_path, "t.json", document)).rows == rows


def test_geojson_counts_features_and_names_its_geometry(tmp_path: Path):
    shapes = [{"type": "Point", "coordinates": [5.3, 43.3]}, None]
    features = [{"type": "Feature", "properties": {"n": n}, "geometry": shape} for n, shape in enumerate(shapes)]
    found = inspect_file(write(tmp_path, "t.geojson", json.dumps({"type": "FeatureCollection", "features": features})))
    assert (found.format, found.rows, found.geometry) == ("geojson", 2, "Point")
    geometry = column(found, "geometry")
    assert (geometry.type, geometry.missing, geometry.distinct) == ("geometry", 1, 1)


@pytest.mark.parametrize("name", ["t.json", "t.xlsx", "t.parquet", "t.csv", "t.geojson"])
@pytest.mark.parametrize(
    "content", [b"", b"{", b"PAR1nothing", b"PK\x03\x04broken", b"\xff" * 50, b'"' * 99, b"[" * 100_000]
)
def test_a_damaged_file_gives_an_answer(tmp_path: Path, name: str, content: bytes):
    answer = inspect_file(write(tmp_path, name, content)).as_dict()
    assert set(answer) >= {"format", "encoding", "delimiter", "decimal", "rows", "columns", "geometry"}


TABLE = b"a;b\n1;2\n"
PAGE = b"<!DOCTYPE html><html><body>Not found</body></html>"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("t.xls", b"a\tb\n1\t2\n", ("csv", 1, [])),
        ("t.csv", b'[{"a": 1}, {"a": 2}]', ("json", 2, [])),
        ("t.csv", PAGE, ("other", None, ["web-page"])),
        ("t.xls", PAGE, ("other", None, ["web-page"])),
        ("t.csv.gz", gzip.compress(TABLE, mtime=0), ("other", None, ["packed"])),
        ("t.pdf", b"%PDF-1.7", ("other", None, [])),
        ("t.zip", b"PK\x03\x04broken", ("zip", None, ["unreadable"])),
        ("t.xlsx", b"PK\x03\x04broken", ("xlsx", None, ["unreadable"])),
        ("t.parquet", b"PAR1nothing", ("parquet", None, ["unreadable"])),
    ],
)
def test_what_a_name_promises_and_a_file_does_not_hold_is_said(
    tmp_path: Path, name: str, content: bytes, expected: tuple[object, ...]
):
    found = inspect_file(write(tmp_path, name, content))
    assert (found.format, found.rows, [each.code for each in found.findings]) == expected


@pytest.mark.parametrize(
    ("content", "names", "rows", "codes"),
    [
        ("Trafic;;\n;;\nMois;Entrées;Sorties\n01/2023;12;13\n", ["Mois", "Entrées", "Sorties"], 1, ["title-rows"]),
        ("name;\nA;1\n", ["name", "column_2"], 1, ["blank-headers"]),
        ("place;2019;2020\nA;1;2\n", ["place", "2019", "2020"], 1, []),
        ("day;12.5\n2021-01-01;12.5\n", ["column_1", "column_2"], 2, ["no-header"]),
        ("2021-01-01;Fos\n2021-01-02;Arles\n", ["column_1", "column_2"], 2, ["no-header"]),
        ("2021-01-01;1,5\n2021-01-02;2,5\n", ["column_1", "column_2"], 2, ["no-header"]),
        ("a;b\n" + "A;1,5\n" * 9 + "B;2,5;x\n" * 3, ["a", "b"], 12, ["ragged-rows"]),
        ("1,2,3\n4,5,6\n", ["column_1", "column_2", "column_3"], 2, ["no-header"]),
    ],
)
def test_a_table_begins_below_its_titles_with_or_without_names(
    tmp_path: Path, content: str, names: list[str], rows: int, codes: list[str]
):
    found = inspect_file(write(tmp_path, "t.csv", content))
    assert ([each.name for each in found.columns], found.rows) == (names, rows)
    assert [each.code for each in found.findings] == codes


def test_titles_above_the_table_of_a_sheet_are_left_out(tmp_path: Path):
    path = tmp_path / "titles.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 1, "Trafic du port")
        for number, row in enumerate((("mois", "tonnes"), ("janvier", 12.5), ("mars", 13)), start=2):
            sheet.write_row(number, 0, row)
    found = inspect_file(path)
    assert ([(each.name, each.type) for each in found.columns], found.rows) == (
        [("mois", "string"), ("tonnes", "number")],
        2,
    )


def test_decimals_of_parquet_are_numbers(tmp_path: Path):
    path = tmp_path / "t.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1.5::DECIMAL(9, 2) AS n, 2::DECIMAL(9, 0) AS i) TO '{path}' (FORMAT parquet)")
    assert [(each.type, each.min) for each in inspect_file(path).columns] == [("number", 1.5), ("integer", 2)]


def test_one_truth_in_two_spellings_is_one(tmp_path: Path):
    found = inspect_file(write(tmp_path, "t.csv", "k;open\na;true\nb;TRUE\nc;false\n"))
    assert (column(found, "open").type, column(found, "open").distinct) == ("boolean", 2)


def layer(path: Path, codec: str, place: tuple[float, float], **more: str) -> Path:
    parts = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, encoding=codec) as writer:
        writer.field("NOM", "C", 40)
        writer.point(*place)
        writer.record("Sète")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(f"couche.{name}", content.getvalue())
        for name, text in more.items():
            archive.writestr(f"couche.{name}", text)
    return path


@pytest.mark.parametrize(
    ("codec", "more"), [("cp1252", {}), ("utf-8", {}), ("utf-8", {"cpg": "65001"}), ("mac_roman", {"cpg": "macintosh"})]
)
def test_facts_of_shapes_are_read_in_their_encoding(tmp_path: Path, codec: str, more: dict[str, str]):
    found = inspect_file(layer(tmp_path / "l.zip", codec, (5.4, 43.3), **more))
    assert (found.format, found.preview[0][0], found.findings) == ("shapefile", "Sète", ())


def test_shapes_in_metres_are_noticed(tmp_path: Path):
    found = inspect_file(layer(tmp_path / "l.zip", "utf-8", (892390, 6247035)))
    assert [each.code for each in found.findings] == ["projected"]


def test_a_parquet_with_a_geometry_says_so(tmp_path: Path):
    path = tmp_path / "geo.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS n) TO '{path}' (FORMAT parquet, KV_METADATA {{geo: 'x'}})")
    assert inspect_file(path).geometry == "unknown"


def zipped(folder: Path, **files: str) -> Path:
    path = folder / "packed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return path


def test_the_one_table_of_an_archive_is_looked_into(tmp_path: Path):
    found = inspect_file(zipped(tmp_path, data_csv="a;b\n1;2,5\n", readme_txt="Read me"))
    assert (found.format, found.delimiter, found.rows) == ("zip", ";", 1)
    assert [(each.name, each.type) for each in found.columns] == [("a", "integer"), ("b", "number")]
    assert [each.code for each in found.findings] == ["inside"]


def test_an_archive_of_several_tables_says_so(tmp_path: Path):
    found = inspect_file(zipped(tmp_path, a_csv="x\n1\n", b_csv="x\n1\n"))
    assert (found.rows, [each.code for each in found.findings]) == (None, ["several-tables"])
    assert found.tables == (Part("a.csv", 1, ("x",)), Part("b.csv", 1, ("x",)))


@pytest.mark.parametrize(
    ("position", "codes"),
    [
        ([5.4, 43.3], []),
        ([43.3, 5.4], ["swapped-axes"]),
        ([5.4, 120.0], ["swapped-axes"]),
        ([892390, 6247035], ["projected"]),
    ],
)
def test_positions_that_are_no_longitude_and_latitude_are_noticed(
    tmp_path: Path, position: list[float], codes: list[str]
):
    path = write(tmp_path, "points.geojson", json.dumps({"type": "Point", "coordinates": position}))
    assert [each.code for each in inspect_file(path).findings] == codes


def test_the_line_that_names_the_delimiter_is_no_header(tmp_path: Path):
    found = inspect_file(write(tmp_path, "excel.csv", "sep=;\na;b\n1;2\n"))
    assert ([each.name for each in found.columns], found.rows) == (["a", "b"], 1)


def test_a_feed_is_named_with_its_tables(shared_data: Path):
    found = inspect_file(shared_data / "datasets" / "gtfs_cairns.zip")
    assert (found.format, found.rows) == ("gtfs", None)
    assert {each.name: each.rows for each in found.tables} == {
        "agency": 1,
        "calendar": 4,
        "calendar_dates": 9,
        "routes": 22,
        "shapes": 22784,
        "stop_times": 37790,
        "stops": 416,
        "trips": 1339,
    }
    assert "TransLink" in found.findings[0].detail and "from 2014-05-26 to 2014-12-26" in found.findings[0].detail


def test_the_first_filled_sheet_is_read_and_the_others_are_named(tmp_path: Path):
    path = tmp_path / "sheets.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("vide")
        for name, rows in {
            "quais": [["nom", "mètres"], ["J4", 120], ["J3", 90.5]],
            "notes": [["texte"], ["a"]],
        }.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    found = inspect_file(path)
    assert (found.format, found.rows, [each.type for each in found.columns]) == ("xlsx", 2, ["string", "number"])
    assert found.tables == (Part("quais", 2, ("nom", "mètres")), Part("notes", 1, ("texte",)))
    assert "quais" in found.findings[0].detail


@pytest.mark.parametrize("cells", [["2", "1,5"], ["1,5", "2"], ["7", "-3", "0,25"], ["3", "2,5", "1 000"]])
def test_whole_numbers_before_a_decimal_one_count_in_its_range(tmp_path: Path, cells: list[str]):
    numbers = [float(cell.replace(",", ".").replace(" ", "")) for cell in cells]
    found = column(inspect_file(write(tmp_path, "t.csv", "k;v\n" + "".join(f"x;{cell}\n" for cell in cells))), "v")
    assert (found.type, found.min, found.max) == ("number", min(numbers), max(numbers))


def test_counting_values_is_given_up_where_they_are_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(columns, "MOST_DISTINCT", 100)
    rows = "".join(f"{number};{number % 7}\n" for number in range(200))
    found = inspect_file(write(tmp_path, "t.csv", "id;week\n" + rows))
    assert [(each.distinct, each.max) for each in found.columns] == [(None, 199), (7, 6)]


def test_a_large_table_is_told_from_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = write(tmp_path, "t.csv", "id;texte\n" + "".join(f'{number};"a\nb"\n' for number in range(2_000)))
    assert sample_of(path) is None
    monkeypatch.setattr(sample, "LARGE", 1_000)
    monkeypatch.setattr(sample, "SAMPLE_BYTES", 2_003)
    found = sample_of(path)
    assert found is not None
    assert (found["rows"], [each["type"] for each in found["columns"]]) == (None, ["integer", "string"])
    assert found["findings"] == () and 150 < found["sample"]["rows"] < 250
    assert abs(found["estimated_rows"] - 2_000) < 200


@pytest.mark.parametrize("name", ["marseille_monuments.geojson", "hackaviz2025_station_hydro_2022.json"])
def test_large_json_is_read_a_record_at_a_time_with_the_same_answer(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    path = shared_data / "datasets" / name
    whole = inspect_file(path)
    monkeypatch.setattr(streams, "LARGE", 1)
    monkeypatch.setattr(records, "_load", lambda _text: pytest.fail("it was read at once"))
    assert inspect_file(path) == whole


def test_large_json_of_a_record_a_line_or_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(streams, "LARGE", 1)
    lines = write(tmp_path, "t.jsonl", '\ufeff{"a": 1}\n{"a": 2, "b": "x"}\n')
    assert [(each.name, each.missing) for each in inspect_file(lines).columns] == [("a", 0), ("b", 1)]
    cut = inspect_file(write(tmp_path, "t.json", '[{"a": 1}, {"a": '))
    assert (cut.format, [each.code for each in cut.findings]) == ("json", ["unreadable"])
    assert inspect_file(write(tmp_path, "t.json", '{"x": {"y": 1}, "z": {"y": 2}}')).rows == 2
