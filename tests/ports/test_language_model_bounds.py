"""What models may take: prompts at a time, tokens and money in a day, on both databases; where keys come from."""

import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from octavo import app, config
from octavo.actions.spending import KeptSpending
from octavo.adapters.language_models.limited import Limited, tokens_of
from octavo.adapters.language_models.off import OffModel
from octavo.adapters.secret_files import read_secret
from octavo.config import EmbeddingSettings, ModelSettings, ModelsSettings, Settings
from octavo.errors import ModelBusy, ModelError, SettingsError
from octavo.ports.database import Database
from octavo.ports.language_model import Piece, Prompt
from octavo.ports.spending import Spent
from octavo.store import model_spending

PROMPT = Prompt("answer/1", "r" * 150, "m" * 150, most_tokens=100)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOON.date()
READ = tokens_of("x" * 300) + 30


class Written:
    """A model that writes what it is told to, then fails if it is to."""

    def __init__(self, pieces: list[Piece], error: ModelError | None = None) -> None:
        self._pieces, self._error = pieces, error
        self.closed = False

    model, context = "written", 1000

    def write(self, prompt: Prompt) -> Generator[Piece]:
        yield from self._pieces
        if self._error:
            raise self._error

    def close(self) -> None:
        self.closed = True


WHOLE = [Piece("one "), Piece("two"), Piece("", True, 70, 5, "written")]
Spend = Callable[..., Limited]


@pytest.fixture
def clock() -> list[datetime]:
    return [NOON]


@pytest.fixture
def limited(database: Database, clock: list[datetime]) -> Spend:
    def make(model: Written, **bounds: float) -> Limited:
        settings = ModelSettings.model_validate({"name": "one"} | bounds)
        return Limited(model, settings, KeptSpending(database, lambda: clock[-1]))

    return make


def spent(database: Database, day: date = TODAY) -> Spent:
    with database.read() as read:
        return model_spending.of(read, day, "one")


def test_what_an_answer_took_is_kept(database: Database, limited: Spend) -> None:
    model = limited(Written(WHOLE), price_in=3.0, price_out=15.0)
    assert [*model.write(PROMPT)] == WHOLE
    assert spent(database) == Spent(TODAY, "one", 1, 70, 5, 70 * 3 + 5 * 15)
    [*model.write(PROMPT)]
    assert spent(database).asked == 2
    with database.read() as read:
        assert model_spending.since(read, TODAY) == [spent(database)]
        assert model_spending.since(read, TODAY + timedelta(days=1)) == []
    assert (model.model, model.context) == ("written", 1000)


def test_the_largest_answer_counts_before_it_is_asked_for(database: Database, limited: Spend) -> None:
    with closing(limited(Written(WHOLE)).write(PROMPT)) as pieces:
        next(pieces)
        assert spent(database) == Spent(TODAY, "one", 1, READ, 100)


def test_an_answer_that_was_cut_off_counts_as_it_is_estimated(database: Database, limited: Spend) -> None:
    with closing(limited(Written(WHOLE)).write(PROMPT)) as pieces:
        next(pieces)
    assert spent(database) == Spent(TODAY, "one", 1, READ, tokens_of("one "))
    with pytest.raises(ModelError, match="gone"):
        [*limited(Written(WHOLE[:1], ModelError("gone"))).write(PROMPT)]
    assert spent(database).tokens_out == 2 * tokens_of("one ")


@pytest.mark.parametrize(
    "bounds", [{"daily_tokens": READ + 100 + 75}, {"daily_price": (READ + 175) / 1e6, "price_in": 1, "price_out": 1}]
)
def test_a_day_has_a_budget_which_a_restart_does_not_renew(
    database: Database, limited: Spend, clock: list[datetime], bounds: dict[str, float]
) -> None:
    for _ in range(2):
        [*limited(Written(WHOLE), **bounds).write(PROMPT)]
    before = spent(database)
    with pytest.raises(ModelBusy, match="spent; it counts anew at 00:00 UTC"):
        next(limited(Written(WHOLE), **bounds).write(PROMPT))
    assert spent(database) == before, "what was not asked is not counted"
    clock.append(NOON + timedelta(hours=12))
    assert [*limited(Written(WHOLE), **bounds).write(PROMPT)] == WHOLE


def test_processes_that_ask_at_once_share_one_budget(database: Database, limited: Spend) -> None:
    refused: list[str] = []

    def ask() -> None:
        try:
            [*limited(Written(WHOLE), daily_tokens=2 * (READ + 100)).write(PROMPT)]
        except ModelBusy as error:
            refused.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert spent(database).tokens_in + spent(database).tokens_out <= 2 * (READ + 100)
    assert spent(database).asked == 8 - len(refused)


