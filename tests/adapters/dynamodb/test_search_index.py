"""The search index finds exactly the Sends that match the words of a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.search_index import Search, postings_of
from facteur.domain.requests import SendFilter
from facteur.domain.search import matches, normalised, query_of
from tests.adapters.dynamodb.samples import ORG, a_send, frozen

KEYS = Keys(ORG)
WORDS = st.text("ab1é-", min_size=1, max_size=22)


def partition_of(typed: str) -> str:
    partition = Search(SendFilter(q=typed), query_of(typed)).partition(KEYS)
    assert partition is not None
    return partition.pk.removeprefix(f"ORG#{ORG}#")


def partitions_under(*words: str, former: bool = False) -> set[str]:
    send = a_send(subject=" ".join(words), documents=(frozen("N", "N"),))
    return {
        posting["pk"]["S"].removeprefix(f"ORG#{ORG}#")
        for posting in postings_of(KEYS, send, former=former)
    }


@given(
    st.lists(WORDS, min_size=1, max_size=3),
    st.lists(WORDS, min_size=1, max_size=2),
    st.booleans(),
)
def test_what_words_match_is_stored_where_they_look(
    text: list[str], typed: list[str], former: bool
) -> None:
    words = query_of(" ".join(typed))

    if words and matches(words, normalised(" ".join(text))):
        assert partition_of(" ".join(typed)) in partitions_under(*text, former=former)


@given(st.lists(WORDS, min_size=1, max_size=3), st.data(), st.booleans())
def test_every_beginning_of_a_word_is_looked_for_where_it_is_stored(
    text: list[str], data: st.DataObject, former: bool
) -> None:
    word = data.draw(st.sampled_from(text))
    typed = word[: data.draw(st.integers(1, len(word)))]
    words = query_of(typed)

    if words and matches(words, normalised(" ".join(text))):
        assert partition_of(typed) in partitions_under(*text, former=former)


def test_an_invoice_has_ten_terms_and_had_fifteen() -> None:
    terms, former = (
        {
            posting["pk"]["S"].rpartition("#")[2]
            for posting in postings_of(KEYS, a_send(), former=former)
            if "#TERM#" in posting["pk"]["S"]
        }
        for former in (False, True)
    )

    words = {"fac", "factur", "202", "014", "dup", "dupont", "sar"}
    assert terms == words | {"f-2026-0", "f-2026-014", "2026-014"}
    assert former == terms | {"fact", "2026", "0142", "dupo", "sarl"}


@pytest.mark.parametrize(
    ("typed", "drives"),
    [
        ("Dupont électricité", "TERM#electr"),
        ("Dupont 0142", "TERM#014"),
        ("Dupont 2026", "TERM#dupont"),
        ("2026", "TERM#202"),
        ("4500012345", "TERM#4500012345"),
        ("450001234", "TERM#45000123"),
        ("F-2026-0142", "TERM#f-2026-014"),
        ("LP-2026-11", "TERM#lp-2026-11"),
        ("F-1", "TERM#f-1"),
        ("de la", "TERM#la"),
    ],
)
def test_the_rarest_of_the_words_drives(typed: str, drives: str) -> None:
    assert partition_of(typed) == drives


def test_recipient_then_document_then_campaign_drive_before_words() -> None:
    wanted = {"recipient": "A@x.example", "document_id": "D", "campaign_id": "C", "q": "dupont"}
    driven = []
    for name in list(wanted):
        search = Search(SendFilter(**wanted), query_of(wanted["q"]))
        partition = search.partition(KEYS)
        driven.append(partition.pk.removeprefix(f"ORG#{ORG}#") if partition else None)
        wanted[name] = ""

    assert driven == ["RECIPIENT#a@x.example", "DOCUMENT#D", "CAMPAIGN#C", "TERM#dupont"]
