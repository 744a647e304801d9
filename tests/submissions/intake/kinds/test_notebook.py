import pytest

from tests.support.uploads import json_bytes, notebook


def test_cells_and_outputs_are_counted(check):
    output = {"output_type": "stream", "text": "a"}
    report = check(json_bytes(notebook(output, output)), "work.ipynb")
    assert (report.kind, report.facts) == ("notebook", {"cells": 2, "outputs": 2})


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({**notebook(), "cells": []}, "empty"),
        ({**notebook(), "cells": [{"cell_type": "code", "source": " ", "outputs": []}]}, "empty"),
        ({**notebook(), "nbformat": 2}, "not-allowed"),
        ({**notebook(), "cells": [{"source": "no kind"}]}, "malformed"),
        ({**notebook(), "cells": ["text"]}, "malformed"),
        ({"cells": []}, "type-mismatch"),
        ([], "type-mismatch"),
    ],
)
def test_what_is_no_notebook_is_refused(codes, document, code):
    assert codes(json_bytes(document), "work.ipynb") == [code]


def test_a_notebook_named_json_is_not_taken_for_a_chart(codes):
    assert codes(json_bytes(notebook()), "work.json") == ["type-mismatch"]
