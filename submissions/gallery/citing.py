"""How to cite a work: a sentence, BibTeX, CSL-JSON. Pure.

Names stay whole: where a family name begins differs from place to place, and is for the person to say.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hackaviz.kernel.identifiers import slugify

BIBTEX_SPECIAL = re.compile(r"([&%$#_])")


@dataclass(frozen=True)
class Citable:
    """What a citation says. `authors` are named as the public may read them; none are known for a closed account."""

    title: str
    authors: Sequence[str]
    team: str
    published: date
    contest: str
    publisher: str
    url: str
    medium: str


def in_a_sentence(work: Citable) -> str:
    """As in a list of references: authors, year, title, medium, contest, publisher, address."""
    authors = ", ".join(work.authors)
    makers = f"{authors} ({work.team})" if authors else work.team
    return (
        f"{makers}. ({work.published.year}). {work.title} [{work.medium}]. {work.contest}, {work.publisher}. {work.url}"
    )


def in_bibtex(work: Citable) -> str:
    """An entry for BibTeX; every name stands in braces of its own, so that it is not taken apart."""
    fields = {
        "title": f"{{{_escaped(work.title)}}}",
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in work.authors or [work.team]),
        "year": str(work.published.year),
        "howpublished": _escaped(f"{work.medium}, {work.contest}"),
        "organization": _escaped(work.publisher),
        "note": _escaped(work.team),
        "url": work.url,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{_key(work)},\n{lines}\n}}\n"


def in_csl_json(work: Citable) -> str:
    """For Zotero and other managers of references."""
    item = {
        "id": _key(work),
        "type": "graphic",
        "title": work.title,
        "author": [{"literal": name} for name in work.authors or [work.team]],
        "issued": {"date-parts": [[work.published.year, work.published.month, work.published.day]]},
        "genre": work.medium,
        "container-title": work.contest,
        "publisher": work.publisher,
        "URL": work.url,
    }
    return json.dumps([item], ensure_ascii=False, indent=2)


def _key(work: Citable) -> str:
    return (
        f"{slugify(work.team, longest=20) or 'team'}-{work.published.year}-{slugify(work.title, longest=20) or 'work'}"
    )


def _escaped(text: str) -> str:
    return BIBTEX_SPECIAL.sub(r"\\\1", text.replace("\\", "").replace("{", "(").replace("}", ")"))
