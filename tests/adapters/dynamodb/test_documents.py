"""Documents, in the adapter and in the fake."""

from dataclasses import replace
from datetime import timedelta

import pytest

from facteur.domain.content import DocumentStatus, DocumentType
from facteur.domain.document import summary_of
from facteur.domain.errors import ConflictError, InputError, NotFoundError
from facteur.domain.idempotency import IdempotencyKey
from facteur.ports import DocumentFilter, Store
from tests.adapters.dynamodb.samples import (
    IDEMPOTENCY_KEY,
    NOW,
    ORG,
    OTHER,
    USER,
    a_list,
    an_invoice,
    an_upload,
)


def test_a_document_is_read_as_it_was_written(store: Store) -> None:
    documents = store.documents(ORG)
    invoice, staff = an_invoice(), a_list(entries=3)

    documents.create(invoice)
    documents.create(staff)

    assert documents.get(invoice.id) == invoice
    assert documents.get(staff.id) == staff


@pytest.mark.feature("B17")
def test_an_uploaded_document_is_read_as_it_was_written_and_listed_as_such(store: Store) -> None:
    documents = store.documents(ORG)
    upload, invoice = an_upload("F-2026-0143"), an_invoice("F-2026-0142")
    documents.create(upload)
    documents.create(invoice)
    edited = replace(an_upload("F-2026-0144", sha256="cd34"), id=upload.id, version=2)

    read = documents.get(upload.id)
    documents.replace(edited)

    assert read == upload
    assert documents.get(upload.id).content == edited.content
    rows = documents.list_page(DocumentFilter(), cursor=None, limit=10).items
    assert {row.number: row.uploaded for row in rows} == {"F-2026-0142": False, "F-2026-0144": True}
    with pytest.raises(ConflictError, match="number_taken"):
        documents.create(an_invoice("F-2026-0144"))


@pytest.mark.feature("B20")
def test_another_organization_finds_nothing(store: Store) -> None:
    invoice = an_invoice()
    store.documents(ORG).create(invoice)
    other = store.documents(OTHER)

    with pytest.raises(NotFoundError, match="document_not_found"):
        other.get(invoice.id)
    with pytest.raises(NotFoundError, match="document_not_found"):
        other.delete(invoice.id)
    assert other.set_status(invoice.id, DocumentStatus.SENT, only_from=invoice.status) is False
    assert other.list_page(DocumentFilter(), cursor=None, limit=10).items == []
    assert other.create(an_invoice()).created


@pytest.mark.feature("B15")
def test_the_same_request_makes_one_document(store: Store) -> None:
    documents = store.documents(ORG)
    first, second = an_invoice("F-1"), an_invoice("F-1")
    documents.create(first, idempotency_key=IDEMPOTENCY_KEY)

    creation = documents.create(second, idempotency_key=IDEMPOTENCY_KEY)

    assert (creation.id, creation.created) == (first.id, False)
    with pytest.raises(NotFoundError):
        documents.get(second.id)


def test_another_request_under_a_used_key_is_refused(store: Store) -> None:
    documents = store.documents(ORG)
    documents.create(an_invoice("F-1"), idempotency_key=IDEMPOTENCY_KEY)

    with pytest.raises(InputError) as raised:
        documents.create(
            an_invoice("F-2"), idempotency_key=IdempotencyKey(USER, IDEMPOTENCY_KEY.key, "another")
        )

    (problem,) = raised.value.problems
    assert (problem.field, problem.code) == ("Idempotency-Key", "idempotency_key_reused")


def test_a_number_is_used_once_whatever_its_letter_case(store: Store) -> None:
    documents = store.documents(ORG)
    first = an_invoice("F-2026-0142")
    documents.create(first)

    with pytest.raises(ConflictError, match="number_taken") as raised:
        documents.create(an_invoice("f-2026-0142"))

    assert raised.value.params == {
        "number": "f-2026-0142",
        "document_id": first.id,
        "name": first.content.name,
    }


def test_a_refused_number_leaves_no_idempotency_record(store: Store) -> None:
    documents = store.documents(ORG)
    documents.create(an_invoice("F-1"))
    with pytest.raises(ConflictError):
        documents.create(an_invoice("F-1"), idempotency_key=IDEMPOTENCY_KEY)

    assert store.idempotency(ORG).find_record(IDEMPOTENCY_KEY) is None


def test_staff_lists_may_share_a_number(store: Store) -> None:
    documents = store.documents(ORG)

    assert documents.create(a_list()).created
    assert documents.create(a_list()).created


def test_a_deleted_document_frees_its_number(store: Store) -> None:
    documents = store.documents(ORG)
    first = an_invoice("F-1")
    documents.create(first)

    documents.delete(first.id)

    with pytest.raises(NotFoundError):
        documents.get(first.id)
    with pytest.raises(NotFoundError):
        documents.delete(first.id)
    assert documents.create(an_invoice("F-1")).created


def test_an_edit_keeps_status_and_moves_the_number(store: Store) -> None:
    documents = store.documents(ORG)
    invoice = an_invoice("F-1")
    documents.create(invoice)
    documents.set_status(invoice.id, DocumentStatus.SENT, only_from=DocumentStatus.DRAFT)
    edited = replace(
        invoice,
        content=an_invoice("F-2").content,
        version=2,
        updated_at=NOW + timedelta(hours=1),
    )

    documents.replace(edited)

    assert documents.get(invoice.id) == replace(edited, status=DocumentStatus.SENT)
    assert documents.create(an_invoice("F-1")).created
    with pytest.raises(ConflictError, match="number_taken"):
        documents.create(an_invoice("F-2"))


