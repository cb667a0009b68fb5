"""A PDF that is small and takes for ever, or all the memory, to read.

The attacker uploads a few kilobytes that unpack to gigabytes, millions of values, pages within
pages without end. Everybody else must not notice: the work is counted, and ends at a limit that
no document of an office comes near.
"""

import random
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.adapters.upload_check import limits, readings
from facteur.adapters.upload_check.checker import ensure_sendable
from facteur.adapters.upload_check.limits import Budget, ensure
from facteur.adapters.upload_check.refused import RefusedError
from tests.adapters.pdf.samples import INVOICE, render
from tests.attacks.uploads import reason_of
from tests.support.pdfs import (
    CONTENT,
    PAGES,
    PdfFile,
    object_stream,
    objects,
    packed_pdf,
    pdf_of,
    stream,
)

MEGABYTE = 1024 * 1024


def bomb(size: int) -> bytes:
    """An object stream that unpacks to ``size`` bytes."""
    return object_stream({9: b"null" + b" " * size})


def tree_of_pages(depth: int) -> dict[int, bytes]:
    """Each node names the next one twice: two to the ``depth`` pages, in so many objects."""
    first = 10
    return {
        PAGES: b"<</Type/Pages/Kids[10 0 R 10 0 R]/Count 2>>",
        **{
            first + n: b"<</Type/Pages/Kids[%d 0 R %d 0 R]>>" % (first + n + 1, first + n + 1)
            for n in range(depth)
        },
        first + depth: b"<</Type/Page>>",
    }


def saved_again(times: int) -> bytes:
    file = PdfFile()
    file.add(objects())
    for _ in range(times):
        file.add({CONTENT: stream(b"")})
        file.add_table()
    return bytes(file.written)


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(packed_pdf({}, container=bomb(limits.MAX_INFLATED)), id="object stream"),
        pytest.param(
            pdf_of(objects(more={n: bomb(2 * MEGABYTE) for n in range(5, 15)})),
            id="many object streams",
        ),
        pytest.param(
            pdf_of(
                objects(
                    more={5: stream(bytes(limits.MAX_INFLATED + 1), b"/Type/XRef", compress=True)}
                )
            ),
            id="cross-reference stream",
        ),
        pytest.param(pdf_of(objects(more={5: b"[" * 5000 + b"]" * 5000})), id="nesting"),
        pytest.param(
            pdf_of(objects(more={5: b"[" + b"1 " * limits.MAX_TOKENS + b"]"})), id="numbers"
        ),
        pytest.param(
            packed_pdf({}, container=object_stream({9: b"[" + b"1 " * limits.MAX_TOKENS + b"]"})),
            id="packed numbers",
        ),
        pytest.param(
            pdf_of(objects(more={5: b"[" + b"1 " * (limits.MAX_VALUES + 1) + b"]"})), id="values"
        ),
        pytest.param(
            b"%PDF-1.7\n" + b"".join(b"%d 0 obj " % n for n in range(limits.MAX_OBJECTS + 1)),
            id="objects",
        ),
        pytest.param(b"%PDF-1.7\n" + b"obj " * (2 * limits.MAX_OBJECTS + 2), id="words"),
        pytest.param(pdf_of() + b"99999999999999999999 0 obj null endobj", id="object number"),
        pytest.param(pdf_of() + b"9" * MEGABYTE + b" 0 obj null endobj", id="digits"),
        pytest.param(saved_again(limits.MAX_REVISIONS + 1), id="revisions"),
        pytest.param(pdf_of() + b"trailer<<>>" * (limits.MAX_REVISIONS + 1), id="trailers"),
        pytest.param(
            pdf_of(
                {
                    **objects(),
                    PAGES: b"<</Kids[%b]>>"
                    % b" ".join(b"%d 0 R" % (10 + n) for n in range(limits.MAX_PAGES + 1)),
                    **{10 + n: b"<</Type/Page>>" for n in range(limits.MAX_PAGES + 1)},
                }
            ),
            id="pages",
        ),
    ],
)
def test_what_exceeds_a_limit_is_refused_as_too_complex(pdf: bytes) -> None:
    assert len(pdf) < 10 * MEGABYTE
    assert reason_of(pdf) == "upload_too_complex"


