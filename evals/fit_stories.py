"""Fit the weights by which a window's stories are settled, on pairs of articles of the labelled streams.

Every stream counts the same, and so do all its articles at once and windows of few of them, which is what a young
instance has. Of each story so many pairs are taken, or one long story would say it all; of articles that are of two
stories, those near each other and others alike. Prints data/stories/weights.toml; with --held-back how
well stories are clustered that the weights never saw, of each stream by half, and by weights that never saw the stream.

python evals/fit_stories.py --shared ../shared > src/octavo/data/stories/weights.toml
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
from stories import STREAMS, candidates, metrics, newswire, stream

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.domain.relation import Candidate
from octavo.enrich.article import enrich_articles
from octavo.relate.profile import profile
from octavo.relate.regroup import regroup
from octavo.relate.window import BASE, Table, context, crowded, evidence, smoothed, weighed

Matrix = np.ndarray
Set = tuple[list[Candidate], list[str]]

PENALTY, APART = 1e-3, 0.05
"""Strength by which weights are held small, of signs of one size, and those of each corner near what all have in
common: what is fitted on few streams alone holds for no other."""

WRONG = 20.0
"""Strength by which a sign is kept from telling the contrary of what it means."""

STEPS = 25

PER_STORY, NEAREST = 100, 30
LEVELS = np.arange(-1.5, 1.6, 0.25)
"""Tried as what is added for headlines, and for texts: pairs are drawn, so their share of right ones tells nothing."""

SMALL = {5: 24, 12: 12, 30: 6, 80: 3, 200: 2}
"""Windows of few articles, by their size, and how many of each are drawn of a stream."""

MATES, MOST_OF = 0.4, 0.7
"""How often an article drawn for one brings another of its story; of a stream no more than such a part is drawn."""

UNDATED = 0.5
"""How much a stream without dates counts when levels are chosen: two days of one matter are harder to tell apart in it
than they ever are in life."""

FEW = "few"

BY_WORDS = (FEW, "words", "near_words", "sounds", "near_sounds", "keys", "days")
SIGNS = {"vectors": ("nearer", "near", *BY_WORDS), "words": BY_WORDS}
MEANS = {"days": -1.0, FEW: 0.0, BASE: 0.0}
"""What more of a sign tells: of one event unless said otherwise; few articles and the base tell nothing."""

BY_LIKENESS = ("dense", "words", "sounds")

ROUNDS = (0.25, 0.0, -0.5, 0.0)
"""Added to the levels of headlines in two languages, texts, headlines in one, and texts: a stream that is settled round
by round (evals/stories.py) joins fewer across languages, and more within one, than one that is clustered whole."""


class Window:
    """A stream's evidence, all articles at once, and what is of one story; with vectors, or as if there were none."""

    def __init__(self, listed: Sequence[Candidate], gold: Sequence[str], part: str, scores: ModuleType) -> None:
        shown = listed if part == "vectors" else [replace(one, vector=b"", model="") for one in listed]
        made = [profile(one) for one in shown]
        self.gold = np.unique(np.array(gold), return_inverse=True)[1]
        self.full, self.tongue = context(made)
        self.seen, signs = evidence(made)
        self.signs = crowded(signs, len(made))
        self.names, self.scores = SIGNS[part], scores

    def kind(self) -> tuple[bool, bool]:
        """Tell whether it is mostly of whole texts; of headlines also whether they are mostly in one language."""
        texts = bool(self.full.mean() > 0.5)
        return texts, not texts and bool(self.tongue.mean() > 0.5)

    def rows(self, one: Matrix, other: Matrix) -> Matrix:
        """Give the signs of some pairs, and 1: all, then by corner: headlines and texts in two languages, then in one.

        Of shape pairs x 5 x signs.
        """
        full, tongue = self.full[one, other], self.tongue[one, other]
        corners = (
            np.ones_like(full),
            (1 - full) * (1 - tongue),
            full * (1 - tongue),
            (1 - full) * tongue,
            full * tongue,
        )
        shown = np.stack([*(self.signs[name][one, other] for name in self.names), np.ones_like(full)], axis=1)
        found: Matrix = shown[:, None, :] * np.stack(corners, axis=1)[:, :, None]
        return found

    def pairs(self, drawn: np.random.Generator) -> tuple[Matrix, Matrix]:
        """Draw pairs of one story and of two; gives their signs and which are of one."""
        near = np.zeros(self.full.shape, bool)
        for name in BY_LIKENESS:
            top = np.argsort(-self.signs[name], axis=1)[:, :NEAREST]
            near[np.arange(len(near))[:, None], top] = True
        one, other = np.triu_indices(len(self.gold), 1)
        right = self.gold[one] == self.gold[other]
        close = (near | near.T)[one, other]
        kept = []
        for story in np.unique(self.gold):
            its = np.flatnonzero(right & (self.gold[one] == story))
            kept.append(drawn.choice(its, min(len(its), PER_STORY), replace=False))
        chosen = np.concatenate(kept)
        wrong = [np.flatnonzero(~right & close), np.flatnonzero(~right & ~close)]
        most = 2 * len(chosen) + 2000
        chosen = np.concatenate([chosen, *(drawn.choice(some, min(len(some), most), replace=False) for some in wrong)])
        if "nearer" in self.names:
            chosen = chosen[self.seen[one[chosen], other[chosen]]]
        return self.rows(one[chosen], other[chosen]), right[chosen]


