"""One uploaded file as the kinds read it: its name, its first bytes, its text or its JSON document."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from hackaviz.kernel.unseen import without_unseen
from submissions.intake.charset import decode
from submissions.intake.limits import Limits
from submissions.intake.report import refusal

HEAD_BYTES = 65_536
NAME_BYTES = 200
UNSAFE_IN_NAMES = re.compile(r'[\t\r\n<>:"|?*]')


@dataclass(frozen=True)
class Upload:
    """`name` is the name the file had on the computer it comes from; `path` is where it lies now."""

    path: Path
    name: str
    limits: Limits

    @cached_property
    def head(self) -> bytes:
        """The first bytes."""
        with self.path.open("rb") as file:
            return file.read(HEAD_BYTES)

    @property
    def suffix(self) -> str:
        """The end of the name, in small letters: ".png"; empty when there is none."""
        return PurePosixPath(self.public_name).suffix.lower()

    @cached_property
    def public_name(self) -> str:
        """The name without folders or characters that a file system or an address refuses."""
        last = re.split(r"[/\\]", unicodedata.normalize("NFC", self.name))[-1]
        clean = UNSAFE_IN_NAMES.sub("-", without_unseen(last)).strip(" .")
        stem, dot, suffix = clean.rpartition(".")
        if not dot:
            return _cut(clean, NAME_BYTES) or "file"
        return f"{_cut(stem, NAME_BYTES - 20) or 'file'}.{_cut(suffix, 19)}"

    @cached_property
    def text(self) -> str:
        """The whole content as text, whatever its character set."""
        return decode(self.path.read_bytes())

    @cached_property
    def document(self) -> Any:
        """The JSON document. Raises Refused when it is not JSON that a browser would read."""
        try:
            return json.loads(self.path.read_bytes().decode("utf-8-sig"), parse_constant=self._refuse_constant)
        except UnicodeDecodeError:
            raise refusal("malformed.encoding", item=self.name) from None
        except json.JSONDecodeError as error:
            raise refusal("malformed.json", item=self.name, line=error.lineno) from None
        except RecursionError:
            raise refusal("malformed.depth", item=self.name, limit=self.limits.json_depth) from None
        except ValueError:
            raise refusal("malformed", item=self.name) from None

    def _refuse_constant(self, constant: str) -> NoReturn:
        # Python reads NaN and Infinity; JSON.parse, in every browser, does not.
        raise refusal("malformed.constant", item=self.name, constant=constant)


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode(errors="ignore")
