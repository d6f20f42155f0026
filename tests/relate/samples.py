"""Fictional candidates: articles as relate sees them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from octavo.domain.ids import ArticleId, PublisherId, StoryId
from octavo.domain.relation import Candidate
from octavo.enrich.fingerprint import fingerprint

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)

FLOOD = (
    "Seventeen people died when Storm Ilva drove the river Varn over Harrow dam in the Tessaly Isles, the National "
    "Emergency Office said. Ada Corrigan, the interior minister, said 19,500 people had left their homes in Millbrook. "
    "Crews reached farms that had been cut off since Monday and brought 212 people out by boat."
)
FLOOD_AGAIN = (
    "The flood in the Tessaly Isles has now killed 17, the government said, after water from the Varn "
    "topped Harrow dam. "
    "Interior minister Ada Corrigan said 19,500 people were evacuated from Millbrook and the villages around it. "
    "Storm Ilva was the worst to reach the islands in forty years, and the search goes on."
)
FLOOD_GERMAN = (
    "Nach dem Sturm Ilva ist die Zahl der Toten auf den Tessaly-Inseln auf 17 gestiegen. Innenministerin "
    "Ada Corrigan sagte, "
    "19.500 Menschen hätten Millbrook verlassen. Das Wasser der Varn war über den Damm von Harrow getreten."
)
FLOOD_UKRAINIAN = (
    "Шторм «Ілва» забрав життя 17 людей на Островах Тессалі, повідомив уряд. Міністерка Ада Корріган "
    "сказала, що 19500 людей "
    "залишили Міллбрук. Вода річки Варн перелилася через дамбу Гарроу."
)
CUP = (
    "Aylin Tunç scored in the 118th minute as Rheinstadt beat Atlético Marina 3–2 in Cologne to win the "
    "cup. Lena Brandl had "
    "twice put her side ahead before Nerea Ochoa took the final to extra time in front of 41,300 people."
)
RULING = (
    "Lumen Labs must disclose which texts its chatbot was trained on within 90 days, the European Data "
    "Tribunal ruled. Petra "
    "Lindqvist, the presiding judge, fined the company 210 million euros and rejected its plea of trade secrets."
)


def candidate(number: int, headline: str, lead: str = "", **more: Any) -> Candidate:
    """Make a candidate; its publisher, time and fingerprint follow from its number and text unless given."""
    facts: dict[str, Any] = {
        "publisher_id": PublisherId(f"p{number}"),
        "language": "en",
        "at": NOW - timedelta(hours=24) + timedelta(minutes=number),
        "fingerprint": fingerprint(lead or headline),
    }
    story = more.pop("story", None)
    if story is not None:
        facts["story_id"] = StoryId(story)
    return Candidate(id=ArticleId(number), headline=headline, lead=lead, **{**facts, **more})


def vector(*values: float) -> bytes:
    """Pack a unit vector as the store does."""
    raw = np.array(values, dtype=np.float32)
    return (raw / (float(np.linalg.norm(raw)) or 1.0)).astype("<f2").tobytes()


NAMES = (("person", "Ada Corrigan"), ("place", "Tessaly Isles"), ("place", "Millbrook"), ("other", "Storm Ilva"))
FIRST = candidate(1, "Storm Ilva kills 17 in Tessaly Isles as water tops Harrow dam", FLOOD, names=NAMES)
SECOND = candidate(2, "Tessaly Isles flood toll rises to 17 as crews reach farms", FLOOD_AGAIN, names=NAMES)
OTHER = candidate(3, "Tunç scores late as Rheinstadt win the cup", CUP, names=(("person", "Aylin Tunç"),))
THIRD = candidate(4, "Lumen Labs must disclose sources, tribunal rules", RULING, names=(("person", "Petra Lindqvist"),))
GERMAN = candidate(5, "Sturm Ilva: Zahl der Toten auf den Tessaly-Inseln steigt auf 17", FLOOD_GERMAN, language="de")
UKRAINIAN = candidate(6, "Повінь на Островах Тессалі: 17 загиблих", FLOOD_UKRAINIAN, language="uk")
