"""What is taken for bank details, and what is not: examples of the standards, and references as people write them."""

import pytest

from hackaviz.kernel.bank_details import holds_bank_details

# Of the IBAN registry and of the test numbers that card schemes publish; none is anybody's.
BANK_DETAILS = (
    "FR1420041010050500013M02606",
    "FR14 2004 1010 0505 0001 3M02 606",
    "fr14-2004-1010-0505-0001-3m02-606",
    "FR14\u00a02004\u00a01010\u00a00505\u00a00001\u00a03M02\u00a0606",
    "Paid to IBAN:DE89370400440532013000, as agreed",
    "GB82 WEST 1234 5698 7654 32 by the treasurer",
    "NO93 8601 1117 947",
    "MT84MALT011000012345MTLCAST001S",
    "4111111111111111",
    "card 4111 1111 1111 1111, in March",
    "5500-0000-0000-0004",
    "3782 822463 10005",
    "6304000000000000000",
    "3056 930902 5904",
    "38520000023237",
)
REFERENCES = (
    "",
    "VIR-9",
    "FA-2026-00123",
    "Invoice 2026/11/0042 of 22 November 2026",
    "FR1420041010050500013M02607",
    "FR14 2004 1010 0505",
    "4111111111111112",
    "411111111111",
    "Decided on 2026-11-01 by 14 of 20 members, 1 500.00 euros",
    "BC-1000-2000-3000",
    "SIRET 73282932000074",
    "0000000000000000",
    "FR is written here: the board of 12 people decided in 2026 that it is so",
    "Décision n° 2026-118 du bureau, séance du 3 mars 2026",
)


@pytest.mark.parametrize("text", BANK_DETAILS)
def test_numbers_of_accounts_and_cards_are_found(text):
    assert holds_bank_details(text)


@pytest.mark.parametrize("text", REFERENCES)
def test_references_are_not(text):
    assert not holds_bank_details(text)


def test_a_long_text_is_read_at_once():
    assert not holds_bank_details("AB12" * 5000)
