"""Addresses as people paste them."""

import pytest
from email_validator import validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facteur.domain.address import ORDINARY, Role, domain_of, parse_addresses, without_duplicates

locals_ = st.from_regex(
    r"[a-zA-Z0-9!#$%&'*+/=^_`{|}~-]{1,10}(\.[a-zA-Z0-9]{1,5}){0,2}", fullmatch=True
)
domains = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,4})?\.(fr|com|example)", fullmatch=True)
addresses = st.builds("{}@{}".format, locals_, domains)
separators = st.text(st.sampled_from(",; \n\t\r\u00a0"), min_size=1, max_size=4)


@pytest.mark.feature("S25")
@given(data=st.data(), wanted=st.lists(addresses, max_size=8))
def test_pasted_list_is_read_whole_whatever_separates_it(
    data: st.DataObject, wanted: list[str]
) -> None:
    pasted = data.draw(separators) + "".join(f"{one}{data.draw(separators)}" for one in wanted)

    found, problems = parse_addresses(pasted, field="to")

    assert found == wanted
    assert problems == []


@given(wanted=st.lists(addresses, max_size=8))
def test_reading_what_was_read_changes_nothing(wanted: list[str]) -> None:
    found, _ = parse_addresses(wanted, field="to")

    assert parse_addresses(found, field="to") == (found, [])


@given(word=st.from_regex(ORDINARY, fullmatch=True))
@settings(max_examples=500)
@example(word="x@a.b.c.example")
@example(word="jeanne.durand@atelier-durand.example")
def test_what_is_ordinary_is_what_the_validator_returns_unchanged(word: str) -> None:
    checked = validate_email(
        word, allow_smtputf8=True, check_deliverability=False, strict=True, test_environment=True
    )

    assert checked.ascii_email == word


@pytest.mark.parametrize("domain", ["x.local", "localhost", "a.localhost", "x.onion", "in.arpa"])
def test_no_domain_that_only_exists_inside_is_ordinary(domain: str) -> None:
    assert parse_addresses(f"a@{domain}", field="to")[0] == []


@given(text=st.text(max_size=60))
@example(text="a@b.fr\x00")
@example(text="\u202ea@b.fr")
@example(text="é@é.fr ø@x.fr")
@example(text="=?utf-8?q?a?=@b.fr")
def test_every_word_of_any_text_is_an_ascii_address_or_a_named_problem(text: str) -> None:
    found, problems = parse_addresses(text, field="cc")

    for address in found:
        assert address.isascii()
        assert address.isprintable()
        assert not set(address) & set(' ,;<>()[]":\\')
        assert address.count("@") == 1
        assert "=?" not in address
        assert domain_of(address) == address.partition("@")[2]
    for problem in problems:
        assert problem.field == "cc"
        assert problem.params["address"]


def test_every_bad_address_is_named_not_just_the_first() -> None:
    found, problems = parse_addresses("a@b.fr, nobody, c@, élodie@d.fr; e@f.fr", field="recipients")

    assert found == ["a@b.fr", "e@f.fr"]
    assert [(problem.code, problem.params["address"]) for problem in problems] == [
        ("address_invalid", "nobody"),
        ("address_invalid", "c@"),
        ("address_local_part_not_ascii", "élodie@d.fr"),
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Claire@ATELIER.FR", "Claire@atelier.fr"),
        ("claire@été.fr", "claire@xn--t-9fab.fr"),
        ("claire@Straße.de", "claire@xn--strae-oqa.de"),
    ],
)
def test_domain_is_kept_in_lower_case_ascii_and_local_part_as_typed(typed: str, kept: str) -> None:
    assert parse_addresses(typed, field="to") == ([kept], [])


@pytest.mark.parametrize(
    "word",
    [
        "a@b.fr\x00",
        "a\x7f@b.fr",
        "a\u200b@b.fr",
        "<a@b.fr>",
        '"a b"@c.fr',
        '"a"@b.fr',
        "a@[127.0.0.1]",
        "a@b",
        "a..b@c.fr",
        "=?utf-8?q?victim=40other.fr?=@c.fr",
        "x" * 65 + "@c.fr",
        "a@" + "b." * 160 + "fr",
    ],
)
def test_what_a_mail_header_or_envelope_cannot_carry_is_refused(word: str) -> None:
    found, problems = parse_addresses(word, field="to")

    assert found == []
    assert {problem.code for problem in problems} == {"address_invalid"}


some = st.lists(st.sampled_from(["a@x.fr", "A@x.fr", "b@x.fr", "c@x.fr", "C@X.fr", "d@x.fr"]))


@given(to=some, cc=some, bcc=some)
def test_each_person_is_written_once_in_their_first_role(
    to: list[str], cc: list[str], bcc: list[str]
) -> None:
    recipients = without_duplicates(to, cc, bcc)

    given_ = [(Role.TO, to), (Role.CC, cc), (Role.BCC, bcc)]
    everybody = [(role, address) for role, addresses in given_ for address in addresses]
    kept = [recipient.address.casefold() for recipient in recipients]
    assert sorted(kept) == sorted({address.casefold() for _, address in everybody})
    for recipient in recipients:
        first = next(one for one in everybody if one[1].casefold() == recipient.address.casefold())
        assert (recipient.role, recipient.address) == first
