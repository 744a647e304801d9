"""What intake says of a file: accepted, or refused with reasons."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from submissions.intake import messages

NAME_SHOWN = 120


class Code(StrEnum):
    """Why a file is refused."""

    ZIP_SLIP = "zip-slip"
    ZIP_BOMB = "zip-bomb"
    ENCRYPTED = "encrypted"
    SYMLINK = "symlink"
    TYPE_MISMATCH = "type-mismatch"
    TOO_LARGE = "too-large"
    TOO_MANY_FILES = "too-many-files"
    NO_ENTRY_POINT = "no-entry-point"
    PIXEL_BOMB = "pixel-bomb"
    MALFORMED = "malformed"
    EMPTY = "empty"
    NOT_ALLOWED = "not-allowed"


@dataclass(frozen=True)
class Reason:
    """One refusal: `sentence` is a key of `messages.SENTENCES`, `params` fill its placeholders."""

    code: Code
    sentence: str
    params: dict[str, str | int] = field(default_factory=dict)

    def detail(self, translate: Callable[[str], str] = str, number: Callable[[int], str] = "{:,}".format) -> str:
        """The sentence, in English unless `translate` knows better; `number` writes its figures."""
        shown = {key: number(value) if isinstance(value, int) else value for key, value in self.params.items()}
        return translate(messages.SENTENCES[self.sentence]) % shown


class Refused(Exception):
    """A file cannot be accepted, for one reason or several."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(" ".join(reason.detail() for reason in reasons))
        self.reasons = reasons


def refusal(sentence: str, **params: str | int) -> Refused:
    """The error for a key of `messages.SENTENCES`, which begins with its code: "zip-slip", "encrypted.pdf"."""
    return Refused(reason(sentence, **params))


def reason(sentence: str, **params: str | int) -> Reason:
    """The reason for a key of `messages.SENTENCES`; names are made fit to show."""
    shown = {key: shown_name(value) if isinstance(value, str) else value for key, value in params.items()}
    return Reason(Code(sentence.partition(".")[0]), sentence, shown)


def shown_name(name: str) -> str:
    """A name from a stranger, fit for one line of text: printable, encodable and short."""
    printable = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
    return printable if len(printable) <= NAME_SHOWN else f"{printable[:80]}…{printable[-30:]}"


@dataclass(frozen=True)
class Told:
    """What a file tells of people: which file, the label of `traces.trace.WORDS`, the value where there is one."""

    path: str
    label: str
    value: str = ""


@dataclass(frozen=True)
class Finding:
    """What a kind found in a file that it accepts. `files` counts what will be published.

    `kind` is told where the content decides it: a ZIP may hold a chart or a film with its files, rather than a site.
    `facts` are figures such as "width", "height", "pages", "seconds".
    """

    entry_point: str
    files: int = 1
    external_hosts: tuple[str, ...] = ()
    kind: str | None = None
    facts: dict[str, int] = field(default_factory=dict)
    told: tuple[Told, ...] = ()


@dataclass(frozen=True)
class CheckReport:
    """The answer for one upload; accepted when there is no reason against it.

    `files` counts what would be published: none of a refused file. `bytes` and `sha256` are of the uploaded file;
    `sha256` is None only for a file too large to be read in time. `metadata` is what the files tell of people, which
    shown copies leave out.
    """

    kind: str | None
    entry_point: str | None
    files: int
    bytes: int
    sha256: str | None
    external_hosts: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    metadata: tuple[Told, ...] = ()
    facts: dict[str, int] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether nothing speaks against the file."""
        return not self.reasons

    def as_json(self) -> dict[str, Any]:
        """The document of `flask entries check --json`."""
        return {
            "accepted": self.accepted,
            "kind": self.kind,
            "entry_point": self.entry_point,
            "files": self.files,
            "bytes": self.bytes,
            "sha256": self.sha256,
            "external_hosts": list(self.external_hosts),
            "reasons": [{"code": str(reason.code), "detail": reason.detail()} for reason in self.reasons],
            "metadata": [{"path": each.path, "label": each.label, "value": each.value} for each in self.metadata],
            "facts": self.facts,
        }

    def as_data(self) -> dict[str, Any]:
        """Everything as JSON-able values, to keep or to send; `from_data` reads it back."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "CheckReport":
        """The report that `as_data` wrote."""
        reasons = tuple(Reason(Code(item["code"]), item["sentence"], item["params"]) for item in data["reasons"])
        hosts = tuple(data["external_hosts"])
        metadata = tuple(Told(**each) for each in data.get("metadata", ()))
        return cls(**{**data, "external_hosts": hosts, "reasons": reasons, "metadata": metadata})
