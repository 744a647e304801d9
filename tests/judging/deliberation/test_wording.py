"""How votes are told."""

import pytest

from hackaviz.web.language import speaking
from judging.deliberation.wording import hands_in_words

ABSTENTIONS = {0: "0 abstention", 1: "1 abstention", 2: "2 abstentions"}


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("abstained", ABSTENTIONS)
def test_abstentions_are_counted_in_the_number_that_each_language_has(app, abstained):
    with app.app_context(), speaking("fr"):
        assert hands_in_words(3, 1, abstained) == f"3 pour, 1 contre, {ABSTENTIONS[abstained]}"
    with app.app_context(), speaking("en"):
        assert hands_in_words(3, 1, abstained) == f"3 for, 1 against, {abstained} abstained"