class Stream:
    """All articles of a stream at once, and windows of few of them."""

    def __init__(self, one: Set, part: str, scores: ModuleType, seed: int = 7) -> None:
        drawn = np.random.default_rng(seed)
        self.whole = Window(*one, part, scores)
        self.told = 1.0 if len({candidate.at for candidate in one[0]}) > 1 else UNDATED
        self.small = [
            [Window(*few(one, size, drawn), part, scores) for _ in range(count)]
            for size, count in SMALL.items()
            if size <= MOST_OF * len(one[0])
        ]

    def groups(self) -> list[list[Window]]:
        """Give the windows by size, and each size's share in the stream."""
        return [[self.whole], *self.small]

    def weight(self, group: int) -> float:
        """How much a group of windows counts: all small ones as much as the whole."""
        return 1.0 if group == 0 else 1.0 / len(self.small)

    def joined(self, table: Table) -> float:
        """Say how well windows of few are clustered by these weights: pairwise F1, the mean over their sizes."""
        return float(np.mean([_pooled(some, table) for some in self.small]))


def few(one: Set, size: int, drawn: np.random.Generator) -> Set:
    """Draw a window of few articles, some of them with another of their story."""
    listed, gold = one
    chosen: set[int] = set()
    while len(chosen) < size:
        number = int(drawn.integers(len(listed)))
        mates = [other for other, story in enumerate(gold) if story == gold[number] and other != number]
        chosen.add(number)
        if mates and drawn.random() < MATES:
            chosen.add(int(drawn.choice(mates)))
    return [listed[number] for number in sorted(chosen)], [gold[number] for number in sorted(chosen)]


def _pooled(windows: Sequence[Window], table: Table) -> float:
    right = wrong = missed = 0
    for one in windows:
        closeness = weighed(table, one.signs, one.full, one.tongue)
        found = np.array(regroup(smoothed(closeness.astype(np.float32))))
        upper = np.triu_indices(len(found), 1)
        same = (one.gold[:, None] == one.gold[None])[upper]
        joined = (found[:, None] == found[None])[upper]
        right, wrong = right + int((same & joined).sum()), wrong + int((~same & joined).sum())
        missed += int((same & ~joined).sum())
    return 2 * right / max(1, 2 * right + wrong + missed)


def read(shared: Path) -> dict[str, Set]:
    """Read the streams and the newswire."""
    found, embedder = {}, LocalEmbedder()
    for name in STREAMS:
        articles, gold = stream(shared, name)
        found[name] = candidates(articles, enrich_articles(articles, embedder)), gold
    found["newswire"] = newswire()
    return found


def half(one: Set, which: int) -> Set:
    """Give every other story of a stream, drawn by lot."""
    listed, gold = one
    stories = np.random.default_rng(0).permutation(sorted(set(gold)))[which::2]
    kept = [number for number, story in enumerate(gold) if story in stories]
    return [listed[number] for number in kept], [gold[number] for number in kept]


def fit(streams: Sequence[Stream], rounds: Sequence[float] = (0.0, 0.0, 0.0, 0.0)) -> Table:
    """Fit logistic regression on pairs of these streams, then the levels from which stories cluster best."""
    rows, right, weight = _drawn(streams)
    spread = np.sqrt((rows[:, 0] ** 2).mean(axis=0)) + 1e-6
    names = (*streams[0].whole.names, BASE)
    means = np.array([MEANS.get(name, 1.0) for name in names])
    fitted = _logistic(rows / spread, right, weight / weight.sum(), means)
    corners = (fitted[0] + fitted[1:]) / spread
    corners[(corners * means < 0.0)] = 0.0
    table = {name: _row(corners[:, number]) for number, name in enumerate(names)}
    for name, score in ((BASE, _whole), (FEW, Stream.joined), (BASE, _whole)):
        corners[:, names.index(name)] += _levels(streams, table, name, score)
        table[name] = _row(corners[:, names.index(name)])
    return table | {BASE: _row(corners[:, -1] + rounds)}


def _drawn(streams: Sequence[Stream]) -> tuple[Matrix, Matrix, Matrix]:
    """Draw the pairs of all windows: their signs, which are of one story, and how much each counts."""
    drawn = np.random.default_rng(0)
    rows, right, weight = [], [], []
    for stream_of in streams:
        for number, group in enumerate(stream_of.groups()):
            pairs = [window.pairs(drawn) for window in group]
            rows.append(np.concatenate([one for one, _ in pairs]))
            right.append(np.concatenate([one for _, one in pairs]))
            weight.append(np.full(len(rows[-1]), stream_of.weight(number) / len(rows[-1])))
    return np.concatenate(rows), np.concatenate(right), np.concatenate(weight)


