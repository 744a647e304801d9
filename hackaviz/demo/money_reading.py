"""Read the papers behind the money of an edition. Pure."""

from collections.abc import Mapping
from typing import Any

from hackaviz.demo.content import bilingual
from hackaviz.demo.story import (
    AgreementContent,
    BroughtContent,
    GiftContent,
    MoneyContent,
    PartyContent,
    SubsidyContent,
)

Record = Mapping[str, Any]


def read_money(record: Record) -> MoneyContent:
    """The agreement, the gifts in kind and the subsidies of a record."""
    return MoneyContent(
        agreement=_agreement(record["agreement"]),
        gifts=tuple(_gift(each) for each in record["gifts"]),
        subsidies=tuple(SubsidyContent(**each) for each in record["subsidies"]),
    )


def _agreement(record: Record) -> AgreementContent:
    parties = tuple(
        PartyContent(each["name"], each["carrier"], tuple(BroughtContent(**brought) for brought in each["brings"]))
        for each in record["parties"]
    )
    return AgreementContent(bilingual(record["title"]), record["reference"], record["signed_on"], parties)


def _gift(record: Record) -> GiftContent:
    texts = {name: bilingual(record[name]) for name in ("title", "terms")}
    return GiftContent(sponsor=record["sponsor"], received_on=record["received_on"], **texts)
