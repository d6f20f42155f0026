"""Fictional articles in many languages, and an embedder that needs no model."""

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.ports.vector_index import Vectors

AT = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def article(headline: str, text: str = "", language: str = "en", **more: Any) -> Article:
    """Make an article whose paragraphs are the lines of `text`."""
    facts: dict[str, Any] = {
        "id": ArticleId(1),
        "url": "https://harbour-post.example/story",
        "publisher_id": PublisherId("harbour-post"),
        "first_seen_at": AT,
        "blocks": tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n") if line.strip()),
    }
    return Article(headline=headline, language=language, **{**facts, **more})


class TinyEmbedder:
    """Every word's hash adds to one of 16 numbers: like texts have like vectors, and nothing is loaded."""

    model = "tiny-1"
    languages = frozenset("en de fr es ru uk ar tr zh ja".split())

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        vectors = np.zeros((len(texts), 16), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                if any(map(str.isalpha, word)):
                    vectors[row, zlib.crc32(word.encode("utf-8", "surrogatepass")) % 16] += 1.0
            length = float(np.linalg.norm(vectors[row]))
            vectors[row] /= length or 1.0
        return vectors

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self.embed(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self.embed(texts)


FERRY = article(
    "Ferry crews at Port Selwyn end strike after pay deal",
    "PORT SELWYN — Ferry crews voted on Tuesday to end a nine-day strike that had closed the harbour.\n"
    "Marta Oyelaran, who leads the Seafarers Union, said the pay deal gave the crews 4.6 percent.\n"
    "The strike had stopped every ferry of Blue Strait Lines between Port Selwyn and France. Oyelaran said the "
    "ferry company had promised to hire 40 people.\n"
    "Blue Strait Lines said the first ferry would sail on Wednesday. The Ministry of Transport welcomed the pay deal.",
)

TEXTS = {
    "ar": (
        "الحكومة تعلن خطة لمواجهة الجفاف في سوريا",
        "أعلنت الحكومة اليوم خطة جديدة لمواجهة الجفاف الذي ضرب شمال سوريا هذا العام. وقال الوزير سامر حداد "
        "إن وزارة الزراعة "
        "ستوزع المياه على القرى. وأضاف الوزير سامر حداد أن الجفاف أضر بالقمح في معظم المحافظات وأن المساعدات "
        "تصل قريبا.",
    ),
    "uk": (
        "У Києві відкрили новий міст через Дніпро",
        "Міська влада Києва відкрила у вівторок новий міст через Дніпро. Мер міста Іван Калина сказав, що "
        "будівництво моста "
        "тривало чотири роки. За його словами, міст з'єднає два береги, і щодня ним їздитимуть тисячі людей.",
    ),
    "zh": (
        "北京举行国际航天论坛",
        "国际航天论坛星期二在北京开幕，来自四十个国家的科学家参加了会议。论坛讨论了卫星和月球探测的合作。"
        "组织者表示，论坛将推动各国在航天领域的交流，并宣布了三个新的卫星项目。",
    ),
    "ja": (
        "東京で大規模な地震訓練、五千人が参加",
        "東京都は一日、大規模な地震を想定した訓練を行い、約五千人が参加した。訓練では消防隊が救助の手順を確認した。"
        "東京都は地震への備えを住民に呼びかけている。訓練は毎年この時期に行われる。",
    ),
    "tr": (
        "İzmir'de orman yangını kontrol altına alındı",
        "İzmir'in kuzeyinde iki gündür süren orman yangını salı günü kontrol altına alındı. Yangında kimse "
        "yaralanmadı. "
        "Belediye Başkanı Deniz Aksoy, yangını söndürmek için yüzlerce kişinin çalıştığını söyledi.",
    ),
    "de": (
        "Bundestag beschließt neues Gesetz zum Klimaschutz",
        "Der Bundestag hat am Dienstag ein neues Gesetz zum Klimaschutz beschlossen. Umweltministerin Petra "
        "Lindner sagte in "
        "Berlin, das Gesetz senke die Emissionen der Industrie. Petra Lindner will das Gesetz im Herbst in "
        "Brüssel vorstellen.",
    ),
    "fr": (
        "Grève des ferrys : un accord est signé à Marseille",
        "Un accord a été signé mardi à Marseille pour mettre fin à la grève des ferrys. Le syndicat a obtenu "
        "une hausse des "
        "salaires. Selon la ministre Odile Jamet, l'accord permettra aux ferrys de repartir dès mercredi.",
    ),
    "es": (
        "El Gobierno de Chile anuncia una vacuna contra la malaria",
        "El Gobierno de Chile anunció el martes una vacuna contra la malaria que se probó en ocho "
        "hospitales. La ministra Inés "
        "Calderón dijo que la vacuna llegará a los niños en mayo. La vacuna reduce los casos en un 78 por ciento.",
    ),
    "hi": (
        "दिल्ली में चुनाव के लिए मतदान शुरू",
        "दिल्ली में मंगलवार को चुनाव के लिए मतदान शुरू हुआ। चुनाव आयोग ने कहा कि मतदान शाम तक चलेगा। "
        "सरकार ने सुरक्षा के लिए पुलिस तैनात की है और मतदान केंद्रों पर लंबी कतारें हैं।",
    ),
}
"""A headline and a short body in each language, all made up."""


def in_language(language: str) -> Article:
    headline, text = TEXTS[language]
    return article(headline, text, language)
