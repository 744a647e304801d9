"""The one shape between readers and models: what a portal says of a dataset, cleaned, and what it cannot say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Language code → text; the code is "" where the source does not say it.
Texts = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class HarvestedResource:
    """A file of a dataset at its publisher's. `url` is empty where the source gives none that can be opened."""

    url: str = ""
    title: str = ""
    # None where the source has one title for all languages.
    title_en: str | None = None
    format: str = ""
    media_type: str = ""
    bytes: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class HarvestedDataset:
    """A dataset as its source describes it. Dates are ISO days; `bounds` is west, south, east, north in degrees."""

    identifier: str
    titles: Texts
    descriptions: Texts = field(default_factory=dict)
    publisher: str = ""
    publisher_website: str = ""
    licence: str = "unknown"
    licence_as_stated: str = ""
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    coverage: Texts = field(default_factory=dict)
    bounds: tuple[float, ...] | None = None
    period: str = ""
    frequency: str = ""
    issued_on: str = ""
    modified_on: str = ""
    landing_page: str = ""
    contact: str = ""
    resources: tuple[HarvestedResource, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        # Not asdict: it copies everything deeply, which takes longer than reading the record.
        return {**vars(self), "resources": [vars(each) for each in self.resources]}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "HarvestedDataset":
        """What `as_dict` made, after its way through JSON."""
        values = dict(plain)
        values["resources"] = tuple(HarvestedResource(**each) for each in plain["resources"])
        for name in ("themes", "keywords"):
            values[name] = tuple(plain[name])
        values["bounds"] = tuple(plain["bounds"]) if plain["bounds"] else None
        return cls(**values)


@dataclass(frozen=True)
class RejectedRecord:
    """A record that is left out: its identifier as far as it has one, and a code of `REASONS`."""

    identifier: str
    reason: str


REASONS = {
    "no-title": "It has no title.",
    "no-identifier": "It has neither an identifier nor a web address nor a title.",
    "long-identifier": "Its identifier is longer than 600 characters.",
    "twice": "The same identifier stands earlier in this source: the first record is kept.",
    "not-public": "Its source marks it as private, draft or deleted.",
    "not-a-dataset": "It is not the description of a dataset.",
    "odd": "Its facts do not stand where this format has them.",
    "refused-by-database": "The database refused it.",
}


class Rejected(Exception):
    """This record cannot be taken; `reason` is a code of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason])
        self.reason = reason


class Unreadable(Exception):
    """The whole file gives no catalogue. The message says why and what to do, in plain English for operators."""


@dataclass(kw_only=True)
class Stated:
    """What a reader found of one record, untouched: texts, lists, language maps, numbers or None.

    `language` is that of the record, where it says one. `base` is the address that relative links start from.
    """

    identifier: Any = None
    title: Any = None
    description: Any = None
    publisher: Any = None
    publisher_website: Any = None
    # Every way in which the licence is stated: code, name, address.
    licence: Any = None
    # One of our codes, where the source is an export of a catalogue like ours: then every text stands as it is.
    licence_code: str = ""
    themes: Any = None
    keywords: Any = None
    coverage: Any = None
    bounds: Any = None
    start: Any = None
    end: Any = None
    period: Any = None
    frequency: Any = None
    issued: Any = None
    modified: Any = None
    landing_page: Any = None
    contact: Any = None
    language: Any = None
    base: str = ""
    is_public: bool = True
    resources: list[dict[str, Any]] = field(default_factory=list)
