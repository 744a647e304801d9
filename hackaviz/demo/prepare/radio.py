"""Radio codes of ships: identification digits and AIS code lists, from libais (Apache-2.0)."""

import csv
import re
from pathlib import Path

from ais import lut
from babel import Locale

from hackaviz.demo.prepare import tables

# First digit of the identification digits (ITU Radio Regulations, Appendix 43).
REGIONS = {
    "2": ("Europe", "Europe"),
    "3": ("North and Central America, Caribbean", "Amérique du Nord et centrale, Caraïbes"),
    "4": ("Asia", "Asie"),
    "5": ("Oceania and South-East Asia", "Océanie et Asie du Sud-Est"),
    "6": ("Africa", "Afrique"),
    "7": ("South America", "Amérique du Sud"),
}
SHIP_CATEGORIES = {
    2: "wing in ground",
    3: "special activity",
    4: "high-speed craft",
    5: "service vessel",
    6: "passenger",
    7: "cargo",
    8: "tanker",
    9: "other",
}
# Names in the list that are no country name of the Unicode CLDR.
OTHER_NAMES = {
    "Azores - Portugal": "PT",
    "Madeira - Portugal": "PT",
    "Alaska (State of) - United States of America": "US",
    "United States of America": "US",
    "United Kingdom of Great Britain and Northern Ireland": "GB",
    "Hong Kong (Special Administrative Region of China) - China": "HK",
    "Macao (Special Administrative Region of China) - China": "MO",
    "Russian Federation": "RU",
    "Viet Nam (Socialist Republic of)": "VN",
    "Vatican City State": "VA",
    "Bahamas (Commonwealth of the)": "BS",
    "Korea (Republic of)": "KR",
    "Democratic People's Republic of Korea": "KP",
    "Syrian Arab Republic": "SY",
    "Lao People's Democratic Republic": "LA",
    "Turkey": "TR",
    "Czech Republic": "CZ",
    "The Former Yugoslav Republic of Macedonia": "MK",
    "Cote d'Ivoire (Republic of)": "CI",
    "Cabo Verde (Republic of)": "CV",
    "Cape Verde (Republic of)": "CV",
    "Swaziland (Kingdom of)": "SZ",
    "Democratic Republic of the Congo": "CD",
    "Congo (Republic of the)": "CG",
    "Tanzania (United Republic of)": "TZ",
    "Myanmar (Union of)": "MM",
    "Palestine (In accordance with Resolution 99 Rev. Antalya, 2006)": "PS",
    "Aruba - Netherlands (Kingdom of the)": "AW",
    "Netherlands (Kingdom of the)": "NL",
    "Faroe Islands - Denmark": "FO",
    "Greenland - Denmark": "GL",
    "Slovak Republic": "SK",
    "Saint Vincent and the Grenadines": "VC",
    "United States Virgin Islands - United States of America": "VI",
    "State of Palestine (In accordance with Resolution 99 Rev. Guadalajara, 2010)": "PS",
    "Kyrgyz Republic": "KG",
    "Gabonese Republic": "GA",
    "Pitcairn Island - United Kingdom of Great Britain and Northern Ireland": "PN",
    "Togolese Republic": "TG",
    "Argentine Republic": "AR",
    "Taiwan (Province of China) - China": "TW",
    "Brunei Darussalam": "BN",
    "Saint Lucia": "LC",
    "Sao Tome and Principe (Democratic Republic of)": "ST",
}


def plain(name: str) -> str:
    """A country's name without its long form: 'Albania (Republic of)' becomes 'albania'."""
    return (
        re.sub(r"\s*\(.*?\)", "", name)
        .split(" - ")[0]
        .replace(" and ", " & ")
        .replace("Saint ", "St. ")
        .strip()
        .lower()
    )


def country_codes() -> dict[str, str]:
    """ISO codes by plain English name, from the Unicode CLDR."""
    territories = Locale("en").territories
    return {plain(str(name)): str(code) for code, name in territories.items() if len(code) == 2}


def write_identification_digits(libais: Path) -> None:
    """The three digits that begin a ship's radio number, with the country they stand for."""
    known, french = country_codes(), Locale("fr").territories
    rows = []
    with (libais / "docs" / "mid.csv").open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            listed = line["country"].strip()
            code = (
                OTHER_NAMES.get(listed) or known.get(plain(listed)) or known.get(plain(listed.split(" - ")[-1])) or ""
            )
            english, translated = REGIONS[line["prefix"][0]]
            rows.append(
                {
                    "mid": line["prefix"],
                    "country_as_listed": listed,
                    "country_code": code,
                    "country_fr": french.get(code, listed),
                    "region": english,
                    "region_fr": translated,
                }
            )
    tables.write_csv("maritime-identification-digits.csv", tuple(rows[0]), rows)


def write_ship_types() -> None:
    """Ship and cargo types that a ship states of itself by AIS."""
    rows = [
        {
            "code": code,
            "category": SHIP_CATEGORIES[code // 10],
            "meaning": meaning,
            "hazardous": "yes" if "Hazardous" in meaning else "no",
            "reserved": "yes" if "eserved" in meaning or "spare" in meaning else "no",
        }
        for code, meaning in sorted(lut.TYPE_AND_CARGO.items())
    ]
    tables.write_csv("ais-ship-types.csv", tuple(rows[0]), rows)
