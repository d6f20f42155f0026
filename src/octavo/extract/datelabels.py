"""What a line says of its dates: that of publication, of first publication, or of a change; in many languages."""

import re
from collections.abc import Iterator

PUBLISHED, FIRST, CHANGED = "published", "first", "changed"

_FIRST = (
    r"(?:originally|first|initially)\s(?:published|posted|appeared)|ursprünglich\s(?:veröffentlicht|erschienen)|"
    r"zuerst\s(?:veröffentlicht|erschienen)|erstveröffentlich\w{0,3}|publié\sinitialement|initialement\spublié|"
    r"publicado\soriginalmente|originalmente\spublicado|первоначально\sопубликован\w?"
)
_CHANGED = (
    r"(?:last\s)?(?:updated?|modified|revised|reviewed|edited|changed)|aktualisier\w{0,3}|aktualisiert|geändert|bearbeitet|"
    r"\bstand(?=[:\s]\s?(?:\d|\w{2,10},?\s\d))|mis\sà\sjour|modifi[ée]e?|mise\sà\sjour|\bmaj\b|actuali[sz]\w{1,8}|modificad[oa]|"
    r"última\s(?:modificación|actualización|atualização)|atualizad[oa]|aggiornat[oa]|aggiornamento|modificat[oa]|"
    r"bijgewerkt|gewijzigd|uppdatera\w{1,2}|ändrad|oppdatert|endret|sist\s(?:endret|oppdatert)|opdateret|päivitet\w{1,4}|"
    r"muokattu|uppfært|zaktualizowan\w|aktualizacja|zmodyfikowan\w|aktuali[sz]ov\w{1,6}|aktualizace|frissít\w{1,3}|módosít\w{1,3}|"
    r"güncelle\w{1,6}|düzenle\w{1,4}|son\sgüncelleme|обновл\w{1,4}|обновлено|изменен\w{0,2}|оновлен\w{0,2}|змінен\w|ажурира\w{1,3}|"
    r"актуализ\w{1,6}|ενημερώ\w{1,6}|τελευταία\sενημέρωση|تحديث|آخر\sتحديث|حُدّث|به.?روزرسانی|ویرایش|עודכן|עדכון|अपडेटे?ड?|अद्यतन|"
    r"সর্বশেষ\sআপডেট|আপডেট|อัปเดต|แก้ไข|cập\snhật|diperbarui|dikemaskini|update|更新|修改|修订|수정|업데이트|最終更新"
)
_PUBLISHED = (
    r"published|posted|publish\sdate|date\spublished|created|veröffentlicht|erschienen|erstellt|datum\b|publiée?|"
    r"date\sde\spublication|publicad[oa]|fecha\b|pubblicat[oa]|gepubliceerd|geplaatst|publicera\w{1,2}|publiserte?t?|"
    r"offentliggjort|udgivet|julkaistu|birt\b|opublikowan\w|publikováno|zveřejněno|publikované|megjelent|közzét\w{1,3}|publicat\b|"
    r"yayın\w{0,10}|oluşturul\w{1,4}|опубликован\w{0,2}|дата\sпубликации|опубліковано|публикуван\w|објављен\w|δημοσι\w{1,8}|"
    r"نُ?شر(?:ت|\sفي)?|تاريخ\sالنشر|تاریخ\sانتشار|منتشر\sشد|פורסם|प्रकाशित|প্রকাশ\w{0,4}|เผยแพร่|xuất\sbản|đăng|terbit|diterbitkan|"
    r"发布|發布|发表|發表|公開|公开|配信|掲載|입력|등록|게재|작성"
)
_LABEL = re.compile(rf"(?P<first>{_FIRST})|(?P<changed>{_CHANGED})|(?P<published>{_PUBLISHED})", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


def labelled(line: str) -> Iterator[tuple[str, str]]:
    """Part a line at its labels: pairs of label ("" for none) and the text it stands before, or right behind.

    Only parts with a digit are given. "4 March 2026, updated 5 March" gives ("", "4 March 2026, "), ("changed", " 5
    March"); "2026年3月4日 更新" gives ("changed", "2026年3月4日 ").
    """
    marks = list(_LABEL.finditer(line))
    ends = [mark.start() for mark in marks] + [len(line)]
    parts = [("", line[: ends[0]])]
    parts += [(str(mark.lastgroup), line[mark.end() : end]) for mark, end in zip(marks, ends[1:], strict=True)]
    if len(parts) == 2 and _DIGIT.search(parts[0][1]) and not _DIGIT.search(parts[1][1]):
        parts = [(parts[1][0], parts[0][1])]
    for label, text in parts:
        if _DIGIT.search(text):
            yield label, text


def is_label(text: str) -> bool:
    """Whether a text is a label and nothing else, as where its date is set in a box of its own."""
    match = _LABEL.search(text)
    return match is not None and len(text) < 2 * len(match.group()) + 6 and not _DIGIT.search(text)