def _row(corners: Matrix) -> tuple[float, float, float, float]:
    """Turn weights of four corners into one that stands alone and what fullness, one language and both add."""
    two, full_two, one, full_one = (float(value) for value in corners)
    return two, full_two - two, one - two, full_one - full_two - one + two


def _logistic(rows: Matrix, right: Matrix, weight: Matrix, means: Matrix) -> Matrix:
    """Fit by Newton's steps (iteratively reweighted least squares), no sign against what it means: 5 x signs."""
    flat = rows.reshape(len(rows), -1)
    signs = rows.shape[2]
    held = np.repeat([PENALTY, *[APART] * 4], signs)
    held[signs - 1] = 0.0
    total = np.concatenate([np.tile(np.eye(signs), (4, 1)), np.eye(4 * signs)], axis=1)
    fitted = np.zeros(flat.shape[1])
    for _ in range(STEPS):
        likely = 1.0 / (1.0 + np.exp(-np.clip(flat @ fitted, -30, 30)))
        corner = total @ fitted
        wrong = corner * np.tile(means, 4) < 0.0
        slope = flat.T @ (weight * (likely - right)) + held * fitted + WRONG * (total[wrong].T @ corner[wrong])
        curve = (flat * (weight * likely * (1.0 - likely))[:, None]).T @ flat
        fitted -= np.linalg.solve(curve + np.diag(held + 1e-7) + WRONG * total[wrong].T @ total[wrong], slope)
    return fitted.reshape(5, signs)


def _levels(streams: Sequence[Stream], table: Table, name: str, score: Callable[[Stream, Table], float]) -> Matrix:
    """Choose what is added for headlines in two languages, texts, headlines in one, and texts again.

    Each by the streams that are mostly of these.
    """
    found = {}
    for texts, one_language in ((False, False), (False, True), (True, False)):
        some = [one for one in streams if one.whole.kind() == (texts, one_language)]
        scores = [
            sum(one.told * score(one, {**table, name: (table[name][0] + level, *table[name][1:])}) for one in some)
            for level in LEVELS
        ]
        found[texts, one_language] = float(LEVELS[int(np.argmax(scores))]) if some else None
    heads = [found[False, False], found[False, True]]
    known = [level for level in heads if level is not None]
    two, one = (level if level is not None else sum(known) / max(1, len(known)) for level in heads)
    return np.array([two, found[True, False] or 0.0, one, found[True, False] or 0.0])


def _whole(one: Stream, table: Table) -> float:
    return sum(scored(one.whole, table)) / 2


def clustered(window: Window, closeness: Matrix) -> tuple[float, float]:
    """Cluster a whole stream at once: BCubed and pairwise F1."""
    gold, found = window.gold.tolist(), regroup(smoothed(closeness.astype(np.float32))).tolist()
    return float(window.scores.bcubed(gold, found)["f1"]), float(window.scores.pairwise(gold, found)["f1"])


def scored(window: Window, table: Table) -> tuple[float, float]:
    """Say how well a stream is clustered by these weights."""
    return clustered(window, weighed(table, window.signs, window.full, window.tongue))


def held_back(sets: dict[str, Set], scores: ModuleType) -> None:
    """Print how stories cluster by weights that never saw them, or never saw their stream; then windows of few."""
    for part in SIGNS:
        halves = {name: [Stream(half(one, which), part, scores) for which in (0, 1)] for name, one in sets.items()}
        tables = [fit([pair[which] for pair in halves.values()]) for which in (0, 1)]
        for name, pair in halves.items():
            others = fit([one for other, two in halves.items() for one in two if other != name])
            for told, used in (("other stories", tables[::-1]), ("other streams", [others, others])):
                both = np.mean([scored(one.whole, table) for one, table in zip(pair, used, strict=True)], axis=0)
                small = np.mean([one.joined(table) for one, table in zip(pair, used, strict=True)])
                print(f"{part}, {name}, by {told}: {both[0]:.3f}/{both[1]:.3f}, few {small:.3f}", flush=True)


def main() -> None:
    """Print the weights, or with --held-back the scores of stories they were not fitted on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--held-back", action="store_true")
    options = parser.parse_args()
    sets, scores = read(options.shared), metrics(options.shared)
    if options.held_back:
        held_back(sets, scores)
        return
    print("# Fitted by evals/fit_stories.py: alone, times fullness, times one language, times both.")
    for part in SIGNS:
        print(f"\n[{part}]")
        for name, row in fit([Stream(one, part, scores) for one in sets.values()], ROUNDS).items():
            print(f"{name} = [{', '.join(f'{value:.4f}' for value in row)}]")


if __name__ == "__main__":
    main()
