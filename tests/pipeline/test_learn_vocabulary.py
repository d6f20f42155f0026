"""What the worker learns for searching, and the index written anew. All texts are fictional."""

from collections.abc import Callable

from octavo.domain.ids import ArticleId
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.learn_vocabulary import learn_vocabulary, starts
from octavo.pipeline.reindex import reindex
from octavo.ports.search_index import SearchQuery
from octavo.ports.tools import Tools
from octavo.store import vocabulary

Keep = Callable[..., list[ArticleId]]
STORM = ("gazette", "Storm closes Tarnmouth harbour", "Ilse Brandt said the storm closed the harbour.")
CALM = ("herald", "Tarnmouth harbour opens", "The harbour opened again.")


def test_words_are_learned_once_and_only_those_used_twice(tools: Tools, keep: Keep) -> None:
    keep([STORM, CALM])
    enrich_changed(tools, 9)
    assert learn_vocabulary(tools) > 0
    assert learn_vocabulary(tools) == 0
    with tools.database.read() as view:
        known = {word for word, _, _ in vocabulary.words(view, ["en"], 1, 64)}
    assert known == {"tarnmouth", "harbour"}


def test_a_name_begins_at_each_of_its_words() -> None:
    assert starts("Ada van Quill") == ["ada van quill", "van quill", "quill"]
    assert starts("東京") == ["東京"]
    assert starts("") == []


def test_an_index_of_an_earlier_form_is_written_anew_once(tools: Tools, keep: Keep) -> None:
    ids = keep([STORM, CALM])
    assert tools.search_index.search(SearchQuery("harbour")) == []
    assert reindex(tools) == len(ids)
    assert {hit.id for hit in tools.search_index.search(SearchQuery("harbour"))} == set(ids)
    assert reindex(tools) == 0
