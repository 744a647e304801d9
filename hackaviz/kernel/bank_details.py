"""Bank details in what people type: account numbers (IBAN, ISO 13616) and card numbers (ISO/IEC 7812). Pure.

A number counts as one only when its check digits are right, so that references of invoices and transfers pass.
"""

import re
from collections.abc import Iterator

# How many characters an IBAN has, by country: the registry that SWIFT keeps for ISO 13616.
COUNTRIES = {
    15: "NO",
    16: "BE",
    18: "DK FI FK FO GL NL SD",
    19: "MK SI",
    20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA",
    23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST",
    26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA",
    30: "JO KW MU YE",
    31: "MT SC",
    32: "LC",
    33: "RU",
}
LENGTHS = {country: length for length, countries in COUNTRIES.items() for country in countries.split()}
# What people put between the groups of a number.
GAP = r"[ \t\u00a0\u202f.-]?"
IBAN = re.compile(rf"[A-Z]{{2}}{GAP}\d{GAP}\d(?:{GAP}[A-Z0-9]){{11,29}}", re.IGNORECASE)
# Digits in a row, or in the groups that cards are printed in.
GROUPS = (r"\d{13,19}", rf"\d{{4}}(?:{GAP}\d{{4}}){{2,3}}(?:{GAP}\d{{1,4}})?", rf"\d{{4}}{GAP}\d{{6}}{GAP}\d{{4,5}}")
CARD = re.compile(rf"(?<!\d)(?:{'|'.join(GROUPS)})(?!\d)")
# Of 14 digits only those of Diners Club: French businesses have numbers of 14 digits (SIRET) with the same check digit.
DINERS = re.compile(r"30[0-5]|36|38|39")


def holds_bank_details(text: str) -> bool:
    """Whether a text has an account number or a card number in it."""
    return any(map(_is_iban, _ibans(text))) or any(map(_is_card, _cards(text)))


def _ibans(text: str) -> Iterator[str]:
    """What looks like an IBAN, cut to the length that its country has: words may follow it."""
    for start in range(len(text)):
        found = IBAN.match(text, start)
        if found:
            bare = _bare(found[0]).upper()
            yield bare[: LENGTHS.get(bare[:2], 0)]


def _cards(text: str) -> Iterator[str]:
    return (_bare(found) for found in CARD.findall(text))


def _bare(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text)


def _is_iban(text: str) -> bool:
    """The length of its country, and 1 modulo 97 with letters as numbers from 10 and its first four characters last."""
    if len(text) != LENGTHS.get(text[:2]):
        return False
    return int("".join(str(int(each, 36)) for each in text[4:] + text[:4])) % 97 == 1


def _is_card(digits: str) -> bool:
    """13 to 19 digits whose last one is right by Luhn's formula: every second one doubled, its own digits added."""
    if not 13 <= len(digits) <= 19 or (len(digits) == 14 and not DINERS.match(digits)):
        return False
    doubled = [sum(divmod(int(each) * (1 + place % 2), 10)) for place, each in enumerate(reversed(digits))]
    return any(doubled) and sum(doubled) % 10 == 0
