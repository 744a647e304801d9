"""Which language a page speaks: `?lang=`, then the kept choice, then the account's, then the browser's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, g, has_request_context, request, session, url_for
from flask_babel import Babel, force_locale
from flask_login import current_user

from hackaviz.kernel.bilingual import LANGUAGES

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


def init_language(app: Flask) -> None:
    """Flask-Babel on our catalogues, compiled when they are newer than what was compiled before."""
    compile_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=current_language)
    app.before_request(_keep_choice)
    app.after_request(_vary)


def compile_catalogues(folder: Path = TRANSLATIONS) -> None:
    """Write the .mo beside each .po that has none or an older one."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        # Of a name that no other process chooses: several may start at once.
        with NamedTemporaryFile(dir=compiled.parent, suffix=".tmp", delete=False) as target:
            write_mo(target, catalogue)
        unfinished = Path(target.name)
        unfinished.chmod(0o644)
        unfinished.replace(compiled)


def current_language() -> str:
    """The language of this request, fr or en; commands and jobs speak English unless they write to somebody."""
    if "language" not in g:
        g.language = _choose()
    language: str = g.language
    return language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write in a language other than the reader's, as for letters and documents."""
    kept = g.get("language")
    g.language = language
    try:
        with force_locale(language):
            yield
    finally:
        g.pop("language") if kept is None else setattr(g, "language", kept)


def _choose() -> str:
    if not has_request_context():
        return "en"
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    kept = session.get("language")
    if kept in LANGUAGES:
        return str(kept)
    if current_user and current_user.is_authenticated and current_user.language in LANGUAGES:
        return str(current_user.language)
    return request.accept_languages.best_match(LANGUAGES, default="en") or "en"


def _keep_choice() -> None:
    asked = request.args.get("lang")
    if asked in LANGUAGES and session.get("language") != asked:
        session["language"] = asked


def _vary(response: Response) -> Response:
    response.vary.update(["Accept-Language", "Cookie"])
    return response


def language_url(language: str) -> str:
    """This page in another language."""
    if request.endpoint is None or request.method not in {"GET", "HEAD"}:
        return f"/?lang={language}"
    arguments = {**request.args.to_dict(flat=False), **(request.view_args or {}), "lang": language}
    return url_for(request.endpoint, **arguments)
