"""What somebody typed in a form that cannot be taken now, carried along until it can be sent again."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

KEPT_SECONDS = 3600
NOT_KEPT = frozenset({"csrf_token"})


@dataclass(frozen=True)
class TypedForm:
    """The address a form was sent to, and its fields in order, without passwords."""

    address: str
    fields: list[tuple[str, str]]

    @property
    def words(self) -> list[str]:
        """What a person would miss: the answers of several words."""
        return [value for _name, value in self.fields if " " in value.strip()]


def typed_form() -> TypedForm | None:
    """What this request carries; None when it is not a plain form (one with files is not read), or not from here."""
    if request.method != "POST" or request.mimetype != "application/x-www-form-urlencoded" or not _is_ours():
        return None
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in NOT_KEPT and "password" not in name
    ]
    return TypedForm(address=request.full_path.rstrip("?"), fields=fields)


def _is_ours() -> bool:
    # Browsers say where a form came from. Another site must not have its form sent on by a tired reader.
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc in {request.host, urlsplit(current_app.config["BASE_URL"]).netloc}


def seal(typed: TypedForm) -> str:
    """A signed text that carries a typed form through the sign-in page."""
    sealed = _signer().dumps([typed.address, typed.fields])
    return sealed if isinstance(sealed, str) else sealed.decode()


def unseal(text: str | None) -> TypedForm | None:
    """The typed form of a sealed text; None when there is none, it is older than an hour, or not ours."""
    try:
        address, fields = _signer().loads(text or "", max_age=KEPT_SECONDS)
    except BadSignature:
        return None
    return TypedForm(address=address, fields=[(name, value) for name, value in fields])


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="typed-form")
