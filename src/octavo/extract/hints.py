"""What publishers call the parts of a page: words in class and id attributes, in many languages, as bits."""

import re
from functools import lru_cache
from itertools import pairwise


class Hint:
    """What an attribute says a part of the page is: bits of a plain int, which is read a thousand times a page."""

    BODY = 1 << 0
    ARTICLE = 1 << 1
    STANDFIRST = 1 << 2
    HEADLINE = 1 << 3
    BYLINE = 1 << 4
    DATE = 1 << 5
    CAPTION = 1 << 6
    MEDIA = 1 << 7
    RELATED = 1 << 8
    ADVERT = 1 << 9
    SHARE = 1 << 10
    COMMENTS = 1 << 11
    NAVIGATION = 1 << 12
    FOOTER = 1 << 13
    HEADER = 1 << 14
    SIGNUP = 1 << 15
    BIO = 1 << 16
    PROMO = 1 << 17
    TAGS = 1 << 18
    CONSENT = 1 << 19
    PAYWALL = 1 << 20
    SIDEBAR = 1 << 21
    CONTENTS = 1 << 22
    QUOTE = 1 << 23
    INFOBOX = 1 << 24
    LIVE = 1 << 25
    CARDS = 1 << 26
    HIDDEN = 1 << 27
    POPUP = 1 << 28
    SUMMARY = 1 << 29
    EMBED = 1 << 30
    META = 1 << 31
    COPYRIGHT = 1 << 32
    PRODUCT = 1 << 33
    LABEL = 1 << 34
    STATED_BODY = 1 << 35


_WORDS = {
    Hint.BODY: (
        "body content contents text story copy paragraph paragraphs prose richtext rich "
        "maincontent bodytext bodycopy articlebody storybody storytext articletext entrycontent "
        "postcontent texte corps contenu cuerpo contenido texto inhalt fliesstext brodtext testo "
        "corpo conteudo conteúdo tresc tekst icerik haber noidung wysiwyg markdown articlecontent "
        "detailtext longform artikeltext artikelbody artikelinhalt contenttext"
    ),
    Hint.ARTICLE: (
        "article post entry artikel articulo noticia nota materia artigo articolo notizia artykul "
        "beitrag artikkel artikeln haberdetay news detail main stories"
    ),
    Hint.STANDFIRST: (
        "standfirst lead lede intro deck dek subtitle subheadline subhead subheading teaser-text "
        "vorspann chapo chapeau entradilla bajada sumario occhiello sommario abstract ingress "
        "anreisser excerpt introduction kicker-text subtitulo sapo spot leadtext leadin "
        "sottotitolo zajawka description summarytext underrubrik dachzeile"
    ),
    Hint.HEADLINE: ("headline title titulo titre titel titolo heading rubrik tytul baslik schlagzeile overskrift hed"),
    Hint.BYLINE: (
        "byline author authors autor autoren autores auteur auteurs autore redakteur writer "
        "contributor contributors signature firma journalist skribent forfatter yazar penulis "
        "verfasser credits writers"
    ),
    Hint.DATE: (
        "date time datetime timestamp published dateline datum fecha heure data pubdate updated "
        "modified tarih dato uhrzeit publishdate"
    ),
    Hint.CAPTION: (
        "caption captions figcaption legend legende bildunterschrift credit credits wpcaption "
        "didascalia piefoto imagecaption bildtext photocredit copyright-image"
    ),
    Hint.MEDIA: (
        "figure image images img photo photos picture gallery galerie slideshow carousel slider "
        "video player media audio podcast bild foto fotos bilderstrecke embed lightbox thumbnail "
        "thumb"
    ),
    Hint.RELATED: (
        "related recommended recommendations recommendation recommend recirc recirculation more "
        "similar readmore seealso also trending popular mostread latest relacionadas relacionados "
        "verwandt weiterlesen mehr lesen correlati powiazane onward outbrain taboola teaser "
        "teasers mostviewed moreon youmaylike next relatedposts upnext interlinking associated "
        "associes relacionado inread morefrom furtherreading relatedarticles lireaussi suggested"
    ),
    Hint.ADVERT: (
        "ad ads advert advertisement advertising adslot adunit sponsor sponsored anzeige anzeigen "
        "werbung pub publicite publicidad reklama reklame annons annonse annonce dfp gpt banner "
        "commercial pubblicita adbox adcontainer iklan reklam"
    ),
    Hint.SHARE: (
        "share sharing social socials sharebar facebook whatsapp linkedin pinterest teilen "
        "partager compartir condividi addthis sharethis shares sharebuttons socialshare"
    ),
    Hint.COMMENTS: (
        "comment comments disqus kommentar kommentare kommentarer commentaire commentaires "
        "comentarios commenti discussion respond replies reply reactions livefyre commentlist "
        "forum yorumlar"
    ),
    Hint.NAVIGATION: (
        "nav navigation navbar menu menus breadcrumb breadcrumbs pagination pager skip topbar "
        "sitemap toolbar megamenu sitenav submenu prevnext"
    ),
    Hint.FOOTER: "footer foot colophon bottom siteinfo fuss",
    Hint.HEADER: "header masthead kopf topper hero branding head",
    Hint.SIGNUP: (
        "newsletter newsletters subscribe subscription signup form optin mailchimp registration "
        "register login signin hubspot alerts follow follows inscription abonnieren suscribete "
        "mailing"
    ),
    Hint.BIO: "bio biography authorbio authorbox aboutauthor profile autorenbox authorinfo aboutme",
    Hint.PROMO: (
        "promo promotion promobox cta campaign donate donation support callout marketing offer "
        "offers deals affiliate upsell teaserbox appeal fundraising banner download app apps"
    ),
    Hint.TAGS: (
        "tag tags taglist keywords topics topic categories category schlagworte etiquetas tematy "
        "themen hashtag hashtags tagcloud labels"
    ),
    Hint.CONSENT: "consent cookie cookies gdpr privacy cmp onetrust didomi placeholder optanon",
    Hint.PAYWALL: ("paywall premium piano metered regwall subscriber gate locked barrier plus abo paid restricted"),
    Hint.SIDEBAR: (
        "sidebar aside rail rightrail side widget widgets sidecolumn secondary complementary "
        "randspalte marginalie supplementary leftrail"
    ),
    Hint.CONTENTS: "toc tableofcontents ez jumplinks anchors inhaltsverzeichnis outline jump",
    Hint.QUOTE: "quote pullquote blockquote zitat citation pull",
    Hint.INFOBOX: (
        "infobox factbox box fact facts faktabox info-box faq accordion factsheet fakta infobloc encadre hintergrund"
    ),
    Hint.LIVE: "live liveblog ticker liveticker livefeed timeline direct newsticker",
    Hint.CARDS: (
        "card cards teaserlist tile tiles grid list listing item items swiper slick splide archive feed headlines"
    ),
    Hint.HIDDEN: (
        "hidden hide visuallyhidden sr screenreader invisible offscreen noprint none collapse d-none mobile-only"
    ),
    Hint.POPUP: ("modal popup overlay dialog lightbox tooltip dropdown drawer flyout toast notification alert"),
    Hint.SUMMARY: (
        "summary keypoints highlights takeaways bullets keytakeaways tldr glance zusammenfassung resumen brief"
    ),
    Hint.EMBED: (
        "twitter tweet instagram tiktok youtube embed embedded iframe oembed soundcloud infogram "
        "datawrapper flourish opinary poll quiz"
    ),
    Hint.META: "meta metadata metainfo info infos details dateline reading readtime subline",
    Hint.COPYRIGHT: "copyright disclaimer rights imprint legal license correction corrections disclosure",
    Hint.PRODUCT: ("product products price buy shop shopping cart retailer specs rating ratings amazon merchant"),
    Hint.LABEL: (
        "kicker label eyebrow overline flag badge rubric section topline dachzeile spitzmarke category section-name"
    ),
}

