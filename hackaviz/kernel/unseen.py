"""Signs that show nothing and may make a text read as another one: the one rule for names, titles and file names.

Controls, signs that turn the direction of what follows (CVE-2021-42574), fillers, and signs of no width. What joins or
chooses the forms of letters and emoji (U+200C, U+200D, U+FE0F) shows, and stays.
"""

import re

UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u200e\\u200f"
    "\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb\\ud800-\\udfff\\U000e0000-\\U000e0fff]"
)


def has_unseen(text: str) -> bool:
    """Whether a text holds such a sign."""
    return not text.isprintable() and UNSEEN.search(text) is not None


def without_unseen(text: str) -> str:
    """The text as people see it."""
    return text if text.isprintable() else UNSEEN.sub("", text)
