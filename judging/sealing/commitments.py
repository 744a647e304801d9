"""Whether texts of a sealed file are those it commits to: comments in its log of marks, grounds of conflicts. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from judging.scoring.chain import commitment
from judging.sealing.document import FULL, TOLD_TO_ORGANISERS

COMMENTS = ("comment_to_team", "comment_private")


def commitment_problems(document: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with them, in plain English. Both forms hold the commitments, the full one every text as well."""
    for each in document["conflicts"]:
        if not re.fullmatch("[0-9a-f]{64}", str(each.get("grounds_sha256"))):
            yield f"The conflict of {each['juror']} with {each['entry']} has no commitment to its grounds."
    if document["form"] == FULL:
        yield from _grounds(document)
        yield from _comments(document)
    else:
        yield from _told(document)


def _grounds(document: Mapping[str, Any]) -> Iterator[str]:
    for each in document["conflicts"]:
        if commitment(each["salt"], each["grounds"]) != each.get("grounds_sha256"):
            yield f"The grounds of the conflict of {each['juror']} with {each['entry']} were changed."


def _comments(document: Mapping[str, Any]) -> Iterator[str]:
    """The last link of each review has both comments; any other that has one is held to it."""
    last = {(row["content"]["juror"], row["content"]["entry"]): row["number"] for row in document["log"]}
    for row in document["log"]:
        content = row["content"]
        is_last = last[content["juror"], content["entry"]] == row["number"]
        texts = [row.get(name) for name in COMMENTS]
        if (is_last or texts != [None, None]) and commitment(row["salt"], *texts) != content["comments_sha256"]:
            yield f"The comments of {content['juror']} on {content['entry']} were changed."


def _told(document: Mapping[str, Any]) -> Iterator[str]:
    for rows, secret in TOLD_TO_ORGANISERS.items():
        if any(row.keys() & set(secret) for row in document[rows]):
            yield f"This public form has texts in its {rows} that only the full one may have."