_BY_WORD: dict[str, int] = {}
for _hint, _listed in _WORDS.items():
    for _word in _listed.split():
        _BY_WORD[_word.replace("-", "")] = _BY_WORD.get(_word.replace("-", ""), 0) | _hint

STATED = {
    "articlebody": Hint.STATED_BODY,
    "articlesection": Hint.LABEL,
    "navigation": Hint.NAVIGATION,
    "complementary": Hint.SIDEBAR,
    "contentinfo": Hint.FOOTER,
    "banner": Hint.HEADER,
    "dialog": Hint.POPUP,
    "alert": Hint.POPUP,
    "search": Hint.SIGNUP,
    "form": Hint.SIGNUP,
}
"""What `itemprop` and `role` say, lower case."""

_PART = re.compile(r"[A-Z]?[a-zà-öø-ÿąćęłńóśźżğış]+|[A-Z]+(?![a-z])")
_CONDITIONAL = re.compile(r"\S*:\S*")  # "lg:hidden": true on some screens only


@lru_cache(maxsize=20_000)
def hints_of(names: str) -> int:
    """Read the bits of a class attribute and id: every word, and every two neighbouring words together."""
    if ":" in names:
        names = _CONDITIONAL.sub("", names)
    found = 0
    previous = ""
    for name in names[:300].split():
        bits, first, last = _bits_of(name)
        if first:
            found |= bits | (_BY_WORD.get(previous + first, 0) if previous else 0)
            previous = last
    return found


@lru_cache(maxsize=20_000)  # a page puts a few names together in many ways
def _bits_of(name: str) -> tuple[int, str, str]:
    """The bits of one name, and its first and last word; names hold no white space."""
    words = [part.lower() for part in _PART.findall(name)]
    if not words:
        return 0, "", ""
    found = _BY_WORD.get(words[0], 0)
    for before, word in pairwise(words):
        found |= _BY_WORD.get(word, 0) | _BY_WORD.get(before + word, 0)
    return found, words[0], words[-1]
