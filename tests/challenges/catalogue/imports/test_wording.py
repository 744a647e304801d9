"""What pages say of failures holds for what the readers of formats say."""

import re
from pathlib import Path

import pytest
from flask import Flask

from challenges.catalogue.harvest.record import REASONS
from challenges.catalogue.imports import unreadable_wording
from challenges.catalogue.imports.unreadable_wording import unreadable_in_words
from challenges.catalogue.imports.wording import REASON_WORDS
from hackaviz.settings import ROOT

HARVEST = Path(ROOT, "challenges", "catalogue", "harvest")
SAID = re.compile(r'\bUnreadable\(\s*f?"([A-Z][^"{]{3,})')


def test_every_reason_of_a_rejected_record_has_its_words():
    assert REASON_WORDS.keys() == REASONS.keys()


@pytest.mark.database("sqlite")
def test_the_beginnings_are_those_of_what_readers_say(app: Flask):
    said = [found for path in HARVEST.rglob("*.py") for found in SAID.findall(path.read_text())]
    assert len(said) > 10
    beginnings = unreadable_wording._BEGINNINGS
    assert [each for each in beginnings if not any(text.startswith(each) for text in said)] == []
    with app.test_request_context("/?lang=en"):
        assert unreadable_in_words("The JSON is cut short or broken (x).").startswith("The JSON is cut short")
        assert unreadable_in_words("This JSON-LD takes its terms from x.").startswith("This JSON-LD takes")
        assert unreadable_in_words("Something else.").startswith("What came is no catalogue")
