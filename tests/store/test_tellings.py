"""Articles as tellings: all their words, or the headline alone where the text is in doubt."""

from dataclasses import replace

from octavo.domain.article import Byline, Dateline
from octavo.domain.enrichment import Enrichment, EntityKind, Mention
from octavo.domain.ids import ArticleId
from octavo.domain.telling import HEADLINE, STANDFIRST
from octavo.ports.database import Database
from octavo.store import enrichments
from octavo.store.tellings import tellings, words_of

from .examples import GAZETTE, HERALD, NOON, article, keep


def test_articles_as_tellings(database: Database) -> None:
    given = [
        article(
            1,
            ["Two boats sank.", "Nobody was hurt."],
            standfirst="A storm.",
            source="Wire Example",
            byline=Byline("By Ada Quill", ("Ada Quill",)),
            dateline=Dateline("VARN"),
        ),
        article(2, "Doubtful words.", publisher_id=HERALD, complete=0.2, standfirst="Doubtful too."),
        article(3, "The first lines.", paywalled=True, published_at=None),
    ]
    kept = keep(database, given)
    with database.transaction() as tx:
        mention = Mention("Varn", EntityKind.PLACE, 0, 4)
        enrichments.save_enrichments(tx, [Enrichment(kept[0].id, "en", mentions=(mention,), fingerprint=(3, 5))])
    ids = [kept[0].id, ArticleId(1), kept[1].id, kept[2].id]
    with database.read() as read:
        one, doubtful, cut = whole = tellings(read, ids, 0.5)
        bare = [replace(each, publisher="", owner="", country="", fingerprint=()) for each in whole]
        assert words_of(read, ids, 0.5) == bare
    assert (one.paragraphs, one.whole, one.dated) == (("Two boats sank.", "Nobody was hurt."), True, True)
    assert (one.source, one.byline, one.dateline, one.publisher) == (
        "Wire Example",
        "By Ada Quill",
        "VARN",
        f"The {GAZETTE}",
    )
    assert (one.names, one.fingerprint, one.language) == ((("place", "Varn"),), (3, 5), "en")
    words = ["Headline 1", "A storm.", "Two boats sank.", "Nobody was hurt."]
    assert [one.part(number) for number in one.parts] == words
    assert one.parts[:2] == (HEADLINE, STANDFIRST)
    assert (doubtful.paragraphs, doubtful.standfirst, doubtful.whole) == ((), "", False)
    assert (cut.paragraphs, cut.whole, cut.dated, cut.at) == (("The first lines.",), False, False, NOON)
