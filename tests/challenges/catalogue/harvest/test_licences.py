"""What publishers write where a licence should stand, and what we make of it."""

import pytest

from challenges.catalogue.harvest.licences import licence_code

STATED = {
    "lov2": [
        "lov2",
        "Licence Ouverte 2.0",
        "Licence Ouverte / Open Licence version 2.0",
        "Licence Ouverte v2",
        "etalab-2.0",
        "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf",
    ],
    "lov1": [
        "fr-lo",
        "Licence Ouverte 1.0 (Etalab)",
        "https://wiki.data.gouv.fr/images/9/9d/Licence_Ouverte.pdf",
        'La réutilisation est gratuite selon les termes de la "licence ouverte" version 1.0.',
    ],
    "lo": [
        "lool",
        "Licence Ouvert",
        "Licence Ouverte",
        "Licence Ouverte (Etalab)",
        "Licence Ouverte data.gouv.fr",
        "Licence Ouverte / Open Licence",
        "Sous licence ouverte",
        "http://www.data.gouv.fr/Licence-Ouverte-Open-Licence",
        "Soumis à la licence Etalab : https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ],
    "odbl": [
        "odc-odbl",
        "ODBl Paris",
        "Open Database License (ODbL)",
        "Open Data Commons Open Database License",
        "http://opendatacommons.org/licenses/odbl/summary/",
        "ODbL-1.0",
    ],
    "cc-by-4.0": [
        "CC BY 4.0",
        "cc-by-4.0",
        "Creative Commons Attribution 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/deed.fr",
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        "https://spdx.org/licenses/CC-BY-4.0.html",
    ],
    "cc-by": ["CC BY", "cc-by", "Creative Commons Attribution"],
    "cc-by-sa-2.0": [
        "Creative Commons Paternité - Partage dans les mêmes conditions 2.0 France",
        "https://creativecommons.org/licenses/by-sa/2.0/",
    ],
    "cc-by-nc-4.0": ["Creative Commons Attribution - Pas d’Utilisation Commerciale 4.0", "CC BY-NC 4.0"],
    "cc-by-nc-nd-3.0": ["Licence CC BY-NC-ND 3.0", "http://creativecommons.org/licenses/by-nc-nd/3.0"],
    "cc-by-nc-sa-4.0": ["Creative Commons Attribution-NonCommercial-ShareAlike 4.0"],
    "cc0": ["CC0", "cc-zero", "Creative Commons CCZero", "https://creativecommons.org/publicdomain/zero/1.0/"],
    "public-domain": ["Public Domain", "Domaine public", "https://en.wikipedia.org/wiki/Public_domain"],
    "pddl": ["odc-pddl", "http://opendatacommons.org/licenses/pddl/1-0/"],
    "ogl-uk": [
        "uk-ogl",
        "UK Open Government License",
        "Open Government Licence v3.0",
        "Open Government Licence 3.0 (United Kingdom)",
        "Contains public sector information licensed under the Open Government Licence v3.0.",
    ],
    "other-open": [
        "other-open",
        "other-at",
        "Other (Open)",
        "Other open licence",
        "Other Open License",
        "Another open licence",
        "Autre licence ouverte",
    ],
    "unknown": [
        "",
        "notspecified",
        "other-closed",
        "Insee",
        "Open Data Paris",
        "This is not ODbL",
        "ODbL sauf photos",
        "Licence Ouverte 2.0 / CC BY 4.0",
        "http://www.openstreetmap.org/copyright",
        "https://x.example/license.json",
        "CC BY 9.0".replace("CC BY", "Common Crawl"),
        "ODbL " * 200,
    ],
}


# What says that a licence is open, or is like one that we know, and not which it is.
VAGUE = [
    "Open",
    "Open data",
    "Open licence",
    "Open license",
    "An open licence",
    "Une licence ouverte",
    "D’une licence ouverte",
    "Licences ouvertes diverses",
    "Some other open licence",
    "Another open licence 2.0",
    "Other open licence (see the terms)",
    "Autre licence ouverte, version 2.0",
    "Licence ouverte locale",
    "Licence ouverte de la Région Sud",
    "Licence Ouverte - Ville de Martigues",
    "Ordnance Survey Open Licence",
    "Canada Open Licence 2.0",
    "Norwegian Licence for Open Government Data",
    "Open Government Licence - Canada",
    "Canada Open Government Licence",
    "Open Government Licence – Ontario",
    "Open Government Licence v2.0",
    "Open Parliament Licence",
    "Similar to CC BY",
    "A licence like CC BY 4.0",
    "Equivalent à ODbL",
    "Inspirée de la Licence Ouverte 2.0",
    "Licence ODbL modifiée",
    "Another licence than ODbL",
    "Autre licence Creative Commons",
    "Creative Commons",
    "Attribution",
    "Other",
    "Custom licence",
    "Licence libre",
    "Free",
]


@pytest.mark.parametrize("text", VAGUE)
@pytest.mark.parametrize("written", [str, str.upper, str.lower, "({})".format])
def test_a_vague_name_stays_unknown_however_it_is_written(text, written):
    assert licence_code([written(text)]) == "unknown"


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in STATED.items() for text in texts])
def test_a_licence_is_known_or_unknown_and_never_guessed(code, text):
    assert licence_code([text]) == code


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["lov2", "Licence Ouverte / Open Licence version 2.0"], "lov2"),
        (["fr-lo", "Licence Ouverte / Open Licence"], "lov1"),
        (["cc-by", "Creative Commons Attribution", "https://creativecommons.org/licenses/by/3.0/"], "cc-by-3.0"),
        (["notspecified", "License not specified"], "unknown"),
        (["odc-odbl", "cc-by"], "unknown"),
    ],
)
def test_several_statements_agree_or_are_unknown(texts, code):
    assert licence_code(texts) == code
