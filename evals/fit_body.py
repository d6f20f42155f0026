"""Fit what judges the pieces of a page, on pages whose text is known; or tell how well that generalises.

    python evals/fit_body.py --shared ../shared                 writes src/octavo/data/body_*.npz
    python evals/fit_body.py --shared ../shared --folds 5       writes nothing: each fifth judged by the other four

A piece of text is the article's when most of its runs of three tokens stand in the gold text. Every page weighs the
same. No host is in two folds. What is fitted holds no text of any page. Fit anew when extract/evidence.py changes its
columns. Needs LightGBM: `pip install -e '.[fit]'`.
"""

import argparse
import gzip
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import lightgbm
import numpy as np
import numpy.typing as npt
from extraction import NOW, TOKEN, full_text, pages, tenth, token_f1

from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract import body
from octavo.extract.article import extract_article
from octavo.extract.evidence import gather
from octavo.extract.headline import known_of
from octavo.extract.layout import Layout
from octavo.extract.network import Network
from octavo.extract.structured import read_statements
from octavo.extract.trees import Trees
from octavo.extract.walk import lay_out
from octavo.text.html import decode, parse
from octavo.text.urls import host_of

DATA_FOLDER = Path(__file__).resolve().parent.parent / "src" / "octavo" / "data"
NETWORK_FILE, TREES_FILE = DATA_FOLDER / "body_weights.npz", DATA_FOLDER / "body_trees.npz"
HIDDEN, EPOCHS, BATCH, RATE, DECAY, DROPPED = 32, 10, 512, 2e-3, 1e-2, 0.1
COLUMNS = 275  # of the evidence, for the network: those of extract/context.py made it no better
SEEDS = (0, 1, 2)
TREES, DEPTH = 300, 6
SETTINGS = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 31, "max_depth": DEPTH, "min_data_in_leaf": 40,
    "feature_fraction": 0.4, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "max_bin": 63, "seed": 0,
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
Floats = npt.NDArray[np.float32]


@dataclass
class Page:
    """One page: evidence, labels and weights of its pieces."""

    gold: dict[str, Any]
    source: PageSource
    layout: Layout
    evidence: Floats
    labels: Floats
    counts: Floats

    @property
    def weights(self) -> Floats:
        of_article = max(1.0, float((self.counts * self.labels).sum()))
        return ((np.minimum(self.counts, 80) + 1) / (of_article + 100) * 20).astype(np.float32)


def read(shared: Path) -> list[Page]:
    found = []
    for page, gold in pages(shared):
        html = gzip.decompress((shared / "data" / "pages" / page["file"]).read_bytes())
        tree = parse(decode(html))
        if tree.body is None:
            continue
        layout = lay_out(tree.body)
        if layout.pieces:
            evidence = gather(layout, known_of(read_statements(tree), gold["url"]))
            source = PageSource(url=gold["url"], html=html)
            found.append(Page(gold, source, layout, evidence, *label(layout, gold["text"])))
    return found


def label(layout: Layout, text: str) -> tuple[Floats, Floats]:
    """Label each piece 1.0 when it is the gold text's, and count its tokens."""
    lines = [TOKEN.findall(line.lower()) for line in text.split("\n")]
    flat = [token for line in lines for token in line]
    triples = {tuple(flat[i : i + 3]) for i in range(len(flat) - 2)}
    whole, joined = {"".join(line) for line in lines}, "".join(flat)
    labels, counts = np.zeros(len(layout.pieces), np.float32), np.zeros(len(layout.pieces), np.float32)
    short: list[tuple[int, bool]] = []
    for number, piece in enumerate(layout.pieces):
        tokens = TOKEN.findall(piece.text.lower())
        counts[number] = len(tokens)
        if len(tokens) >= 5:
            hits = sum(tuple(tokens[i : i + 3]) in triples for i in range(len(tokens) - 2))
            labels[number] = hits / (len(tokens) - 2) >= 0.6
        else:
            plain = "".join(tokens)
            if plain in whole or (len(plain) >= 3 and plain in joined):
                short.append((number, plain in whole))
    long = labels.copy()
    for number, sure in short:
        before, after = long[max(0, number - 6) : number].any(), long[number + 1 : number + 7].any()
        labels[number] = (before and after) or (sure and (before or after))
    return labels, counts


def grow_trees(chosen: list[Page]) -> Trees:
    """Grow trees by gradient boosting (LightGBM), and lay them out as full ones."""
    evidence = np.vstack([page.evidence for page in chosen])
    labels = np.concatenate([page.labels for page in chosen])
    weights = np.concatenate([page.weights for page in chosen])
    grown = lightgbm.train(SETTINGS, lightgbm.Dataset(evidence, labels, weight=weights), TREES).dump_model()
    inner = 2**DEPTH - 1
    columns = np.zeros((TREES, inner), np.uint16)
    limits = np.full((TREES, inner), np.inf, np.float32)
    leaves = np.zeros((TREES, inner + 1), np.float32)
    for number, tree in enumerate(grown["tree_info"]):
        lay(tree["tree_structure"], 0, columns[number], limits[number], leaves[number])
    return Trees(columns, limits, leaves, evidence.shape[1])


def lay(branch: dict[str, Any], node: int, columns: npt.NDArray[np.uint16], limits: Floats, leaves: Floats) -> None:
    """Copy a branch to its place; a leaf above the lowest level is reached by always going left."""
    if node >= len(columns):
        leaves[node - len(columns)] = branch["leaf_value"]
    elif "leaf_value" in branch:
        lay(branch, 2 * node + 1, columns, limits, leaves)
    else:
        columns[node], limits[node] = branch["split_feature"], branch["threshold"]
        lay(branch["left_child"], 2 * node + 1, columns, limits, leaves)
        lay(branch["right_child"], 2 * node + 2, columns, limits, leaves)