def test_an_edit_may_change_the_letter_case_of_its_own_number(store: Store) -> None:
    documents = store.documents(ORG)
    invoice = an_invoice("F-1")
    documents.create(invoice)

    documents.replace(replace(invoice, content=an_invoice("f-1").content, version=2))

    assert documents.get(invoice.id).content.number == "f-1"


def test_an_edit_to_a_taken_number_is_refused(store: Store) -> None:
    documents = store.documents(ORG)
    first, second = an_invoice("F-1"), an_invoice("F-2")
    documents.create(first)
    documents.create(second)

    with pytest.raises(ConflictError, match="number_taken") as raised:
        documents.replace(replace(second, content=an_invoice("F-1").content, version=2))

    assert raised.value.params["document_id"] == first.id
    assert documents.get(second.id) == second


@pytest.mark.parametrize("version", [1, 3])
def test_an_edit_of_another_version_is_refused(store: Store, version: int) -> None:
    documents = store.documents(ORG)
    invoice = an_invoice()
    documents.create(invoice)

    with pytest.raises(ConflictError, match="version_conflict"):
        documents.replace(replace(invoice, version=version))


def test_an_edit_of_nothing_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError, match="document_not_found"):
        store.documents(ORG).replace(an_invoice(version=2))


def test_a_status_changes_only_from_the_expected_one(store: Store) -> None:
    documents = store.documents(ORG)
    invoice = an_invoice()
    documents.create(invoice)

    first = documents.set_status(invoice.id, DocumentStatus.SENT, only_from=DocumentStatus.DRAFT)
    second = documents.set_status(invoice.id, DocumentStatus.SENT, only_from=DocumentStatus.DRAFT)

    assert (first, second) == (True, False)
    assert documents.get(invoice.id) == replace(invoice, status=DocumentStatus.SENT)


def test_documents_are_listed_newest_first_in_pages(store: Store) -> None:
    documents = store.documents(ORG)
    made = [an_invoice(f"F-{n}", minute=n) for n in range(5)]
    for invoice in made:
        documents.create(invoice)

    first = documents.list_page(DocumentFilter(), cursor=None, limit=3)
    second = documents.list_page(DocumentFilter(), cursor=first.next, limit=3)
    back = documents.list_page(DocumentFilter(), cursor=second.previous, limit=3)

    newest_first = [summary_of(invoice) for invoice in reversed(made)]
    assert [*first.items, *second.items] == newest_first
    assert (first.previous, second.next) == (None, None)
    assert back.items == first.items


def test_documents_are_filtered_by_type_and_status(store: Store) -> None:
    documents = store.documents(ORG)
    draft, sent, staff = an_invoice("F-1"), an_invoice("F-2"), a_list()
    for document in (draft, sent, staff):
        documents.create(document)
    documents.set_status(sent.id, DocumentStatus.SENT, only_from=DocumentStatus.DRAFT)

    page = documents.list_page(
        DocumentFilter(type=DocumentType.INVOICE, status=DocumentStatus.SENT),
        cursor=None,
        limit=10,
    )

    assert [item.id for item in page.items] == [sent.id]


@pytest.mark.parametrize("typed", ["dup", "F-1", "sarl f-1"])
def test_documents_are_found_by_words_of_number_name_and_party(store: Store, typed: str) -> None:
    documents = store.documents(ORG)
    invoice = an_invoice("F-1")
    documents.create(invoice)
    documents.create(a_list())

    page = documents.list_page(DocumentFilter(q=typed), cursor=None, limit=10)

    assert [item.id for item in page.items] == [invoice.id]


@pytest.mark.parametrize("cursor", ["é", "x y", "PGFi", "a" * 200])
def test_a_made_up_cursor_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(InputError) as raised:
        store.documents(ORG).list_page(DocumentFilter(), cursor=cursor, limit=10)

    assert raised.value.problems[0].field == "cursor"
    assert raised.value.problems[0].code == "cursor_invalid"


@pytest.mark.feature("B40")
def test_many_documents_are_read_in_the_order_asked_for(store: Store) -> None:
    documents = store.documents(ORG)
    first, second, other = an_invoice("F-1"), a_list(entries=2), an_invoice("F-2")
    for document in (first, second, other):
        documents.create(document)
    documents.delete(other.id)

    found = documents.find_many([second.id, other.id, first.id])

    assert list(found) == [second, first]
    assert list(store.documents(OTHER).find_many([first.id])) == []
    assert list(documents.find_many([])) == []


def test_rows_of_documents_are_read_without_their_content(store: Store) -> None:
    documents = store.documents(ORG)
    first, other = an_invoice("F-1"), a_list(entries=2)
    for document in (first, other):
        documents.create(document)
    documents.delete(other.id)

    found = documents.find_summaries({first.id, other.id})

    assert list(found) == [summary_of(first)]
    assert list(store.documents(OTHER).find_summaries({first.id})) == []


@pytest.mark.feature("B40")
def test_numbers_of_documents_are_taken_for_their_type_alone(store: Store) -> None:
    documents = store.documents(ORG)
    documents.create(an_invoice("F-1"))
    documents.create(a_list(entries=1))

    taken = documents.taken_numbers(DocumentType.INVOICE, ["f-1", "F-2"])

    assert taken == {"f-1"}
    assert documents.taken_numbers(DocumentType.PURCHASE_ORDER, ["F-1"]) == frozenset()
    assert documents.taken_numbers(DocumentType.STAFF_LIST, ["LP-2026-11"]) == frozenset()
    assert store.documents(OTHER).taken_numbers(DocumentType.INVOICE, ["F-1"]) == frozenset()
