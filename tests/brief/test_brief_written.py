"""What a model writes is cut into sentences as it comes, stripped to plain text, and shown only if borne out."""

from octavo.brief.grounding import Grounds
from octavo.brief.written import Cutter, Sieve, plain, sift
from octavo.ports.language_model import Piece

from .grounds import HARBOUR


def test_markup_links_images_and_unseen_characters_go() -> None:
    assert plain("- **Profits** rose by `12%` last year. [1]") == "Profits rose by 12% last year."
    assert (
        plain("See [the harbour](https://evil.example/x) ![a](http://evil.example/p.png) now.")
        == "See the harbour now."
    )
    assert plain("<img src=x onerror=alert(1)><b>Ferries</b> sail.<script>x()</script>") == "Ferries sail."
    assert plain("Go to https://evil.example/?q=1 or www.evil.example.") == "Go to or"
    assert plain("a\u202eb\u200bc\u0000d") == "abcd"


def test_a_sentence_is_whole_when_the_next_begins() -> None:
    cutter = Cutter()
    assert list(cutter.feed("The harbour re")) == []
    assert list(cutter.feed("opened. Fer")) == ["The harbour reopened."]
    assert list(cutter.feed("ries sail.\n")) == ["Ferries sail."]
    assert list(cutter.finish()) == []


def test_statements_come_as_they_are_borne_out_and_the_rest_is_counted() -> None:
    sieve = Sieve(Grounds([HARBOUR]))
    pieces = [
        Piece("The harbour at Millbrook reopened on Tues"),
        Piece("day. Profits fell by 12% last year. "),
        Piece("", finished=True),
    ]
    found = list(sift(pieces, sieve))
    assert [one.text for one in found] == ["The harbour at Millbrook reopened on Tuesday."]
    assert not found[0].chosen
    assert found[0].citations
    assert sieve.dropped == 1


def test_half_a_sentence_of_an_answer_cut_off_is_dropped() -> None:
    sieve = Sieve(Grounds([HARBOUR]))
    assert not list(sift([Piece("The harbour at Millbrook reopened on Tuesday")], sieve))
    assert sieve.dropped == 1


def test_a_model_that_does_not_stop_is_cut_off() -> None:
    sieve = Sieve(Grounds([HARBOUR]), most=2)
    endless = (Piece(f"This is no. {number} of many things nobody said. ") for number in range(10**6))
    assert not list(sift(endless, sieve))
    assert sieve.full
