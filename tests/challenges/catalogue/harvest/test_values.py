"""Days, periods, places, formats and texts in the ways in which portals write them."""

from datetime import date

import pytest

from challenges.catalogue.harvest.moments import day, period
from challenges.catalogue.harvest.places import bounds, place_name
from challenges.catalogue.harvest.texts import bilingual, to_markdown
from challenges.catalogue.harvest.vocabularies import format_code, frequency_code, theme_code
from hackaviz.kernel.bilingual import Bilingual


@pytest.mark.parametrize(
    "text",
    [
        "2016-10-07",
        "2016-10-07T10:37:40.000Z",
        "2016-10-07 10:37:40",
        "2016/10/7",
        "07/10/2016",
        "07-10-16",
        "20161007",
        "7 octobre 2016",
        "7 Oct 2016",
        "Fri, 07 Oct 2016 10:00:00 GMT",
        "1475836660000",
        {"@value": "2016-10-07"},
        ["2016-10-07"],
    ],
)
def test_a_day_in_many_forms(text):
    assert day(text) == date(2016, 10, 7)


@pytest.mark.parametrize(
    "text", ["", None, "hier", "2016-13-45", "0000-01-01", "99999999999999999999", "31/02/2016", True]
)
def test_what_is_no_day_is_none(text):
    assert day(text) is None


@pytest.mark.parametrize(
    ("start", "end", "words", "expected"),
    [
        ("2019-01-01", "2023-12-31", None, "2019–2023"),
        ("2019", "2019", None, "2019"),
        ("2016-12-05T00:00:00", None, None, "2016-12-05–"),
        ("2021", "2020", None, "2020–2021"),
        (None, None, "2009 - 2012", "2009–2012"),
        (None, None, "01/01/2012 - 31/01/2012", "2012-01-01–2012-01-31"),
        (None, None, "2009-09-01T12:00:00Z/2010-05-31T12:00:00Z", "2009-09-01–2010-05-31"),
        (None, None, "2009-01-01/..", "2009–"),
        (None, None, "jusqu'en février 2015", "jusqu'en février 2015"),
        (None, None, "2011", "2011"),
    ],
)
def test_a_period(start, end, words, expected):
    assert period(start, end, words) == expected


@pytest.mark.parametrize(
    "value",
    [
        "4,43,6,44",
        [4, 43, 6, 44],
        "POLYGON((4 43, 6 43, 6 44, 4 43))",
        '{"type": "Polygon", "coordinates": [[[4, 43], [6, 44]]]}',
        {"type": "MultiPoint", "coordinates": [[4, 43], [6, 44]]},
        "ENVELOPE(4, 6, 44, 43)",
        [None, "Marseille", "4 43 6 44"],
    ],
)
def test_bounds_in_many_forms(value):
    assert bounds(value) == (4, 43, 6, 44)


@pytest.mark.parametrize("value", ["200,1,2,3", "6,43,4,44", "Marseille", "[[[[[[", '{"type": "Polygon"}', None])
def test_what_lies_nowhere_has_no_bounds(value):
    assert bounds(value) is None


def test_addresses_and_coordinates_are_no_names_of_places():
    assert place_name(["http://x.example/fos", "Fos-sur-Mer", "4,43,6,44", "Fos-sur-Mer"]) == "Fos-sur-Mer"


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("Shapefile (zip)", "shapefile"),
        ("CSV LonLat/XY", "csv"),
        ("OGC:WMS", "wms"),
        ("https://www.iana.org/assignments/media-types/text/csv", "csv"),
        ("http://publications.europa.eu/resource/authority/file-type/XLSX", "xlsx"),
        ("text/csv; charset=utf-8", "csv"),
        ("ArcGIS GeoServices REST API", "arcgis"),
        (".arrow", "arrow"),
        ("Un long texte qui ne nomme rien", ""),
    ],
)
def test_a_format_by_its_many_names(stated, code):
    assert format_code(stated) == code


def test_a_format_by_the_ending_of_its_address():
    assert format_code("", url="https://x.example/a.geojson?x=1") == "geojson"
    assert format_code("", url="https://x.example") == ""


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("R/P1Y", "yearly"),
        ("http://publications.europa.eu/resource/authority/frequency/QUARTERLY", "quarterly"),
        ("temps réel", "continuous"),
        ("Pas de mise à jour", "never"),
        ("non précisée", ""),
    ],
)
def test_a_frequency_by_its_many_names(stated, code):
    assert frequency_code(stated) == code


def test_a_theme_is_recognised_or_other():
    assert theme_code(["http://publications.europa.eu/resource/authority/data-theme/TRAN"], []) == "mobility"
    assert theme_code(["Santé"], ["conteneurs", "douanes"]) == "logistics"
    assert theme_code(["Santé"], []) == "other"


def test_html_becomes_markdown():
    html = "<div><p>Vélos &amp; quais</p><ul><li>un</li><li><a href='https://x.example/'>deux</a></li></ul></div>"
    assert to_markdown(html) == "Vélos & quais\n\n- un\n- [deux](https://x.example/)"


def test_markdown_stays_as_it_is():
    text = "# Quais\n\n- un < deux\n- [lien](https://x.example/a(b))"
    assert to_markdown(text) == text


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"fr": "Quais", "en": "Quays"}, Bilingual(fr="Quais", en="Quays")),
        ({"": "Les quais de la ville"}, Bilingual(fr="Les quais de la ville")),
        ({"": "The quays of the city"}, Bilingual(en="The quays of the city")),
        ({"de": "Kaianlagen"}, Bilingual(en="Kaianlagen")),
        ({}, Bilingual()),
    ],
)
def test_both_languages_of_a_text(texts, expected):
    assert bilingual(texts) == expected
