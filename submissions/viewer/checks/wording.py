"""The words of a check report, in the page's language: what was found, and what to do."""

from collections.abc import Callable

from flask import current_app
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from submissions.entries.wording import kind_word, opens_with
from submissions.intake.traces.trace import WORDS as TRACE_WORDS
from submissions.intake.traces.trace import Label
from submissions.viewer.checks.findings import Code, Finding

SHOWN = 8
Line = tuple[str, str, str | None]
# How an organiser chooses what refuses a hand-in.
CODE_WORDS = {
    Code.BLANK: _l("The page comes out blank"),
    Code.NO_TEXT: _l("The page shows no text"),
    Code.MISSING_FILES: _l("Files of the work are missing"),
    Code.MISREAD_FILES: _l("Files that scripts read are not in UTF-8"),
    Code.OTHER_HOSTS: _l("The work asks other sites"),
    Code.NOT_FROZEN: _l("A file could not be copied in"),
    Code.SCRIPT_ERRORS: _l("Scripts end in errors"),
    Code.HEAVY: _l("The work is heavy"),
    Code.WIDE_ON_PHONE: _l("The page is wider than a phone"),
    Code.LOW_CONTRAST: _l("Text is hard to read"),
    Code.NO_ALTERNATIVE: _l("There is no text alternative"),
    Code.CITATION_NOT_FOUND: _l("A cited dataset is not found in the work"),
    Code.NOT_CITED: _l("A dataset in the work is not cited"),
}
VIEW_WORDS = {
    "wide": _l("On a desktop, 1280 pixels wide"),
    "narrow": _l("On a phone, 390 pixels wide"),
    "wide-deuteranopia": _l("With deuteranopia, without green cones"),
    "wide-protanopia": _l("With protanopia, without red cones"),
    "wide-tritanopia": _l("With tritanopia, without blue cones"),
}


def in_words(finding: Finding) -> Line:
    """A finding as `states.checks` shows it: state, sentence, detail."""
    title, detail = SAID[finding.code](finding)
    return finding.state, title, detail


def _list(finding: Finding) -> str:
    """The first names; how many more there are."""
    more = finding.count - len(finding.items[:SHOWN])
    names = ", ".join(finding.items[:SHOWN])
    return _("%(names)s and %(count)s more", names=names, count=more) if more > 0 else names


def _size(count: int) -> str:
    return str(current_app.jinja_env.filters["filesize"](count))


def _recognised(finding: Finding) -> tuple[str, str | None]:
    kind, page = finding.items
    return _("%(kind)s recognised and readable", kind=kind_word(kind)), opens_with(kind, page)


def _opens(_finding: Finding) -> tuple[str, str | None]:
    return _("The work opens and shows something"), None


def _weight(finding: Finding) -> tuple[str, str | None]:
    count = finding.params["requests"]
    size = _size(finding.count)
    return ngettext("%(size)s in one request", "%(size)s in %(num)s requests", count, size=size), None


def _heavy(finding: Finding) -> tuple[str, str | None]:
    return (
        _("The work loads %(size)s before it is all there", size=_size(finding.count)),
        _("On a slow line a juror waits. Smaller pictures, and data cut to what is shown, help most."),
    )


def _many_requests(finding: Finding) -> tuple[str, str | None]:
    title = _("The work asks for %(count)s files", count=finding.count)
    return title, _("Each costs a moment. Put small files together, or build the site.")


def _frozen(finding: Finding) -> tuple[str, str | None]:
    title = ngettext(
        "One file is copied in: the work needs no network for it",
        "%(num)s files are copied in: the work needs no network for them",
        finding.count,
    )
    words = [_instead(*each) for each in finding.params["instead"]]
    advice = _("Kept by the platform, of the same major version: %(releases)s.", releases=", ".join(words))
    return title, advice if words else None


def _instead(name: str, served: str, asked: str) -> str:
    if not asked:
        return _("%(name)s %(served)s, no version was asked for", name=name, served=served)
    return _("%(name)s %(served)s in place of %(asked)s", name=name, served=served, asked=asked)


def _not_frozen(finding: Finding) -> tuple[str, str | None]:
    title = ngettext("One file could not be copied in", "%(num)s files could not be copied in", finding.count)
    return title, _("%(names)s. Put a copy in your files and refer to it, or check again later.", names=_list(finding))


def _other_hosts(finding: Finding) -> tuple[str, str | None]:
    title = _("The work asks other sites: %(hosts)s", hosts=_list(finding))
    return title, _(
        "Jury and public see the work without network, so this will not be shown. Put a copy in your files."
    )


def _missing_files(finding: Finding) -> tuple[str, str | None]:
    title = ngettext("A file is missing", "%(num)s files are missing", finding.count)
    advice = _("%(names)s. Capitals count in file names: compare them, add the files, and send the work again.")
    return title, advice % {"names": _list(finding)}


