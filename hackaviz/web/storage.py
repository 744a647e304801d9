"""The storage of the current application."""

from typing import cast

from flask import Flask, current_app

from hackaviz.kernel.storage import Storage, StorageUnavailable, open_storage


def init_storage(app: Flask, url: str) -> None:
    """Open it once; whether it answers is asked by /readyz."""
    app.extensions["hackaviz.storage"] = open_storage(url)


def current_storage() -> Storage:
    """Where files are kept."""
    return cast(Storage, current_app.extensions["hackaviz.storage"])


def where_browsers_upload() -> str:
    """The scheme and host of the bucket that browsers put files into; nothing when files come to us."""
    try:
        return current_storage().browsers_reach
    except StorageUnavailable:
        return ""
