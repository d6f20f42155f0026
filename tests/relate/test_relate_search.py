"""How finds are weighed against a long question. All texts are fictional."""

from octavo.relate.search import MOST, Text, telling, weigh

EN = ("en",)


def test_plain_words_are_not_searched_for() -> None:
    assert telling("What did they of Tessaly say about the ferry?", EN) == ["tessaly", "ferry"]
    assert telling("who is it of the and", EN) == []
    assert telling("", EN) == []


def test_forms_of_a_word_are_one_word() -> None:
    assert len(telling("Tessalian Tessalians elections election", EN)) == 2


def test_a_word_is_as_plain_as_in_its_plainest_language() -> None:
    assert telling("élections dans les Orrinais", ("fr",)) == ["orrinais", "elections"]
    assert "dans" in telling("dans les Orrinais", ("en",))
    assert "dans" not in telling("dans les Orrinais", ("en", "fr"))


def test_scripts_without_spaces_are_searched_by_pairs() -> None:
    assert set(telling("新港口计划", ("zh",))) == {"新港", "港口", "口计", "计划"}
    near, far = Text("市长宣布新的港口计划", "港口计划明年开始。"), Text("市长谈学校", "学校明年开学。")
    worth = weigh("港口计划", ("zh",), [far, near])
    assert worth[1] > worth[0] == 0.0


def test_rare_words_count_more_than_plain_ones() -> None:
    rare, plain = Text("Ferry to Varnholm", "A report."), Text("Ferry policy", "A policy report.")
    assert [*weigh("ferry policy in Varnholm", EN, [plain, rare])] == sorted(
        weigh("ferry policy in Varnholm", EN, [plain, rare])
    )


def test_a_form_of_a_word_answers_for_it() -> None:
    found = weigh("Indonesia and Malaysia", EN, [Text("Indonesian, Malaysian ministers meet", ""), Text("A cup", "")])
    assert found[0] > found[1] == 0.0


def test_the_best_finds_lend_their_words() -> None:
    best = Text("Harrow dam breaks", "Harrow dam broke as storm Ilva drove the Varn over its crest. Ilva Varn Harrow.")
    kin = Text("A dam in the news", "Storm Ilva and the river Varn: what happened.")
    stranger = Text("A dam in the news", "Budget and the river Orrin: what happened.")
    worth = weigh("Harrow dam", EN, [best, stranger, kin])
    assert worth[0] > worth[2] > worth[1] > 0.0


def test_a_text_of_none_of_the_words_is_worth_nothing() -> None:
    assert weigh("Harrow dam", EN, [Text("", ""), Text("Cup", "Final")]) == [0.0, 0.0]
    assert weigh("", EN, [Text("Cup", "Final")]) == [0.0]
    assert weigh("Harrow dam", EN, []) == []


def test_the_work_is_bounded() -> None:
    assert len(telling(" ".join(f"name{number}x" for number in range(1000)), EN)) == MOST
