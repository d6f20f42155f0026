"""Define: who or what a name is, by the sentence that introduces it, in twelve languages; nothing where none does."""

import pytest

from octavo.brief.definitions import definition
from octavo.brief.introducing import introduces

from .wires import NOW, newswire, told

INTRODUCED = [
    ("en", "Mira Halden", "Mira Halden, the harbour’s engineer, said that the work would take a fortnight."),
    ("en", "Mira Halden", "“It will take a fortnight,” said Mira Halden, who runs the harbour."),
    ("en", "Mira Halden", "The café sold nine breakfasts, and its owner, Mira Halden, wept."),
    ("en", "Mira Halden", "The baritone Mira Halden sang the pilot’s log, and it needed more salt."),
    ("en", "Harrow", "Water came over the Harrow dam, finished in 1961, on the first night."),
    ("en", "Harrow", "Four people were killed when the river Harrow burst its banks on Tuesday."),
    ("en", "Colne Valve", "Colne Valve of Huddersfield, which makes fittings, has quoted for the work."),
    ("en", "GPF", "The Gulf Producers’ Forum (GPF) met in the capital for less than three hours."),
    ("en", "Kilbaran", "Kilbaran is a mountain whose last ice broke up nine summers ago."),
    ("de", "Mira Halden", "Das bestätigt eine Aussage des Hafendirektors Mira Halden vom Montag."),
    ("de", "Mira Halden", "Die Chefin des Hafens, Mira Halden, kündigte den Spatenstich an."),
    ("de", "Mira Halden", "Der Frächter Mira Halden hatte sieben Sattelzüge vor dem Hafen stehen."),
    ("de", "Kestrel", "In der Atmosphäre hat die Raumsonde Kestrel eine Fahne aufgespürt."),
    ("es", "Mira Halden", "Mira Halden, ingeniera del puerto, dijo que las obras durarían dos semanas."),
    ("es", "Mira Halden", "La diferencia, según explicó la jefa de emergencias, Mira Halden, es de método."),
    ("es", "Harrow", "El agua pasó por encima de la presa de Harrow la primera noche."),
    ("fr", "Mira Halden", "Mira Halden, ingénieure du port, a dit que les travaux dureraient deux semaines."),
    ("fr", "Mira Halden", "L’adjoint aux mobilités, Mira Halden, invite à ne pas conclure trop vite."),
    ("fr", "Vesper", "À bord de la sonde, le spectromètre Vesper, traquera les gaz soufrés."),
    ("uk", "Міра Галден", "Міра Галден, інженерка порту, сказала, що роботи триватимуть два тижні."),
    ("uk", "Міра Галден", "Про це сказала керівниця «Берег Енерго» Міра Галден на зустрічі з людьми."),
    ("uk", "Герроу", "Вода перелилася через гребінь там, де стоїть дамба Герроу, вище за місто."),
    ("tr", "Mira Halden", "Liman mühendisi Mira Halden, işin iki hafta süreceğini söyledi."),
    ("tr", "Mira Halden", "Kırk araçlık bir şirketi işleten Mira Halden da temkinli konuştu."),
    ("az", "Mira Halden", "Liman direktoru Mira Halden bildirib ki, liman cümə günü açılacaq."),
    ("az", "Harrou", "Su ilk gecə Harrou bəndi üzərindən aşıb və şəhərə axıb."),
    ("ar", "ميرا هالدن", "وقالت ميرا هالدن، مهندسة الميناء، إن العمل سيستغرق أسبوعين."),
    ("ar", "ميرا هالدن", "وقال مدير الطوارئ ميرا هالدن إن الحصيلة ليست نهائية بعد."),
    ("ar", "ميرا هالدن", "وروت ميرا هالدن، وهي معلمة أُجليت مع طفليها، أن الأسرة غادرت ليلا."),
    ("he", "מירה הלדן", "מירה הלדן, מהנדסת הנמל, אמרה כי העבודות יימשכו שבועיים."),
    ("he", "מירה הלדן", "מנהלת הנמל מירה הלדן אמרה כי העבודות יימשכו שבועיים."),
    ("he", "הארו", "המים עברו מעל סכר הארו בלילה הראשון."),
    ("hi", "मीरा हाल्डेन", "बंदरगाह निदेशक मीरा हाल्डेन ने कहा कि बंदरगाह शुक्रवार को खुलेगा।"),
    ("hi", "हैरो बांध", "हैरो बांध, जो 1961 में बना था, शहर से आठ किलोमीटर ऊपर है।"),
    ("zh", "米拉·哈尔登", "港务局局长米拉·哈尔登说，港口将于星期五重新开放。"),
    ("zh", "哈罗大坝", "哈罗大坝是一座1961年建成的土坝，位于城镇上游八公里处。"),
    ("ja", "ミラ・ハルデン", "港湾局長のミラ・ハルデン氏は、港は金曜日に再開すると述べた。"),
    ("ja", "ハロー・ダム", "ハロー・ダムは1961年に完成した土のダムである。"),
]

