"""The storage of the current application."""

from typing import cast

from flask import Flask, current_app

from hackaviz.kernel.storage import Storage, open_storage


def init_storage(app: Flask, url: str) -> None:
    """Open it once; whether it answers is asked by /readyz."""
    app.extensions["hackaviz.storage"] = open_storage(url)


def current_storage() -> Storage:
    """Where files are kept."""
    return cast(Storage, current_app.extensions["hackaviz.storage"])
