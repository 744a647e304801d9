"""What changed between two manifests, told by path, by content, by field and by dataset."""

from hypothesis import given
from hypothesis import strategies as st

from submissions.entries.versions.rules import ChangedAnnex, ChangedFile, ChangedText, difference


def manifest(files=(), citations=(), **texts):
    return {
        "version": 1,
        "files": [{"path": path, "bytes": len(content), "sha256": content} for path, content in files],
        "citations": [{"dataset": dataset, "usage": usage} for dataset, usage in citations],
        **texts,
    }


def test_files_are_added_removed_changed_and_renamed():
    before = manifest([("same", "s"), ("old", "o"), ("changed", "aa"), ("here", "moved")])
    after = manifest([("same", "s"), ("new", "n"), ("changed", "b"), ("there", "moved")])
    found = difference(before, after)
    assert found.added == [ChangedFile("new", None, 1)]
    assert found.removed == [ChangedFile("old", 1, None)]
    assert found.changed == [ChangedFile("changed", 2, 1)]
    assert found.moved == [("here", "there")]
    assert found.unchanged_files == 1


def test_two_files_with_one_content_are_not_said_to_have_moved():
    found = difference(manifest([("a", "x"), ("b", "x")]), manifest([("c", "x"), ("d", "x")]))
    assert (len(found.removed), len(found.added), found.moved) == (2, 2, [])


def test_texts_and_citations_say_before_and_after():
    before = manifest(citations=[("ships", "A map"), ("tides", "A curve")], title="One", tools="R")
    after = manifest(citations=[("ships", "Two maps"), ("winds", "Arrows")], title="Two", tools="R", abstract="New")
    found = difference(before, after)
    assert found.texts == [ChangedText("title", "One", "Two"), ChangedText("abstract", "", "New")]
    assert found.citations == [
        ChangedText("ships", "A map", "Two maps"),
        ChangedText("tides", "A curve", ""),
        ChangedText("winds", "", "Arrows"),
    ]


def test_the_annex_is_told_apart_by_name_and_content():
    r, python = ({"file_name": name, "bytes": 4, "sha256": name} for name in ("plot.R", "plot.py"))
    assert difference(manifest(annex=r), manifest(annex=dict(r))).is_empty
    assert difference(manifest(), manifest(annex=None)).is_empty, "versions from before annexes were frozen"
    for before, after in [(None, r), (r, None), (r, python), (r, r | {"sha256": "other"})]:
        found = difference(manifest(annex=before), manifest(annex=after))
        assert (found.annex, found.texts, found.is_empty) == (ChangedAnnex(before, after), [], False)


contents = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("xyz"))


@given(contents, contents)
def test_every_file_is_told_of_once_and_nothing_has_changed_from_itself(old, new):
    found = difference(manifest(old.items()), manifest(new.items()))
    told = len(found.added) + len(found.removed) + len(found.changed) + 2 * len(found.moved) + found.unchanged_files
    assert told == len(old.keys() | new.keys())
    assert difference(manifest(old.items()), manifest(old.items())).is_empty
