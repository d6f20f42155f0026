"""Who took a picture: the credit at the end of its caption, parted from it, in the ways many languages print it."""

import re

_LONGEST = 1_000
_MOST = 120  # characters of a credit
_LABELS = (
    "photos?|photograph(?:s|y|er)?|pictures?|images?|pics?|illustration|graphic|screenshot|video|credits?|courtesy|copyright|"
    "source|fotos?|bild(?:er|quelle|rechte|nachweis)?|quelle|grafik|symbolbild|montage|archiv(?:bild|foto)|"
    "crédit(?:s|o|os)?|credit[oi]|fotografías?|fotografia|imagen|imagem|imágenes|fuente|fonte|fotocredit|"
    "bron|beeld|kilde|kuva(?:aja)?|källa|ljósmynd|mynd|zdj(?:ęcie)?|fot|źródło|zdroj|forrás|fotó|kép|fotoğraf|kaynak|görsel|"
    "foto(?:grafija|grafas|graf|gráfus)?|nuotr|ảnh|nguồn|gambar|sumber|dok|picha|"
    "фото|фотограф|коллаж|колаж|иллюстрация|ілюстрація|источник|джерело|снимка|φωτογραφία|φωτο|πηγή|"
    "تصوير|صورة|الصورة|المصدر|عکس|צילום|תמונה|קרדיט|फोटो|तस्वीर|ছবি|ภาพ|사진(?:\\s?출처|\\s?제공)?|출처|写真|撮影|提供|图|圖|图片|圖片|"
    "图源|图片来源|圖片來源|来源|來源|摄影|攝影"
)
_LABEL = re.compile(
    rf"(?:^|(?<=[\s.|/(\[（【—–。）!?»”\"-]))(?:{_LABELS})\.?"
    r"(?:(?:\s(?:credit|by|courtesy|source|of|photo|agency|du|de|von|af|av|door|di)){0,2}\s?[:：=©]|"
    r"\s(?:by|courtesy(?:\sof)?|via|©)\s)\s?",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"^(?:fotos?|photos?|bild(?:er)?|fot|zdj|dok|nuotr|kuva|фото)\b[\s./]{1,3}(?=[^\W\d_]{2})", re.IGNORECASE
)
_ONLY_LABEL = re.compile(rf"(?:{_LABELS})", re.IGNORECASE)
_YEARS = re.compile(r"^(?:19|20)\d\d\s|[\s.,]{1,3}all rights reserved\b.{0,20}$", re.IGNORECASE)
_SIGN = re.compile(r"(?:©|\(c\)|\bcopyright\b)\s{0,2}", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[（【［〈]([^()\[\]（）【】［］]{2,120})[)\]）】］〉]\s?\.?$")
_AGENCY = re.compile(
    r"\b(?:AP|AFP|APA|Reuters|dpa|ddp|epd|kna|EPA|EFE|ANSA|AGI|LaPresse|PA|PAP|MTI|ČTK|CTK|TASS|Xinhua|ANP|Belga|BELGA|Lusa|"
    r"LUSA|NTB|TT|Ritzau|Lehtikuva|AAP|CP|Yonhap|Kyodo|Jiji|Anadolu|AA|IHA|DHA|Antara|PTI|ANI|UPI|Bloomberg|Getty|iStock|"
    r"Shutterstock|Alamy|Unsplash|Pexels|Pixabay|Adobe\sStock|Depositphotos|Dreamstime|IMAGO|Imago|picture[\s-]alliance|"
    r"Keystone|KEYSTONE|NurPhoto|ZUMA|Zuma|Sipa|SIPA|Abaca|Wikimedia|Flickr|Handout|HANDOUT|Associated\sPress|Press\sAssociation|"
    r"Europa\sPress|REUTERS|GETTY|EPA-EFE|Fotolia|Wire)\b|共同|時事|通信社|新华社|新華社|中新社|연합뉴스|뉴시스|뉴스1|"
    r"رويترز|أ ف ب|فرانس برس"
)
_NAMED = re.compile(
    r"[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄÇĞİÖŞÜ@][\w’'.&+-]{0,30}(?:[\s/|,&]{1,3}(?:(?:via|for|of|the|and|und|et|y|e|de|da|di|von|van|der|den|la|le|"
    r"el|al|bin)\b|[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄÇĞİÖŞÜ@(][\w’'.&+)-]{0,30}|dpa|epd|via)){0,9}"
)
_STOPPED = re.compile(
    r"(?:[^\W\d_]{4,}|(?<![^\W_])[a-zß-žа-яё]{2,3})[.!?»”\"’)]{1,3}\s{0,3}|\d[.)]\s{0,3}|\)\s{1,3}|[。）」]\s?|\s[—–|]\s|\s-\s(?=\S+/)"
)
_SEEING = re.compile(r"撮影|提供|摄|攝|ซ้าย")
_BY_CAMERA = re.compile(r"(?:^|(?<=[。！？）\s]))(?:[^。！？\s]{2,8}记者\s?)?([^。！？\s]{2,24})\s?[摄攝]$")
_UNFOLD = re.compile(r"\s?(?:vis mer|visa mer|mehr anzeigen|voir plus|leer más|show more)$", re.IGNORECASE)
_AROUND = " .,;:|/–—-()[]（）【】=©"


