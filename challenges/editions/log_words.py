"""The log of an edition as people read it: one sentence for each verb; a verb without sentence is shown as it is."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from challenges.editions.log_details import details_in_words
from challenges.editions.queries import LoggedAction
from hackaviz.web.language import current_language
from hackaviz.web.templating import day_in_words, local_datetime

SENTENCES = {
    "edition.create": _l("Created the edition"),
    "edition.edit": _l("Changed the edition"),
    "edition.change_date": _l("Moved a date of the edition"),
    "edition.change_text": _l("Changed a text of the edition"),
    "edition.change_setting": _l("Changed a setting of the edition"),
    "edition.publish": _l("Published the edition"),
    "edition.set_hand_in": _l("Changed how entries are handed in"),
    "edition.declare_aims": _l("Changed ambitions or objectives"),
    "rules.publish": _l("Published a version of the rules"),
    "challenge.write": _l("Wrote a challenge"),
    "challenge.revise": _l("Changed a challenge"),
    "challenge.set_rubric": _l("Changed the rubric of a challenge"),
    "challenge.link_datasets": _l("Changed the datasets of a challenge"),
    "challenge.publish": _l("Published a challenge"),
    "role.grant": _l("Gave a role"),
    "role.invite": _l("Invited somebody to a role"),
    "role.withdraw": _l("Withdrew a role"),
    "role.withdraw_invitation": _l("Withdrew an invitation to a role"),
    "sponsor.add": _l("Added a sponsor"),
    "sponsor.describe": _l("Changed the description of a sponsor"),
    "pledge.make": _l("Recorded a pledge"),
    "pledge.reduce": _l("Reduced a promise"),
    "pledge.receive": _l("Recorded a payment from a sponsor"),
    "pledge.refund": _l("Gave money back to a sponsor"),
    "pledge.carry_over": _l("Carried money over to another edition"),
    "pledge.cost": _l("Spent money on costs"),
    "pledge.purpose": _l("Changed what a pledge is given for"),
    "pledge.expect": _l("Added a part to the schedule of a pledge"),
    "pledge.drop_expected": _l("Took a part off the schedule of a pledge"),
    "gift.promise": _l("Entered a gift in kind"),
    "gift.describe": _l("Changed a gift in kind"),
    "gift.withdraw": _l("Withdrew a gift in kind"),
    "subsidy.request": _l("Noted a request for a subsidy"),
    "subsidy.granted": _l("Noted that a subsidy was granted"),
    "subsidy.received": _l("Noted that a subsidy was received"),
    "subsidy.refused": _l("Noted that a subsidy was refused"),
    "agreement.write": _l("Entered an agreement"),
    "agreement.party": _l("Wrote down a party of an agreement"),
    "agreement.contribute": _l("Noted what a party brings"),
    "agreement.withdraw_contribution": _l("Withdrew what a party brings"),
    "ledger.reverse": _l("Took an act of the ledger back"),
    "prize.declare": _l("Announced a prize"),
    "prize.change": _l("Changed a prize"),
    "audience.plan": _l("Planned the audience’s vote"),
    "audience.vote": _l("Voted in the audience"),
    "audience.take_back": _l("Took back a vote in the audience"),
    "duels.plan": _l("Planned comparisons by pairs"),
    "juror.seat_for_prize": _l("Seated a juror for a sponsor’s prize"),
    "mentor.note": _l("Noted a mentor"),
    "mentor.remove": _l("Removed a mentor"),
    "role.decline": _l("Declined an invitation"),
    "training.upload": _l("Added a training work"),
    "training.remove": _l("Removed a training work"),
    "sponsor.logo": _l("Changed the logo of a sponsor"),
    "prize.withdraw": _l("Withdrew a prize"),
    "prize.policy": _l("Decided whether an entry may win several prizes"),
    "prize.state": _l("Stated what prizes ask for"),
    "prize.hors_concours": _l("Let a person take part hors concours"),
    "prize.lift_hors_concours": _l("Let a person win prizes again"),
    "prize.refund": _l("Gave back the money of a prize that nobody has"),
    "prize.carry_over": _l("Carried over the money of a prize that nobody has"),
    "prize.move": _l("Moved the money of a prize that nobody has to another"),
    "team.state_school": _l("Changed the school shown beside a work"),
    "registration.register": _l("Registered"),
    "registration.accept_rules": _l("Accepted the rules"),
    "registration.decide": _l("Decided on a registration"),
    "team.create": _l("Created a team"),
    "team.invite": _l("Invited somebody to a team"),
    "team.withdraw_invitation": _l("Withdrew an invitation to a team"),
    "team.join": _l("Joined a team"),
    "team.leave": _l("Left a team"),
    "team.remove_member": _l("Removed a member from a team"),
    "team.hand_over": _l("Handed a team over to another captain"),
    "team.extend": _l("Gave a team another deadline"),
    "team.choose_challenge": _l("Chose a challenge"),
    "entry.start": _l("Started an entry"),
    "entry.save_sheet": _l("Saved the sheet of an entry"),
    "entry.decide_showing": _l("Decided whether the public sees a work"),
    "entry.decide_listing": _l("Decided on the listing of an entry"),
    "dataset.pin": _l("Pinned a file of a dataset"),
    "dataset.freeze": _l("Kept a frozen copy of a file"),
    "dataset.unpin": _l("Let a frozen copy of a file go"),
    "entry.cite": _l("Cited a dataset"),
    "entry.withdraw_citation": _l("Withdrew the citation of a dataset"),
    "entry.upload": _l("Uploaded a file"),
    "entry.check_again": _l("Had a work checked again"),
    "transfer.begin": _l("Began to send a file"),
    "transfer.finish": _l("Sent a file whole"),
    "transfer.cancel": _l("Cancelled a file on its way"),
    "entry.keep_annex": _l("Kept an annex with an entry"),
    "entry.remove_annex": _l("Took the annex of an entry back"),
    "annex.clean": _l("The antivirus found nothing in an annex"),
    "annex.infected": _l("The antivirus found an annex infected: it is kept no more"),
    "entry.infected": _l("The antivirus found a file infected: it is shown no more"),
    "entry.hand_in": _l("Handed in an entry"),
    "entry.hand_in_waits": _l("Handed in an entry whose file is on its way"),
    "entry.hand_in_fails": _l("A hand-in did not count: its file was refused or late"),
    "entry.bring_back": _l("Brought a version back into the draft"),
    "assignment.add": _l("Assigned an entry to a juror"),
    "assignment.withdraw": _l("Withdrew an entry from a juror"),
    "assignment.skip": _l("Skipped an entry, with a reason"),
    "assignment.take_back": _l("Took back an entry skipped before"),
    "juror.release": _l("Released a juror from what was not begun"),
    "juror.seat": _l("Changed a juror’s panel, part or load"),
    "juror.expertise": _l("Said what they know and would like to judge"),
    "rounds.plan": _l("Planned the rounds of the jury"),
    "rounds.drop": _l("Went back to one round"),
    "finalists.confirm": _l("Confirmed the finalists"),
    "entry.flag": _l("Pointed an entry out to the organisers"),
    "flag.settle": _l("Settled what a juror had pointed out"),
    "training.choose": _l("Chose the works for the jury’s exercise"),
    "conflict.declare": _l("Declared a conflict of interest"),
    "conflict.clear": _l("Cleared a conflict of interest"),
    "review.start": _l("Began a review"),
    "review.finish": _l("Finished a review"),
    "review.reopen": _l("Reopened a review"),
    "meeting.open": _l("Opened the jury’s meeting"),
    "meeting.close": _l("Closed the jury’s meeting"),
    "meeting.show": _l("Put something on the table of the jury’s meeting"),
    "meeting.attendance": _l("Noted who is at the jury’s meeting"),
    "jury.vote": _l("Recorded a vote of the jury"),
    "results.seal": _l("Sealed the result"),
    "method.choose": _l("Named the method of the ranking"),
    "method.amend": _l("Changed the method of the ranking while the jury works"),
    "award.give": _l("Awarded a prize"),
    "award.take_back": _l("Took back an award"),
    "award.confirm": _l("Confirmed an award on a changed ranking"),
    "award.approve": _l("Approved the payment of an award"),
    "award.fund": _l("Funded an award"),
    "award.propose_shares": _l("Proposed how to share a prize"),
    "award.consent_to_shares": _l("Consented to the shares of a prize"),
    "award.name_guardian": _l("Named the guardian of a member under 18"),
    "award.set_funding": _l("Changed who funds an award"),
    "award.pay": _l("Recorded that an award is paid"),
    "award.unpay": _l("Took back the payment of an award"),
    "results.publish": _l("Published the results"),
    "results.withdraw": _l("Withdrew the results"),
    "certificate.ask": _l("Had certificates made"),
    "letter.save": _l("Wrote a letter about the results"),
    "letter.release": _l("Released the letters about the results"),
    "letter.hold": _l("Held the letters about the results back"),
    "letter.send": _l("Letters about the results were written to those who get them"),
}


@dataclass(frozen=True)
class LogLine:
    """One act: when, shortly and in full; who; what; and its details as names and values."""

    short_time: str
    moment: str
    actor: str | None
    sentence: str
    details: list[tuple[str, str]]


def log_line(logged: LoggedAction, zone: str, now: datetime) -> LogLine:
    """A row of the log in words."""
    action = logged.action
    return LogLine(
        short_time=_short_time(action.at, zone, now),
        moment=local_datetime(action.at, zone),
        actor=logged.actor,
        sentence=str(SENTENCES.get(action.verb, action.verb)),
        details=details_in_words(action.details, zone, logged.people),
    )


def _short_time(moment: datetime, zone: str, now: datetime) -> str:
    """The hour of an act of today, the day of an older one."""
    there, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if there.date() != today:
        return day_in_words(there.date(), "d MMM")
    return f"{there:%H}\u00a0h\u00a0{there:%M}" if current_language() == "fr" else f"{there:%H:%M}"
