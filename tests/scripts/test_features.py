"""The table of capabilities: which tests count, and what is reported as missing."""

from pathlib import Path

import pytest

from scripts.features import problems, proofs

ALL = {"browser": ["a"], "API": ["b"]}


def test_markers_of_tests_and_parameters_and_names_count_by_level(tmp_path: Path) -> None:
    for folder, source in {
        "e2e": '@pytest.mark.feature("S2", "S3")\ndef test_page() -> None: ...\n',
        "functions": '@pytest.mark.parametrize("q", [\n'
        '    pytest.param("x", marks=pytest.mark.feature("S2")), "y"\n'
        "])\ndef test_search(q: str) -> None: ...\n",
        "unit": "def test_b1_once() -> None: ...\n",
    }.items():
        (tmp_path / "tests" / folder).mkdir(parents=True)
        (tmp_path / "tests" / folder / "test_it.py").write_text(source)

    found = {number: dict(levels) for number, levels in proofs(tmp_path).items()}

    assert found == {
        "S2": {
            "browser": ["tests/e2e/test_it.py::test_page"],
            "API": ["tests/functions/test_it.py::test_search"],
        },
        "S3": {"browser": ["tests/e2e/test_it.py::test_page"]},
        "B1": {"within": ["tests/unit/test_it.py::test_b1_once"]},
    }


def test_test_in_a_folder_of_no_level_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tests" / "new").mkdir(parents=True)
    (tmp_path / "tests" / "new" / "test_it.py").write_text("def test_s1() -> None: ...\n")

    with pytest.raises(ValueError, match="tests/new/test_it"):
        proofs(tmp_path)


def test_whole_table_lacks_nothing() -> None:
    assert list(problems({"S2": "", "S3": ""}, {"S2": ALL, "S3": ALL})) == []


@pytest.mark.parametrize(
    ("number", "levels", "problem"),
    [
        ("S2", {"API": ["b"]}, "S2 has no test at the level browser"),
        ("S2", {"browser": ["a"], "within": ["c"]}, "S2 has no test at the level API"),
        ("B1", ALL, "B1 has a test at the level browser: it needs no reason in NOT_AT"),
    ],
)
def test_what_is_missing_or_said_in_vain_is_named(
    number: str, levels: dict[str, list[str]], problem: str
) -> None:
    assert list(problems({number: ""}, {number: levels})) == [problem]


def test_number_that_does_not_exist_is_named() -> None:
    assert list(problems({}, {"S99": ALL})) == [
        "S99 is unknown to docs/features.md: {'browser': ['a'], 'API': ['b']}"
    ]


def test_number_that_needs_no_browser_may_have_none() -> None:
    assert list(problems({"B1": ""}, {"B1": {"API": ["b"]}})) == []