NOT_INTRODUCED = [
    ("en", "Mira Halden", "Mira Halden was first on the list, written in biro on the forearm."),
    ("en", "Southmere", "Maureen Stagg, whose family firm runs trucks out of Southmere, reckons so."),
    ("en", "Mike Dutcher", "With her were Council President Dale Kowalczyk, Mike Dutcher and Tom Feeney."),
    ("en", "Port Selwyn", "In Port Selwyn, the minister told reporters that all had been found."),
    ("de", "Kestrel", "Kestrel war nach 14 Monaten in eine Umlaufbahn eingeschwenkt."),
    ("de", "Maskat", "Das beschlossen die Minister der 14 Länder in Maskat."),
    ("es", "Tres Pozos", "En Tres Pozos, don Eulalio Macías enderezó una de sus lanchas."),
    ("fr", "Port Selwyn", "À Port Selwyn, la première ministre, Ada Corrigan, a annoncé une aide."),
    ("uk", "Міра Галден", "Про це в понеділок на зустрічі з людьми сказала Міра Галден."),
    ("tr", "Mira Halden", "Mira Halden cuma günü limana geldi ve balıkçılarla konuştu."),
    ("az", "Mira Halden", "Mira Halden cümə günü limana gəlib və balıqçılarla danışıb."),
    ("ar", "القاهرة", "وقال رفيق غالي، أستاذ هندسة السدود المقيم في القاهرة، إن الأمر خطير."),
    ("he", "מירה הלדן", "מירה הלדן אמרה כי העבודות יימשכו שבועיים."),
    ("hi", "मीरा हाल्डेन", "मीरा हाल्डेन ने शुक्रवार को कहा कि बंदरगाह खुलेगा।"),
    ("zh", "米拉·哈尔登", "米拉·哈尔登在星期五说，港口将重新开放。"),
    ("ja", "ミラ・ハルデン", "ミラ・ハルデン氏は金曜日に港を訪れた。"),
]


@pytest.mark.parametrize(("language", "name", "text"), INTRODUCED, ids=range(len(INTRODUCED)))
def test_a_sentence_that_introduces_a_name_is_given(language: str, name: str, text: str) -> None:
    telling = told(1, "", text, language=language)
    assert [one.text for one in definition(name, telling, [], NOW).statements] == [text]


@pytest.mark.parametrize(("language", "name", "text"), NOT_INTRODUCED, ids=range(len(NOT_INTRODUCED)))
def test_a_sentence_that_only_has_a_name_is_not(language: str, name: str, text: str) -> None:
    assert definition(name, told(1, "", text, language=language), [], NOW).silent
    assert introduces(name, text, language) < 1


def test_a_family_name_stands_for_the_whole_where_it_is_one_persons() -> None:
    first = "Walt Siebert told the crowd that the probe was about the size of a small van."
    second = "Siebert, a retired shop teacher, had a kitchen timer with him on the hill."
    people = (("person", "Walt Siebert"),)
    assert [one.text for one in definition("walt siebert", told(1, "", first, second), [], NOW).statements] == [second]
    two = told(1, "", first, second, names=(*people, ("person", "Ann Siebert")))
    assert definition("Walt Siebert", two, [], NOW).silent


def test_a_sentence_cut_out_of_speech_is_put_back_into_it() -> None:
    whole = (
        "« On a travaillé deux ans sur un miroir, raconte Benoît Lescop, l’opticien qui l’a fini à la main. "
        "Ma fille a demandé si on le voyait sur la photo. »"
    )
    found = definition("Benoît Lescop", told(1, "", whole, language="fr"), [], NOW).statements
    assert [one.text for one in found] == [whole]


def test_define_says_nothing_of_a_place_that_the_newswire_takes_as_known() -> None:
    assert definition("Muscat", newswire()["lakeside-courier/gas-prices-oil"], [], NOW).silent
