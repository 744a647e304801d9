"""The contract's order, against every design that small instances allow."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest

from judging.panels.assignment.filling import Blocked
from judging.panels.assignment.instance import Instance
from judging.panels.assignment.solve import answer, solve


def instance_by_lot(seed):
    random = np.random.default_rng(seed)
    entries, jurors = random.integers(1, 6), random.integers(2, 6)
    per_entry = int(random.integers(1, min(jurors, 3) + 1))
    even_most = np.full(jurors, entries * per_entry // jurors + random.integers(0, 3))
    most = random.integers(0, entries + 1, jurors) if random.random() < 0.3 else even_most
    allowed = random.random((entries, jurors)) > random.choice([0, 0.2, 0.4])
    preference = np.round(random.random((entries, jurors)) * 10, 1) * (random.random((entries, jurors)) < 0.6)
    if random.random() < 0.4:
        preference += 50.0 * (np.arange(entries)[:, None] % 2 == np.arange(jurors) % 2)
    return made(allowed, most, per_entry, preference if random.random() < 0.7 else None, seed)


def made(allowed, most, per_entry, preference=None, seed=1):
    entries, jurors = allowed.shape
    names = (tuple(f"{kind}{number}" for number in range(size)) for kind, size in (("e", entries), ("j", jurors)))
    return Instance(*names, np.asarray(most), per_entry, allowed, preference, seed)


def keeping(instance, seed):
    """The same instance when some allowed pairs are kept, within every limit."""
    random = np.random.default_rng(1000 + seed)
    kept = instance.allowed & (random.random(instance.allowed.shape) < 0.3)
    return replace(instance, kept=kept, most=np.maximum(instance.most, kept.sum(axis=0)))


def every_design(instance):
    choices = [
        [both for both in combinations(np.flatnonzero(row), size) if set(np.flatnonzero(kept)) <= set(both)]
        for row, kept, size in zip(instance.allowed, instance.fixed, instance.wanted.tolist(), strict=True)
    ]
    for choice in product(*choices):
        chosen = np.zeros(instance.allowed.shape, dtype=bool)
        for entry, jurors in enumerate(choice):
            chosen[entry, list(jurors)] = True
        if (chosen.sum(axis=0) <= instance.most).all():
            yield chosen


def hangs_together(chosen):
    met, waiting = {0}, [0]
    while waiting:
        shared = chosen[:, chosen[waiting.pop()]].any(axis=1)
        new = set(np.flatnonzero(shared).tolist()) - met
        met |= new
        waiting += new
    return len(met) == len(chosen)


def in_order(instance, chosen):
    preference = 0 if instance.preference is None else float(instance.preference[chosen].sum())
    return not hangs_together(chosen), int((chosen.sum(axis=0) ** 2).sum()), -round(preference, 6)


def can_be_done(instance, rows):
    part = made(instance.allowed[rows], instance.most, instance.per_entry)
    return next(every_design(part), None) is not None


@pytest.mark.parametrize("seed", range(60))
def test_what_is_kept_stays_and_the_rest_is_as_good_as_any(seed):
    instance = keeping(instance_by_lot(seed), seed)
    designs = list(every_design(instance))
    try:
        plan, _warnings = solve(instance)
    except Blocked:
        assert not designs
        return
    assert (plan.chosen | ~instance.kept).all()
    assert any((plan.chosen == design).all() for design in designs)
    assert in_order(instance, plan.chosen) == min(in_order(instance, design) for design in designs)


@pytest.mark.parametrize("seed", range(60))
def test_small_instances_are_solved_as_well_as_any_design_or_blocked_by_a_minimal_set(seed):
    instance = instance_by_lot(seed)
    designs = list(every_design(instance))
    try:
        plan, warnings = solve(instance)
    except Blocked as blocked:
        rows = blocked.entries.tolist()
        assert not designs and not can_be_done(instance, rows)
        assert all(can_be_done(instance, [row for row in rows if row != left_out]) for left_out in rows)
        return
    best = min(in_order(instance, design) for design in designs)
    assert any((plan.chosen == design).all() for design in designs)
    assert in_order(instance, plan.chosen) == best
    assert bool(warnings) == best[0]


def test_a_jury_of_three_tracks_is_bridged_and_keeps_most_of_its_preference():
    entries, jurors = 45, 15
    own_track = np.arange(entries)[:, None] % 3 == np.arange(jurors) % 3
    instance = made(np.ones((entries, jurors), dtype=bool), [14] * jurors, 4, own_track.astype(float))
    plan, warnings = solve(instance)
    assert plan.is_connected() and not warnings
    assert set(plan.load.tolist()) == {12}
    assert 3 * entries <= instance.preference[plan.chosen].sum() < 4 * entries


def test_more_jurors_than_a_connected_design_can_use_leaves_some_out():
    instance = made(np.ones((30, 40), dtype=bool), [5] * 40, 2)
    plan, warnings = solve(instance)
    assert plan.is_connected() and not warnings
    assert (plan.load > 0).sum() <= 31


def test_parts_that_nothing_can_join_are_a_warning():
    allowed = np.arange(40)[:, None] % 2 == np.arange(8) % 2
    document = answer(made(allowed, [15] * 8, 3))
    assert not document["connected"] and "cannot be compared" in document["warnings"][0]


def test_preference_is_as_high_as_a_linear_programme_finds():
    from scipy.optimize import linprog

    random = np.random.default_rng(5)
    entries, jurors, per_entry = 60, 12, 3
    allowed, preference = random.random((entries, jurors)) > 0.1, random.integers(0, 4, (entries, jurors)).astype(float)
    plan, _warnings = solve(made(allowed, [16] * jurors, per_entry, preference))
    assert set(plan.load.tolist()) == {15}
    by_entry = np.kron(np.eye(entries), np.ones(jurors))
    by_juror = np.kron(np.ones(entries), np.eye(jurors))
    best = linprog(
        -preference.ravel(), A_eq=np.vstack([by_entry, by_juror]), b_eq=[per_entry] * entries + [15] * jurors,
        bounds=[(0, float(each)) for each in allowed.ravel()],
    )  # fmt: skip
    assert preference[plan.chosen].sum() == pytest.approx(-best.fun)


def test_the_same_seed_gives_the_same_answer_and_another_another():
    free = np.ones((20, 8), dtype=bool)
    first, again, other = (answer(made(free, [10] * 8, 3, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first["assignments"] != other["assignments"]