@pytest.mark.parametrize(
    ("large", "entry"),
    [
        (b"[" + b"1 " * 500 + b"]", b"/A"),
        (b"<<" + b"/K%d 1" * 500 % tuple(range(500)) + b">>", b"/AA"),
    ],
    ids=["array", "dictionary"],
)
def test_one_large_value_is_spent_each_time_that_it_is_looked_at(
    large: bytes, entry: bytes
) -> None:
    users = b"[" + b"<<%b 5 0 R>>" % entry * 500 + b"]"
    pdf, budget = pdf_of(objects(more={5: large, 6: users})), Budget()

    ensure_sendable(pdf, budget)

    assert limits.MAX_VALUES - budget.values > 500 * 500
    with pytest.raises(RefusedError):
        ensure_sendable(pdf, Budget(values=500 * 500))


def test_a_tree_that_doubles_at_every_level_is_not_walked() -> None:
    assert reason_of(pdf_of({**objects(), **tree_of_pages(60)})) == "upload_damaged"


def test_an_ordinary_invoice_spends_a_hundredth_of_each_limit() -> None:
    budget = Budget()

    ensure_sendable(render(INVOICE), budget)

    for left, most in zip(left_of(budget), left_of(Budget()), strict=True):
        assert most - left < most / 100


def left_of(budget: Budget) -> Iterator[int]:
    yield from (budget.values, budget.inflated, budget.tokens)


@pytest.mark.parametrize(
    "unit",
    [
        b"\n" * 500 + b"obj",
        b"\r" * 500 + b"obj",
        b"%x\n" * 150 + b"obj",
        b"%obj" * 9 + b"\n",
        b"1 0 ",
    ],
    ids=["lines", "returns", "comments", "objects in comments", "numbers"],
)
def test_the_time_to_find_objects_grows_with_the_size_of_the_file_alone(unit: bytes) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        assert readings.definitions_of(text) == []
        return time.process_time() - started

    seconds(MEGABYTE // 16)
    assert seconds(MEGABYTE // 2) < 24 * seconds(MEGABYTE // 16) + 0.05


def test_a_limit_reads_as_a_sentence() -> None:
    ensure(True)
    with pytest.raises(RefusedError):
        ensure(False)


WITH_SCRIPT = pdf_of(objects(catalog=b"/OpenAction<</S/JavaScript/JS(x)>>"))
PACKED = packed_pdf({5: b"<</S/JavaScript/JS(x)>>"}, catalog=b"/OpenAction 5 0 R")


@given(
    st.sampled_from([WITH_SCRIPT, PACKED, pdf_of(), render(INVOICE)]),
    st.randoms(use_true_random=False),
    st.integers(1, 6),
)
def test_every_broken_file_is_accepted_or_refused(
    original: bytes, chance: random.Random, changes: int
) -> None:
    pdf = bytearray(original)
    for _ in range(changes):
        pdf[chance.randrange(5, len(pdf))] = chance.randrange(256)

    assert isinstance(reason_of(bytes(pdf)), str)


@given(
    st.lists(
        st.sampled_from(
            [
                *(b"<< >> [ ] ( ) /A /S /Launch 1 0 obj endobj stream endstream R null").split(),
                b"\n",
                b"trailer",
                b"startxref",
                b"%",
                b"xref",
                b"9 0 R",
                b"/Type /ObjStm /N 1 /First 0",
            ]
        ),
        max_size=40,
    )
)
def test_every_sequence_of_words_is_accepted_or_refused(words: list[bytes]) -> None:
    assert isinstance(reason_of(b"%PDF-1.7\n" + b" ".join(words)), str)
    assert isinstance(reason_of(pdf_of(objects(more={5: b" ".join(words)}))), str)
