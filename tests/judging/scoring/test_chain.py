"""A chain of digests tells where it was touched."""

from dataclasses import replace

import pytest

from judging.scoring.chain import commitment, next_link, verify_chain


@pytest.fixture
def chain():
    links = []
    for value in range(5):
        links.append(next_link(links[-1] if links else None, {"value": value, "by": "é"}))
    return links


def test_a_chain_that_nobody_touched_is_whole(chain):
    assert verify_chain(chain) == []
    assert verify_chain([]) == []


def test_a_changed_content_is_found(chain):
    chain[2] = replace(chain[2], content={"value": 9, "by": "é"})
    assert verify_chain(chain) == ["Link 3 was changed after it was written."]


def test_a_content_changed_with_its_digest_is_found_at_the_next_link(chain):
    chain[2] = next_link(chain[1], {"value": 9, "by": "é"})
    assert verify_chain(chain) == ["Link 4 does not follow from link 3."]


def test_a_link_taken_out_is_found(chain):
    del chain[2]
    assert verify_chain(chain) == ["Link 3 is missing: 4 follows 2."]


def test_links_in_another_order_are_found(chain):
    chain[1], chain[2] = chain[2], chain[1]
    assert verify_chain(chain)


def test_a_commitment_binds_to_each_text_and_to_the_salt():
    same = commitment("salt", "one", "two")
    assert same == commitment("salt", "one", "two")
    assert len({same, commitment("pepper", "one", "two"), commitment("salt", "onet", "wo")}) == 3
