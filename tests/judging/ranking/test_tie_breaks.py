from judging.ranking.tie_breaks import TieBreak, break_ties


def test_the_principal_criterion_parts_first():
    reviews = {"x": {"a": 5, "b": 5}, "y": {"a": 5, "b": 5}}
    assert break_ties([["x", "y"], ["z"]], reviews, {"x": {"a": 3}, "y": {"a": 4}}) == [
        (["y"], TieBreak.PRINCIPAL), (["x"], TieBreak.PRINCIPAL), (["z"], None),
    ]  # fmt: skip


def test_then_the_most_top_marks():
    reviews = {"x": {"a": 6, "b": 6, "c": 6}, "y": {"a": 4, "b": 6, "c": 8}}
    assert break_ties([["x", "y"]], reviews, {}) == [(["y"], TieBreak.COUNTBACK), (["x"], TieBreak.COUNTBACK)]


def test_then_head_to_head_among_jurors_who_saw_both():
    reviews = {"x": {"a": 5, "b": 7, "c": 9}, "y": {"a": 7, "b": 9, "d": 5}}
    assert break_ties([["x", "y"]], reviews, {}) == [(["y"], TieBreak.HEAD_TO_HEAD), (["x"], TieBreak.HEAD_TO_HEAD)]


def test_what_nothing_parts_shares_its_place_in_any_order_of_names():
    reviews = {"x": {"a": 5, "b": 7}, "y": {"a": 7, "b": 5}}
    assert break_ties([["x", "y"]], reviews, {}) == [(["x", "y"], None)]
    assert break_ties([["y", "x"]], reviews, {}) == [(["y", "x"], None)]
