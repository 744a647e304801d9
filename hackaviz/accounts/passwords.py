"""Passwords: argon2id, a tenth of a second each. Call these outside write transactions."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
# Of no password. Made with the parameters of the hasher, so that an unknown account takes as long as a known one.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$lD7cd55FgoNbl7CuFUKebQ$jY8nGU6Xh6QRmSlVfa84nVEGgDYy7p9zzxuoJVZyxl4"


def hash_password(password: str) -> str:
    """The hash to store; each call has its own salt."""
    return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether this is the password; without a stored hash it takes as long and answers no."""
    try:
        matches = _hasher.verify(stored or NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return matches and stored is not None
