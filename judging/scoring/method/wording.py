"""Methods and rules for equal scores in words, for people without statistics."""

from flask_babel import lazy_gettext as _l

from judging.ranking.contest import TieRule
from judging.ranking.tie_breaks import TieBreak
from judging.scoring.method.rules import Method

METHOD_NAMES = {
    Method.BLUP: _l("Mixed model"),
    Method.ADDITIVE: _l("Additive model"),
    Method.MEAN: _l("Weighted mean"),
    Method.TRIMMED: _l("Trimmed mean"),
    Method.ZSCORE: _l("Standard scores"),
    Method.BORDA: _l("Borda count"),
    Method.SCHULZE: _l("Schulze method"),
    Method.MAJORITY: _l("Majority judgment"),
}
METHOD_NOTES = {
    Method.BLUP: _l(
        "Takes lenient and harsh jurors into account, and is careful where an entry has few reviews. Recommended when "
        "jurors were assigned by lot or by this platform."
    ),
    Method.ADDITIVE: _l(
        "Takes lenient and harsh jurors into account. Recommended when jurors chose what they review, or were chosen "
        "by theme."
    ),
    Method.MEAN: _l("The plain mean of the reviews. Fair when every juror reviews every entry."),
    Method.TRIMMED: _l("The mean without the highest and the lowest mark, where an entry has five or more."),
    Method.ZSCORE: _l("Puts the marks of every juror on the same scale. Needs many entries for each juror."),
    Method.BORDA: _l("Counts how many entries each juror placed below. For juries where everybody saw everything."),
    Method.SCHULZE: _l("Compares entries two by two, as ballots. For juries where everybody saw everything."),
    Method.MAJORITY: _l("Ranks by the median mark. For juries where everybody saw everything."),
}
TIE_NAMES = {
    TieRule.CHAIN: _l("Parted step by step"),
    TieRule.SHARED: _l("Place shared"),
}
TIE_NOTES = {
    TieRule.CHAIN: _l(
        "First by the heaviest criterion, then by the share of the highest marks, then by who was preferred by more of "
        "the jurors who saw both. What is still equal shares the place. Never by name or time."
    ),
    TieRule.SHARED: _l("Equal scores, at four decimals, have the same place, and share the prizes of the places."),
}
PARTED_BY = {
    TieBreak.PRINCIPAL: _l("equal score, parted by the heaviest criterion"),
    TieBreak.COUNTBACK: _l("equal score, parted by the share of the highest marks"),
    TieBreak.HEAD_TO_HEAD: _l("equal score, parted by the jurors who saw both"),
}