def split_credit(caption: str) -> tuple[str, str]:
    """Part a caption from the credit at its end: "A boat. Photo: Ann Lee" gives ("A boat.", "Ann Lee").

    A credit is known by its label or sign, by brackets or a full stop before a name, by an agency's name. The caption
    is "" where there is nothing but a credit.
    """
    caption = _UNFOLD.sub("", caption[:_LONGEST].strip())
    found: list[str] = []
    for _ in range(2):  # "(AP Photo/Ann Lee) AP Photo"
        rest, credit = _last_credit(caption)
        if not credit:
            break
        found.append(credit)
        caption = rest
    return caption, max(found, key=len, default="")


def _last_credit(caption: str) -> tuple[str, str]:
    bracketed = _BRACKETS.search(caption)
    if bracketed:
        rest, credit = _bracketed(caption, bracketed)
        if credit:
            return rest, credit
    labels = list(_LABEL.finditer(caption))
    if labels and len(caption) - labels[-1].end() <= _MOST:
        first = labels[-1]
        for label in reversed(labels[:-1]):  # "Photos by Ann Lee; illustration by Bo Ray"
            if len(caption) - label.end() <= _MOST and not _STOPPED.search(caption, label.end(), first.start()):
                first = label
        return _parted(caption, first.start(), first.end())
    signs = list(_SIGN.finditer(caption))
    if signs and 0 < len(caption) - signs[-1].end() <= _MOST:
        return _parted(caption, signs[-1].start(), signs[-1].end())
    camera = _BY_CAMERA.search(caption)
    if camera:
        return caption[: camera.start()].strip(), camera.group(1).strip(_AROUND)
    return _unmarked(caption)


def _bracketed(caption: str, found: re.Match[str]) -> tuple[str, str]:
    inside, before = found.group(1).strip(), caption[: found.start()].rstrip()
    label = _LABEL.match(inside) or _SIGN.match(inside)
    if label:
        return before, _bare(inside[label.end() :])
    sure = _AGENCY.search(inside) or ("/" in inside and _NAMED.match(inside)) or _SEEING.search(inside)
    after_stop = not before or before[-1] in '.!?”"»’。'
    named = after_stop and _NAMED.fullmatch(inside) and len(inside.split()) < 6
    if not _ONLY_LABEL.fullmatch(inside) and (sure or named or _LOOSE.match(inside)):
        return before, _bare(inside)
    return caption, ""


def _parted(caption: str, start: int, end: int) -> tuple[str, str]:
    credit = _bare(caption[end:])
    label = _LABEL.match(credit) or _SIGN.match(credit)
    return caption[:start].rstrip(" |–—-/(["), _bare(credit[label.end() :]) if label else credit


def _bare(credit: str) -> str:
    """A credit without what stands around it; brackets that belong to it stay."""
    credit = _YEARS.sub("", _YEARS.sub("", _LOOSE.sub("", credit.strip(" .,;:|–—-=©[]【】"))))
    if credit.count("(") != credit.count(")") or credit.count("（") != credit.count("）"):
        credit = credit.strip(_AROUND)
    return credit[:_MOST]


def _unmarked(caption: str) -> tuple[str, str]:
    """A name with nothing to mark it: after the last sentence, or all there is."""
    stops = list(_STOPPED.finditer(caption))
    start = stops[-1].end() if stops else 0
    tail = caption[start:].strip()
    if not tail or len(tail) > 80 or tail[-1] in ".!?:,。…" or not _NAMED.fullmatch(tail.replace(" / ", "/")):
        known = 2 <= len(tail) <= 20 and _AGENCY.fullmatch(tail)
        return (caption[:start].rstrip(" —–|"), _bare(tail)) if known else (caption, "")
    if start:
        fit = len(tail.split()) < 6 or "/" in tail or _AGENCY.search(tail)
    else:
        fit = _AGENCY.fullmatch(tail) or ("/" in tail and len(tail) <= 60) or _AGENCY.match(tail)
    return (caption[:start].rstrip(" —–|"), _bare(tail)) if fit else (caption, "")