def _misread_files(finding: Finding) -> tuple[str, str | None]:
    title = ngettext(
        "A file that a script reads is not in UTF-8",
        "%(num)s files that scripts read are not in UTF-8",
        finding.count,
    )
    advice = _("%(names)s. Browsers take it for UTF-8, and accents come out wrong: save it anew in UTF-8.")
    return title, advice % {"names": _list(finding)}


def _script_errors(finding: Finding) -> tuple[str, str | None]:
    title = ngettext("A script ends in an error", "%(num)s errors of scripts", finding.count)
    return title, " · ".join(finding.items[:3])


def _blank(_finding: Finding) -> tuple[str, str | None]:
    return (
        _("The page comes out blank"),
        _(
            "Nothing was drawn within some seconds. Often the site is not built (npm run build), or it looks for its "
            "files at the root of a server: build it with relative paths."
        ),
    )


def _no_text(_finding: Finding) -> tuple[str, str | None]:
    advice = _(
        "A title, labels and a source in text can be read aloud, searched and translated; in a picture they cannot."
    )
    return _("The page shows no text"), advice


def _wide_on_phone(finding: Finding) -> tuple[str, str | None]:
    title = _("On a phone the page is %(width)s pixels wide, and must be moved sideways", width=finding.count)
    return title, _("A viewport tag and widths in percent make it fit 390 pixels.")


def _low_contrast(finding: Finding) -> tuple[str, str | None]:
    title = ngettext("A text is hard to read", "%(num)s texts are hard to read", finding.count)
    examples = dict.fromkeys(f"{text} ({format_decimal(ratio)})" for text, ratio in finding.params["examples"])
    advice = _("Contrast is under 4.5 to 1 (3 to 1 for large text): %(examples)s.", examples=" · ".join(examples))
    return title, advice


def _readable(finding: Finding) -> tuple[str, str | None]:
    title = ngettext(
        "The text that could be measured has enough contrast",
        "All %(num)s texts that could be measured have enough contrast",
        finding.count,
    )
    return title, None


def _traces_removed(finding: Finding) -> tuple[str, str | None]:
    title = ngettext(
        "What one file tells of you is removed from what others see",
        "What %(num)s files tell of you is removed from what others see",
        finding.count,
    )
    words = [_(TRACE_WORDS[Label(label)]) for label in finding.items]
    return title, _("Removed: %(traces)s. The file that you sent stays as it is.", traces=", ".join(words))


def _no_alternative(_finding: Finding) -> tuple[str, str | None]:
    return _("No text alternative yet"), _("It tells people who cannot see the work what it shows.")


def _citation_not_found(finding: Finding) -> tuple[str, str | None]:
    title = _("Cited, but not found in the work: %(datasets)s", datasets=_list(finding))
    return title, _(
        "Neither a file of it nor its address is in the work. If you changed the data, say so in the sentence "
        "on its use."
    )


def _citations_found(finding: Finding) -> tuple[str, str | None]:
    title = ngettext(
        "One cited dataset is found in the work", "%(num)s cited datasets are found in the work", finding.count
    )
    return title, None


def _not_cited(finding: Finding) -> tuple[str, str | None]:
    title = _("In the work, but not cited: %(datasets)s", datasets=_list(finding))
    return title, _("Cite it on the page of the sheet: its publisher learns what became of it.")


def _no_browser(_finding: Finding) -> tuple[str, str | None]:
    title = _("The work was not opened: this installation has no browser")
    return title, _("Only what can be said without one is below. Look at the work yourself before you hand it in.")


def _not_loaded(_finding: Finding) -> tuple[str, str | None]:
    title = _("The work kept the browser busy until its time was over")
    return title, _(
        "A script may run without end, or need too much memory. Try it in a private window, then check again."
    )


SAID: dict[Code, Callable[[Finding], tuple[str, str | None]]] = {
    Code.RECOGNISED: _recognised,
    Code.OPENS: _opens,
    Code.WEIGHT: _weight,
    Code.FROZEN: _frozen,
    Code.READABLE: _readable,
    Code.TRACES_REMOVED: _traces_removed,
    Code.CITATIONS_FOUND: _citations_found,
    Code.NO_BROWSER: _no_browser,
    Code.NOT_LOADED: _not_loaded,
    Code.BLANK: _blank,
    Code.NO_TEXT: _no_text,
    Code.MISSING_FILES: _missing_files,
    Code.MISREAD_FILES: _misread_files,
    Code.OTHER_HOSTS: _other_hosts,
    Code.NOT_FROZEN: _not_frozen,
    Code.SCRIPT_ERRORS: _script_errors,
    Code.HEAVY: _heavy,
    Code.MANY_REQUESTS: _many_requests,
    Code.WIDE_ON_PHONE: _wide_on_phone,
    Code.LOW_CONTRAST: _low_contrast,
    Code.NO_ALTERNATIVE: _no_alternative,
    Code.CITATION_NOT_FOUND: _citation_not_found,
    Code.NOT_CITED: _not_cited,
}
