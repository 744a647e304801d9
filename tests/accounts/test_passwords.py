from argon2 import PasswordHasher

from hackaviz.accounts.passwords import NOBODY, hash_password, verify_password


def test_a_password_is_known_again_by_its_hash_alone():
    stored = hash_password("correct horse battery")
    assert "correct" not in stored
    assert verify_password(stored, "correct horse battery")
    assert not verify_password(stored, "correct horse batteries")


def test_nobody_has_a_password():
    assert not verify_password(None, "anything at all")


def test_an_unknown_account_costs_as_much_as_a_known_one():
    assert not PasswordHasher().check_needs_rehash(NOBODY)