def fit_network(chosen: list[Page]) -> Network:
    """Fit one network a seed and join them into one that averages their logits."""
    evidence = np.vstack([page.evidence[:, :COLUMNS] for page in chosen])
    labels = np.concatenate([page.labels for page in chosen])
    weights = np.concatenate([page.weights for page in chosen])
    mean, scale = evidence.mean(0), 1 / (evidence.std(0) + 0.05)
    rows = ((evidence - mean) * scale).astype(np.float32)
    nets = [descend(rows, labels, weights, seed) for seed in SEEDS]
    return Network(
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        hidden=np.hstack([net[0] for net in nets]),
        hidden_bias=np.concatenate([net[1] for net in nets]),
        out=(np.concatenate([net[2][:, 0] for net in nets]) / len(nets)).astype(np.float32),
        out_bias=float(np.mean([net[3][0] for net in nets])),
    )


def descend(rows: Floats, labels: Floats, weights: Floats, seed: int) -> list[Floats]:
    """Minimise weighted cross-entropy with Adam, some inputs dropped at random."""
    random = np.random.default_rng(seed)
    wide = rows.shape[1]
    net = [
        random.normal(0, wide**-0.5, (wide, HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        random.normal(0, HIDDEN**-0.5, (HIDDEN, 1)).astype(np.float32),
        np.zeros(1, np.float32),
    ]
    first, second = [np.zeros_like(part) for part in net], [np.zeros_like(part) for part in net]
    steps, step = EPOCHS * (len(rows) // BATCH), 0
    for _ in range(EPOCHS):
        order = random.permutation(len(rows))
        for start in range(0, len(rows) - BATCH + 1, BATCH):
            step += 1
            batch = order[start : start + BATCH]
            x = rows[batch] * (random.random((BATCH, wide)) > DROPPED).astype(np.float32) / (1 - DROPPED)
            slopes = gradients(net, x, labels[batch], weights[batch])
            rate = RATE * (1 - step / steps) * min(1.0, step / 200)
            for k, slope in enumerate(slopes):
                first[k] = 0.9 * first[k] + 0.1 * slope
                second[k] = 0.999 * second[k] + 0.001 * slope**2
                move = first[k] / (1 - 0.9**step) / (np.sqrt(second[k] / (1 - 0.999**step)) + 1e-8)
                net[k] -= rate * (move + (DECAY * net[k] if net[k].ndim == 2 else 0))
    return net


def gradients(net: list[Floats], x: Floats, labels: Floats, weights: Floats) -> list[Floats]:
    inner = x @ net[0] + net[1]
    lit = np.maximum(inner, 0)
    said = 1 / (1 + np.exp(-(lit @ net[2] + net[3])[:, 0]))
    wrong = (((said - labels) * weights) / BATCH)[:, None].astype(np.float32)
    back = (wrong @ net[2].T) * (inner > 0)
    return [x.T @ back, back.sum(0), lit.T @ wrong, wrong.sum(0)]


def fit(chosen: list[Page]) -> tuple[Network, Trees]:
    return fit_network(chosen), grow_trees(chosen)


def score(page: Page, by_network: Network, by_trees: Trees) -> float:
    """Extract a page whole, judged by these instead of those that come with the program."""
    given = {"network": by_network, "trees": by_trees}
    with ExitStack() as stack:
        for name, value in given.items():
            stack.enter_context(patch.object(body, name, return_value=value))
        try:
            article = extract_article(page.source, now=NOW)
        except NotAnArticle:
            return 0.0
    return token_f1(full_text(article), page.gold["text"])


def folds(known: list[Page], count: int) -> None:
    """Judge each part of the pages by trees grown on the others, and print what that gives."""
    random = np.random.default_rng(1)
    part: dict[str, int] = {}
    for page in known:
        part.setdefault(host_of(page.gold["url"]), int(random.integers(count)))
    scores: dict[str, list[float]] = {}
    for fold in range(count):
        fitted = fit([page for page in known if part[host_of(page.gold["url"])] != fold])
        for page in known:
            if part[host_of(page.gold["url"])] == fold:
                scores.setdefault(page.gold["id"].partition("/")[0], []).append(score(page, *fitted))
    for name, values in scores.items():
        below = sum(value < 0.5 for value in values)
        print(f"{name:8} body {np.mean(values):.4f}  worst tenth {tenth(values):.4f}  below half {below}")


def write(network: Network, trees: Trees) -> None:
    half = {name: getattr(network, name).astype(np.float16) for name in ("hidden", "hidden_bias", "out")}
    bias = np.array([network.out_bias], np.float32)
    np.savez_compressed(NETWORK_FILE, mean=network.mean, scale=network.scale, out_bias=bias, **half)
    leaves, wide = trees.leaves.astype(np.float16), np.array([trees.wide])
    np.savez_compressed(TREES_FILE, columns=trees.columns, limits=trees.limits, leaves=leaves, wide=wide)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folds", type=int, default=0)
    chosen = parser.parse_args()
    known = read(chosen.shared)
    if chosen.folds:
        folds(known, chosen.folds)
        return
    fitted = fit(known)
    write(*fitted)
    values = [score(page, *fitted) for page in known]
    size = TREES_FILE.stat().st_size + NETWORK_FILE.stat().st_size
    print(f"{size} bytes; on the pages it was fitted on, body {np.mean(values):.4f}")


if __name__ == "__main__":
    main()