def test_so_many_at_a_time(limited: Spend) -> None:
    model = limited(Written(WHOLE), at_once=1)
    with closing(model.write(PROMPT)) as pieces:
        next(pieces)
        with pytest.raises(ModelBusy, match="1 answers already"):
            next(model.write(PROMPT))
    assert [*model.write(PROMPT)] == WHOLE
    with pytest.raises(ModelError, match="gone"):
        [*limited(Written([], ModelError("gone"))).write(PROMPT)]
    model.close()


def key_of(one: ModelSettings | EmbeddingSettings, folder: str) -> str:
    return read_secret(one.key, one.key_name, folder, "key_name")


def test_keys_come_from_settings_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "hosted").write_text("sk-from-a-file\n")
    (tmp_path / "broken").write_text("two\nlines")
    assert key_of(ModelSettings(name="a"), "") == ""
    assert key_of(ModelSettings.model_validate({"name": "a", "key": "sk-plain"}), "") == "sk-plain"
    assert key_of(ModelSettings(name="a", key_name="hosted"), str(tmp_path)) == "sk-from-a-file"
    assert key_of(EmbeddingSettings(key_name="hosted"), str(tmp_path)) == "sk-from-a-file"
    for name, folder, match in (("hosted", "", "secrets_dir"), ("none", str(tmp_path), "cannot be read"),
                                ("broken", str(tmp_path), "no line of"), ("..", str(tmp_path), "cannot")):  # fmt: skip
        with pytest.raises(SettingsError, match=match) as caught:
            key_of(ModelSettings(name="a", key_name=name), folder)
        assert "two" not in str(caught.value)


SECRET = "sk-very-secret-0123456789"


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": SECRET},
        {"name": "a", "key": [SECRET]},
        {"name": "a", "key": SECRET, "address": f"http://user:{SECRET}@host/v1"},
        {"name": "a", "key": SECRET, "surplus": SECRET},
        {"name": "a", "key": SECRET, "context": SECRET},
    ],
)
def test_a_setting_that_makes_no_sense_does_not_tell_the_key(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=r"models\.order") as caught:
        config.load(models={"order": [wrong]})
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_child_processes_get_the_key_and_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    models = ModelsSettings.model_validate({"order": [{"name": "a", "key": SECRET}]})
    settings = Settings(models=models, embeddings=EmbeddingSettings.model_validate({"key": SECRET}))
    assert SECRET not in repr(settings) + settings.model_dump_json() + str(settings.model_dump())
    for name, value in config.as_environment(settings).items():
        if name.startswith(("OCTAVO_MODELS", "OCTAVO_EMBEDDINGS")):
            monkeypatch.setenv(name, value)
    again = config.load()
    assert (again.models, again.embeddings) == (settings.models, settings.embeddings)


def test_without_a_model_nothing_of_one_is_loaded(tmp_path: Path) -> None:
    program = (
        "import sys; from octavo import app, config\n"
        "with app.open_tools(config.load()) as tools: assert tools.language_model.model == ''\n"
        "print([one for one in sys.modules if 'openai' in one or 'xllama' in one or one.endswith('servers.server')])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_two_models_of_one_name_make_no_sense() -> None:
    with pytest.raises(SettingsError, match="two models have one name"):
        config.load(models={"order": [{"name": "a"}, {"name": "a"}]})


def test_settings_make_the_models(sqlite_database: Database) -> None:
    assert isinstance(app.make_language_model(Settings(), sqlite_database, lambda: NOON), OffModel)
    order = [
        {"name": "near", "address": "http://127.0.0.1:9/v1", "model": "small", "context": 2048},
        {"name": "far", "adapter": "anthropic", "model": "large", "key": SECRET, "context": 200_000},
    ]
    settings = config.load(models={"order": order})
    made = app.make_language_model(settings, sqlite_database, lambda: NOON)
    assert (made.model, made.context) == ("small", 2048)
    assert [*app.make_models(settings, sqlite_database, lambda: NOON)] == ["near", "far"]
    made.close()


@pytest.mark.parametrize(
    ("order", "match"),
    [
        ({"name": "a"}, "address"),
        ({"name": "a", "adapter": "anthropic"}, "needs a model"),
        ({"name": "a", "adapter": "local", "model": "/no/such.gguf"}, "GGUF"),
        ({"name": "a", "adapter": "loud"}, "no adapter called 'loud'"),
    ],
)
def test_a_model_that_cannot_be_made_is_a_setting_that_makes_no_sense(
    sqlite_database: Database, order: dict[str, str], match: str
) -> None:
    with pytest.raises(SettingsError, match=match):
        app.make_language_model(config.load(models={"order": [order]}), sqlite_database, lambda: NOON)
