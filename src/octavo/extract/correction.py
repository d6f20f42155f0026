"""The publisher's own correction of what it published before: a note with its label, or one that says so itself."""

import re
from collections.abc import Iterable

from octavo.extract.hints import Hint
from octavo.extract.layout import Layout

_LABEL = re.compile(
    r"^\W{0,3}(?:corrections?(?: and clarifications?)?|correction note|clarification|"
    r"berichtigung|richtigstellung|"
    r"korrektur(?:hinweis)?|correctif|rectificatif|rectification|erratum|corrección|"
    r"fe de err(?:atas|ores)|rectificación|"
    r"aclaración|errata corrige|rettifica|correzione|correção|errata|erramos|retificação|"
    r"rectificatie|correctie|rättelse|"
    r"rettelse|retting|rettet|oikaisu|korjaus|sprostowanie|korekta|oprava|helyreigazítás|"
    r"helyesbítés|corectură|rectificare|"
    r"διόρθωση|düzeltme|tekzip|исправление|поправка|опровержение|виправлення|виправлено|"
    r"уточнення|поправка|تصحيح|تصويب|"
    r"توضیح و تصحیح|اصلاحیه|תיקון|הבהרה|सुधार|भूल सुधार|শুদ্ধি|ralat|koreksi|đính chính|更正|勘误|訂正|訂正とおわび|정정|"
    r"바로잡습니다|정정보도|marekebisho)(?:\s?[(:：.—–|-]|\s\w{1,10}\s?[:：]|\W{0,3}$)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^\W{0,3}(?:editor[’']?s[’']? note|note (?:from|by) the editors?|publisher[’']s note|"
    r"note to readers|update[ds]?|"
    r"(?:anm(?:erkung|\.) der redaktion|hinweis(?: der redaktion)?|transparenzhinweis|"
    r"redaktioneller hinweis|aktualisierung)|"
    r"note de la rédaction|ndlr|mise à jour|nota de (?:la )?redacción|nota del editor|"
    r"nota della redazione|ndr|aggiornamento|"
    r"nota d[ao] reda[cç][cç]?ão|nota do editor|atualização|noot van de redactie|"
    r"redaktionens? (?:anm(?:ärkning|erkning)|note)|"
    r"toimituksen huomautus|od redakcji|pozn(?:ámka|\.) redakce|editörün notu|от редакции|"
    r"примечание редакции|уточнение|"
    r"від редакції|ملاحظة (?:المحرر|التحرير)|تنويه|编者按|編者按|编辑注|編集部注|편집자 ?주)"
    r"\W{0,3}(?:\s?[(:：.,—–|-]|$)",
    re.IGNORECASE,
)
_ADMITS = re.compile(
    r"correct(?:ed|s|ing|ion)|clarif(?:y|ied|ies)|incorrectly|mis(?:stated|spelled|"
    r"identified|attributed)|erroneous|an error|"
    r"(?:earlier|previous|original) version|inaccurate|korrigiert|berichtigt|fälschlich|"
    r"irrtümlich|früheren (?:version|fassung)|"
    r"ursprünglichen (?:version|fassung)|fehlerhaft|corrigé|rectifié|erroné|par erreur|"
    r"version (?:précédente|antérieure)|"
    r"corregid|corrig|erróne|por error|versión anterior|corrett|erroneamente|per errore|"
    r"versione precedente|versão anterior|"
    r"incorret|gecorrigeerd|eerdere versie|abusievelijk|rättat|korrigert|rettet|feilaktig|felaktig|fejlagtig|"
    r"tid(?:ligere|igare) (?:versjon|version|udgave)|korjattu|virheelli|poprawi|sprostowa|"
    r"błędn|wcześniejszej wersji|oprav|chyb|"
    r"javított|téves|düzelt|yanlış|исправл|ошибк|ошибочн|ранней версии|виправл|помилк|"
    r"попередн|تصحيح|خطأ|نسخة سابقة|تصويب|"
    r"תוקן|שגיאה|गलत|सुधार|更正|有误|有誤|错误|訂正|誤り|修正|정정|오류|바로잡",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    r"^\W{0,3}(?:an? (?:earlier|previous|original) version of (?:this|the|our)\b|"
    r"this (?:article|story|post|piece|report|headline|page|item)(?:’s headline)? (?:was|"
    r"has been|is) (?:\w{2,12} ){0,3}"
    r"(?:amended|corrected|updated to correct|updated to clarify)|"
    r"in (?:einer|der) (?:früheren|ursprünglichen|vorherigen|ersten) (?:version|fassung)|"
    r"(?:dieser|der) (?:artikel|text|beitrag) wurde (?:\w{2,14} ){0,4}(?:korrigiert|berichtigt)|"
    r"une (?:première |)version (?:précédente |antérieure |initiale |)d[eu]|"
    r"cet article a été (?:corrigé|rectifié)|"
    r"(?:en )?una versión (?:anterior|previa) de|este artículo ha sido (?:corregido|rectificado)|"
    r"(?:in )?una (?:precedente )?versione (?:precedente )?di quest|uma versão anterior d|"
    r"(?:esta|este) (?:matéria|reportagem|texto|artigo) foi corrigid[ao]|in een eerdere versie van|"
    r"i en (?:tidligere|tidigare) (?:versjon|version|udgave) a[vf]|(?:jutun|jutussa|artikkelin) aiemmassa|"
    r"w(?:e)? (?:wcześniejszej|pierwotnej|poprzedniej) wersji|v (?:předchozí|původní) verzi|"
    r"(?:cikkünk|a cikk) (?:korábbi|eredeti) (?:verziój|változat)|"
    r"(?:bu )?haberin (?:önceki|ilk) (?:sürüm|halin|versiyon)|"
    r"в (?:более ранней|предыдущей|первоначальной|первой) версии|[ув] (?:попередній|першій|ранішій) версії|"
    r"(?:في|ورد في) نسخة سابقة|בגרסה (?:קודמת|מוקדמת)|इस (?:लेख|खबर|ख़बर) के (?:पिछले|"
    r"पहले) संस्करण|versi sebelumnya|"
    r"(?:trong )?phiên bản trước|本文(?:早前|此前|先前|早先|较早)(?:的)?版本|(?:この|本)記事の(?:以前の|当初の)|"
    r"이 기사(?:의|는) (?:이전|앞서))",
    re.IGNORECASE,
)
_LEAST, _LONGEST = 8, 900  # characters
_FAR = 12  # pieces around the body
_NEAR = 4  # pieces inside the body, at either end, where a note that bears no label may stand


