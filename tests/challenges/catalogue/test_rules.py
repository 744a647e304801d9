"""What the catalogue knows without a database."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from challenges.catalogue.rules import (
    LICENCES,
    Condition,
    as_iri,
    is_slug,
    is_web_address,
    licence_of,
    media_type,
    safe_file_name,
    search_text,
    search_words,
    summary,
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("Énergie  MARITIME", ["energie", "maritime"]), ("l’air l'eau", ["l", "air", "eau"]), ("   ", []), ("a a", ["a"])],
)
def test_words_are_searched_without_accents_case_or_repeats(typed: str, words: list[str]):
    assert search_words(typed) == words


def test_folded_text_and_folded_query_meet():
    assert "l air des quais" in search_text(["L’air", "des quais"])


@pytest.mark.parametrize(
    ("address", "accepted"),
    [
        ("https://data.gouv.fr/x?y=1", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("//example.org", False),
        ("https://exa mple.org", False),
        ("http://[broken", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(address: str, accepted: bool):
    assert is_web_address(address) is accepted


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("ports.csv", "ports.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\ports.csv", "ports.csv"),
        ("a\r\nSet-Cookie: x.csv", "aSet-Cookie: x.csv"),
        ("\u202egpj.csv", "gpj.csv"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_a_file_name_is_safe_to_store_and_to_send(name: str, safe: str):
    assert safe_file_name(name) == safe


@given(st.text(max_size=400))
def test_no_file_name_has_folders_controls_or_excess(name: str):
    safe = safe_file_name(name)
    assert 0 < len(safe) <= 120
    assert not set(safe) & set("/\\\r\n\0")


@given(st.text(max_size=600))
def test_a_summary_is_short(text: str):
    assert len(summary(text)) <= 201


def test_a_summary_is_the_first_sentence():
    text = "Les 15 914 tronçons du graphe maritime de searoute. Avec un algorithme, on calcule des routes."
    assert summary(text) == "Les 15 914 tronçons du graphe maritime de searoute."


def test_an_unknown_licence_is_unknown_and_never_guessed():
    assert licence_of("cc-by-nc-5.0") is LICENCES["unknown"]
    assert LICENCES["unknown"].condition is Condition.ASK
    assert not LICENCES["unknown"].is_known


@pytest.mark.parametrize("slug", ["new", "World", "a--b", "-a", "", "é", "a" * 121])
def test_an_address_that_would_clash_or_mislead_is_refused(slug: str):
    assert not is_slug(slug)


def test_a_file_of_unknown_kind_is_only_bytes():
    assert media_type("exe") == "application/octet-stream"
    assert media_type("geojson") == "application/geo+json"


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("https://x.example/{z}/{x}.png", "https://x.example/%7Bz%7D/%7Bx%7D.png"),
        ("https://x.example/?q[]=1|2", "https://x.example/?q%5B%5D=1%7C2"),
        ("https://x.example/100%?a=%zz#a#b", "https://x.example/100%25?a=%25zz#a%23b"),
        ('https://x.example/\\^`<>"\ue000', "https://x.example/%5C%5E%60%3C%3E%22%EE%80%80"),
        ("https://[::1]/%7Bz%7D/é?b=\U0001f600", "https://[::1]/%7Bz%7D/é?b=\U0001f600"),
    ],
)
def test_what_an_iri_forbids_is_encoded_and_nothing_else(address, iri):
    assert as_iri(address) == iri == as_iri(iri)
    stated = json.dumps({"@id": "https://x.example/", "https://x.example/p": {"@id": iri}})
    assert [quad.object.value for quad in parse(stated, format=RdfFormat.JSON_LD)] == [iri]
