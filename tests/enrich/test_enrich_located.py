"""The places of a story: told by enough articles and outlets, and where they are."""

from octavo.domain.ids import ArticleId, PublisherId
from octavo.enrich.located import locate

PUBLISHERS = {ArticleId(n): PublisherId("ab"[n % 2]) for n in range(10)}


def about(key: str, name: str, *numbers: int) -> list[tuple[ArticleId, str, str]]:
    return [(ArticleId(n), key, name) for n in numbers]


def test_a_place_counts_when_a_fifth_of_the_articles_of_two_outlets_are_about_it() -> None:
    found = locate(
        [
            *about("place/287286", "Muscat", 0, 1, 3),
            *about("place/FR", "France", 2, 3),
            *about("place/703448", "Kyiv", 4, 6),
            *about("place/DE", "Germany", 7),
            *about("place/150", "Europe", 0, 1, 2),
        ],
        PUBLISHERS,
    )
    assert [(one.name, one.country, one.articles, one.whole) for one in found] == [
        ("Muscat", "OM", 3, False),
        ("France", "FR", 2, True),
    ]
    assert round(found[0].latitude, 1) == 23.6
    assert round(found[0].longitude, 1) == 58.4


def test_articles_of_another_story_are_not_counted() -> None:
    assert locate(about("place/FR", "France", 1, 12, 14, 16), PUBLISHERS) == ()
