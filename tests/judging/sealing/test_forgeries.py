"""Files forged with care: the forger ranks again and makes every digest anew, and verification still tells."""

import json
from copy import deepcopy

import pytest

from judging.sealing.ranking import ranking_of
from judging.sealing.verifying import verify
from tests.support.sealed import tampered

pytestmark = pytest.mark.database("sqlite")
FORMS = ("full", "public")


def forged(text, change):
    """The file with a change, ranked again, its digest made again."""

    def change_and_rank(document):
        change(document)
        for challenge in document["challenges"]:
            challenge.update(ranking_of(challenge, document["reviews"]))

    return verify(tampered(text, change_and_rank, resealed=True))


def plain(document):
    """The code of an entry without conflict and without vote."""
    named = [*document["conflicts"], *document["challenges"][0]["decisions"]]
    return min(set(document["challenges"][0]["entries"]) - {each["entry"] for each in named})


def invent_a_conflict(document):
    review = next(each for each in document["reviews"] if each["entry"] == plain(document))
    document["reviews"].remove(review)
    conflict = deepcopy(document["conflicts"][0]) | {"juror": review["juror"], "entry": review["entry"]}
    document["conflicts"].append(conflict)


def replace_a_conflict(document):
    """The juror who is barred judges again, and somebody else is barred in their place."""
    invent_a_conflict(document)
    del document["conflicts"][0]


def count_a_review_twice(document):
    document["reviews"].insert(0, document["reviews"][0])


def name_an_assignment_twice(document):
    document["assignment"].append(document["assignment"][0])


def name_a_conflict_twice(document):
    document["conflicts"].append(document["conflicts"][0])


def name_a_juror_twice(document):
    document["jurors"].append(document["jurors"][0])


def name_an_entry_twice(document):
    document["challenges"][0]["entries"].append(plain(document))


def name_an_entry_in_two_challenges(document):
    first = document["challenges"][0]
    other = {"number": first["number"] + 1, "entries": [plain(document)], "decisions": []}
    document["challenges"].append(deepcopy(first) | other)


def weigh_a_criterion_twice(document):
    criteria = document["challenges"][0]["criteria"]
    criteria.insert(0, criteria[0] | {"weight": "90"})


def leave_an_entry_out(document):
    left_out = plain(document)
    document["challenges"][0]["entries"].remove(left_out)
    document["reviews"] = [each for each in document["reviews"] if each["entry"] != left_out]
    document["assignment"] = [pair for pair in document["assignment"] if pair[1] != left_out]


def leave_a_challenge_out(document):
    for name in ("challenges", "reviews", "assignment", "conflicts"):
        document[name].clear()


def vote(**counts):
    def change(document):
        document["challenges"][0]["decisions"][0] |= counts

    change.__name__ = f"vote {counts}"
    return change


def strip_the_commitment(document):
    del document["conflicts"][0]["grounds_sha256"]


def forget_who_was_there(document):
    document["meeting"]["attendance"].pop()


def be_there_before_coming(document):
    stay = document["meeting"]["attendance"][0]
    stay["left_at"] = document["meeting"]["opened_at"].replace("2026", "2025")


def bring_a_stranger(document):
    document["meeting"]["attendance"][0]["juror"] = "stranger"


def forget_a_method(document):
    document["methods"].clear()


def name_another_method(document):
    document["methods"].append(document["methods"][0] | {"method": "borda"})


def amend_without_a_reason(document):
    document["methods"][0] |= {"is_amendment": True, "reason": ""}


def forget_a_juror(document):
    document["jurors"].pop(0)


def draw_from_another_seed(document):
    document["seed"] += 1


CHANGES = (
    invent_a_conflict, replace_a_conflict, count_a_review_twice, name_an_assignment_twice, name_a_conflict_twice,
    name_a_juror_twice, name_an_entry_twice, name_an_entry_in_two_challenges, weigh_a_criterion_twice,
    leave_an_entry_out, leave_a_challenge_out, strip_the_commitment, forget_who_was_there, be_there_before_coming,
    bring_a_stranger, forget_a_method, name_another_method, amend_without_a_reason, forget_a_juror,
    draw_from_another_seed,
    vote(against=-1), vote(abstained=7), vote(**{"for": 9}), vote(voters=2), vote(abstained=0.5),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_forged_file_is_found_out(made, form):
    for change in CHANGES:
        assert not forged(getattr(made, form), change).valid, change.__name__


def test_an_honest_file_is_still_itself_after_being_ranked_again(made):
    for form in FORMS:
        assert forged(getattr(made, form), lambda document: None).problems == []


def test_what_was_forged_is_said(made):
    cases = {
        invent_a_conflict: "the log does not set their review aside",
        count_a_review_twice: "The reviews name",
        leave_an_entry_out: "is in the log, and does not count",
        vote(abstained=7): "cannot have been held",
        strip_the_commitment: "no commitment to its grounds",
    }
    for change, words in cases.items():
        assert words in "\n".join(forged(made.public, change).problems), change.__name__


def last_link(document, code):
    return [row for row in document["log"] if row["content"]["entry"] == code][-1]


@pytest.mark.parametrize("gone", [["comment_to_team"], ["comment_private"], ["comment_to_team", "comment_private"]])
def test_comments_cannot_be_rewritten_by_leaving_one_out(made, gone):
    def change(document):
        row = last_link(document, plain(document))
        row |= {"comment_to_team": "Praise", "comment_private": "Praise"}
        for name in gone:
            del row[name]

    problems = forged(made.full, change).problems
    assert len(problems) == 1 and "comments" in problems[0]


@pytest.mark.parametrize("gone", [[], ["comment_to_team"]])
def test_no_comment_can_be_invented_for_an_earlier_save(made, gone):
    def change(document):
        row = document["log"][0]
        assert row is not last_link(document, row["content"]["entry"])
        row |= {"comment_to_team": "Praise", "comment_private": "Praise"}
        for name in gone:
            del row[name]

    assert not forged(made.full, change).valid


def test_the_public_form_takes_no_texts_that_nobody_can_check(made):
    texts = json.loads(made.full)

    def add_comments(document):
        document["log"][-1] |= {"comment_to_team": "Praise"}

    def add_grounds(document):
        document["conflicts"][0]["grounds"] = texts["conflicts"][0]["grounds"] + " no more"

    for change in (add_comments, add_grounds):
        assert not forged(made.public, change).valid