def find_correction(layout: Layout, chosen: Iterable[int]) -> tuple[str, frozenset[int]]:
    """The correction's text without its label, and the pieces that hold it; the body may hold them too.

    A note of the editors is a correction only when it admits an error; a sentence without a label, when it speaks of an
    earlier version and stands at an end of the text.
    """
    numbers = sorted(chosen)
    if not numbers:
        return "", frozenset()
    first, last = numbers[0], numbers[-1]
    for number in range(max(0, first - _FAR), min(last + _FAR, len(layout.pieces))):
        text = layout.pieces[number].text
        if len(text) > _LONGEST:
            continue
        label = _LABEL.match(text) or _NOTE.match(text)
        if label:
            found = _labelled(layout, number, label)
            if found[0]:
                return found
        elif not first + _NEAR < number < last - _NEAR and _ITSELF.match(text):
            return text, frozenset({number})
    return "", frozenset()


def _labelled(layout: Layout, number: int, label: re.Match[str]) -> tuple[str, frozenset[int]]:
    """What a label stands before, in its own piece or the next."""
    text = layout.pieces[number].text[label.end() :].lstrip(" :：.,)—–-|")
    pieces = frozenset({number})
    if len(text) < _LEAST:
        following = layout.pieces[number + 1] if number + 1 < len(layout.pieces) else None
        if not following or not _belongs(layout, number) or len(following.text) > _LONGEST:
            return "", frozenset()
        text, pieces = following.text, frozenset({number, number + 1})
    sure = label.re is _LABEL or _ADMITS.search(text)
    return (text, pieces) if sure else ("", frozenset())


def _belongs(layout: Layout, number: int) -> bool:
    """Tell a label that stands with the next piece in a small box from a heading of a page about corrections."""
    first, second = layout.pieces[number].box, layout.pieces[number + 1].box
    shared = next((box for box in layout.chain(first) if box in layout.chain(second)), -1)
    return shared >= 0 and (layout.boxes[shared].pieces <= 4 or bool(layout.boxes[shared].hints & Hint.COPYRIGHT))
