"""A thing with the attributes it is given: what a rule asks of a row, without the row."""


class Plain:
    """`Plain(closes_at=…)` has `.closes_at`."""

    def __init__(self, **attributes: object) -> None:
        self.__dict__.update(attributes)
