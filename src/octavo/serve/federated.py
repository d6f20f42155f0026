"""Articles, editions and hashtags as other servers are told of them: no more than pages may show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from octavo.config import Settings
from octavo.domain.article import ArticleCard
from octavo.domain.edition import EditionPlan
from octavo.domain.ids import ArticleId, EditionKey
from octavo.domain.picture import Fitness
from octavo.federate import names, writing
from octavo.ports.database import Database, Read
from octavo.serve import editions, links
from octavo.serve.address import origin_of
from octavo.serve.display import Display, web_address
from octavo.serve.gate import stand_ins
from octavo.serve.here import Here
from octavo.serve.languages import Languages, read_languages
from octavo.serve.pictures import Signer
from octavo.store import articles, facts, hashtags, pictures, reading, starter
from octavo.text.slugs import short_id

_PICTURE = 1280
MOST_TAGS = 5


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes what is told; reads what may be shown, and writes nothing anywhere."""

    settings: Settings
    database: Database
    editions: Mapping[EditionKey, EditionPlan]
    words: Languages
    signer: Signer
    now: Callable[[], datetime]

    @property
    def origin(self) -> str:
        """This site's address, without a path."""
        return origin_of(self.settings.web)

    def plans(self) -> Mapping[EditionKey, EditionPlan]:
        """Give the editions there are."""
        return self.editions

    def notes(self, actor: str, ids: Sequence[ArticleId]) -> dict[ArticleId, Mapping[str, Any]]:
        """Write articles as an actor tells of them."""
        with self.database.read() as view:
            return self.written(view, actor, ids)

    def written(self, view: Read, actor: str, ids: Sequence[ArticleId]) -> dict[ArticleId, Mapping[str, Any]]:
        """Write articles in a view of the store that is open."""
        cards = self._cards(view, ids)
        labels = {one.id: hashtags.labels(view, one.hashtags[:MOST_TAGS], one.language) for one in cards}
        return {one.id: self._note(actor, one, labels[one.id]) for one in cards}

    def is_actor(self, view: Read, actor: str) -> bool:
        """Tell whether there is such an actor: an edition, or a hashtag that articles carry and editors let be seen."""
        if EditionKey(actor) in self.editions:
            return True
        tag = names.hashtag_of(actor)
        return bool(tag) and not hashtags.rules(view).hidden(tag) and bool(hashtags.labels(view, [tag]))

    def page(self, actor: str) -> str:
        """Give the page of an actor: its edition's, or that of its hashtag in the edition shown first."""
        if EditionKey(actor) in self.editions:
            return f"{self.origin}{links.front(actor)}"
        return f"{self.origin}{links.hashtag(self._usual(), names.hashtag_of(actor))}"

    def profile(self, view: Read, actor: str, icon: str) -> writing.Profile:
        """Say what an actor is, in the words of its edition."""
        plan = self.editions.get(EditionKey(actor)) or self.editions[self._usual()]
        here = self._here(plan)
        tag = names.hashtag_of(actor)
        if tag:
            label = hashtags.labels(view, [tag], plan.language.split("-")[0]).get(tag, tag)
            title, summary = f"#{label}", here.t("Latest news with #{tag}", tag=label)
        else:
            place = here.t("What matters now, from many publishers, on one calm page: {place}.", place=plan.title)
            title, summary = plan.title, place
        return writing.Profile(actor, title, summary, self.page(actor), f"{self.origin}{icon}")

    def _usual(self) -> EditionKey:
        return editions.choose(self.editions, "", self.settings.edition)

    def _here(self, plan: EditionPlan) -> Here:
        language = self.words.of(plan.language, plan.country)
        return Here(plan, language, editions.zone_of(plan), self.now(), self.signer, self.origin)

    def _cards(self, view: Read, ids: Sequence[ArticleId]) -> list[ArticleCard]:
        """Give articles with as much as may be shown of them, and no words of a text in doubt."""
        display = Display(self.settings.web.default_policy, reading.policies(view), self.settings.quality.bar)
        found = articles.cards(view, ids)
        doubtful = [one.id for one in found if display.doubts(one.complete)]
        words = stand_ins(view, doubtful) if doubtful else {}
        tags = hashtags.of_articles(view, [one.id for one in found])
        shown = [
            display.card(
                replace(
                    one,
                    excerpt=words[one.id].short if one.id in words else "" if one.id in doubtful else one.excerpt,
                    hashtags=tags.get(one.id, ()),
                )
            )
            for one in found
        ]
        known = pictures.of(view, [one.image.url for one in shown if one.image])
        unfit = {url for url, one in known.items() if one.fitness is not Fitness.READY}
        return [replace(one, image=None) if one.image and one.image.url in unfit else one for one in shown]

    def _note(self, actor: str, card: ArticleCard, labels: Mapping[str, str]) -> Mapping[str, Any]:
        plan = self.editions.get(EditionKey(actor)) or self._edition_of(card)
        here = self._here(plan)
        sample = f" ({here.t('Sample newswire')})" if card.fictional else ""
        image = card.image
        told = writing.Telling(
            headline=card.headline,
            excerpt=card.excerpt,
            publisher=card.publisher_name + sample,
            url=web_address(card.url),
            page=f"{self.origin}{links.card(plan.key, card)}",
            language=card.language,
            published=card.time,
            tags=[(one, f"{self.origin}{links.hashtag(plan.key, tag)}") for tag, one in labels.items()],
            picture=f"{self.origin}/picture/{self.signer.token(image.url)}/{_PICTURE}.jpg" if image else "",
            described=(image.alt or image.caption) if image else "",
        )
        return writing.note(self.origin, actor, short_id(card.id), told)

    def _edition_of(self, card: ArticleCard) -> EditionPlan:
        same = editions.in_language(self.editions, card.language) if card.language else []
        return self.editions[same[0] if same else self._usual()]


def open_postings(settings: Settings, database: Database, now: Callable[[], datetime]) -> Writer:
    """Read languages and editions, for the worker."""
    with database.read() as view:
        secret = facts.get(view, facts.PICTURE_SECRET)
    plans = starter.read(settings.data_dir).editions
    return Writer(settings, database, plans, read_languages(), Signer(secret.encode()), now)
