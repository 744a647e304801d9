"""Letters to followers, and the link in each that ends them."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session

from challenges.catalogue.following.models import DatasetFollower
from challenges.catalogue.following.rules import Change
from challenges.catalogue.following.wording import change_in_words
from challenges.catalogue.models import Dataset
from hackaviz.web.language import speaking
from hackaviz.web.letters import page_url, write_letter


def write_change(
    session: Session, *, follower: DatasetFollower, dataset: Dataset, changes: Sequence[Change], now: datetime
) -> None:
    """What changed, to one follower: one letter for a dataset and a day, whoever calls how often."""
    person = follower.person
    with speaking(person.language):
        lines = [change_in_words(change, dataset) for change in changes]
    write_letter(
        session,
        "catalogue/dataset_changed",
        recipient=person.email,
        language=person.language,
        unique_key=f"dataset-changed/{dataset.id}/{now.date().isoformat()}/{person.public_id}",
        now=now,
        person=person,
        dataset=dataset,
        lines=lines,
        page=page_url("catalogue.dataset", slug=dataset.slug),
        unfollow=page_url("following.unfollow", token=unfollow_token(follower)),
    )


def unfollow_token(follower: DatasetFollower) -> str:
    """What proves, without signing in, that its bearer got the letters of this follower."""
    token: str = _signer().dumps([follower.person.public_id, follower.dataset_id])
    return token


def read_token(token: str) -> tuple[str, int] | None:
    """The person and the number of the dataset that a token names; None where we did not sign it."""
    try:
        person, dataset_id = _signer().loads(token)
    except (BadData, ValueError, TypeError):
        return None
    return str(person), int(dataset_id)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="followed-dataset")
