"""Fit the weights that choose a page's authors, on pages whose authors are known; or tell how well that generalises.

    python evals/fit_bylines.py --shared ../shared              writes src/octavo/data/bylines/weights.toml
    python evals/fit_bylines.py --shared ../shared --folds 8    writes nothing: each eighth judged by the others

Each reading of a page's author lines has an F1 over names against the gold; the weights are those under which the
expected log F1 is highest when readings are drawn by softmax, held near weights set by hand (PRIOR) by a penalty. No
site is in two folds. The weights hold no text of any page. Fit anew when extract/authorship.py changes what it weighs.
"""

import argparse
import gzip
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from extraction import names_f1, pages

from octavo.errors import NotAnArticle
from octavo.extract.attribution import Source, gather_claims
from octavo.extract.authorship import gather, readings, weigh
from octavo.extract.body import choose
from octavo.extract.byline import setting_of
from octavo.extract.headline import known_of
from octavo.extract.metadata import choose_main, site_name
from octavo.extract.structured import read_statements
from octavo.extract.walk import lay_out
from octavo.text.html import decode, parse
from octavo.text.urls import host_of

OUT = Path(__file__).resolve().parent.parent / "src" / "octavo" / "data" / "bylines" / "weights.toml"
PENALTY, STEPS, RATE, NEWS = 4.0, 400, 0.05, 2.0  # NEWS: how many times a news page counts
LEAST = 0.005
PRIOR = {
    "nothing": -1.4, "nobody": -0.8, "with_person": 1.0, "with_plain": 0.6, "with_meta": 0.8, "with_label": 0.6,
    "with_byline_near": 1.0, "with_author_near": 0.8, "with_by_above": 1.2, "with_by_behind": 0.5, "with_more": 0.7,
    "with_alone_first": 0.6, "with_alone_last": 0.5, "with_alone_dated": 0.6, "with_dated": 0.6,
    "with_author_behind": 0.3, "with_byline_behind": 0.3, "with_feed": 1.0, "with_other": -2.0, "agreeing": 1.2,
    "common": -1.2, "strange": -0.3, "given": 0.5, "unstated": -1.0, "extends": 1.0, "thin": -0.8,
    "lacks_person": -0.6, "lacks_by_above": -0.6, "lacks_byline_near": -0.6, "is_alone": -0.7,
    "is_alone_behind": -1.0, "is_about": -0.8, "is_site": -0.5, "is_linked": -0.3, "is_byline_far": -0.7,
    "is_author_far": -0.5, "outlet_stated": 1.0, "person_offered": -2.5, "person_printed": -0.7, "long": -1.0,
    "loose": -1.5,
}  # fmt: skip
Floats = npt.NDArray[np.float64]


@dataclass
class Page:
    """One page: what speaks for each of its readings, and the F1 of each; the first is to name nobody."""

    id: str
    site: str
    evidence: list[dict[str, float]]
    scores: Floats


def read(shared: Path) -> list[Page]:
    found = []
    for page, gold in pages(shared):
        if not gold["authors"]:
            continue
        tree = parse(decode(gzip.decompress((shared / "data" / "pages" / page["file"]).read_bytes())))
        if tree.body is None:
            raise NotAnArticle(gold["id"])
        layout, statements = lay_out(tree.body), read_statements(tree)
        main = choose_main(statements, layout, page["url"])
        body = choose(layout, known_of(statements, page["url"]))
        source = Source(statements, main, layout, body.chosen, site_name(statements, main, ""))
        claims, setting = gather_claims(source), setting_of(source)
        offered, offers = readings(claims, setting), gather(claims, setting)
        evidence = [{"nothing": 1.0}, *(weigh(reading, offers, setting) for reading in offered)]
        scores = [0.0, *(names_f1(list(reading.names.values()), gold["authors"]) for reading in offered)]
        found.append(Page(gold["id"], ".".join(host_of(page["url"]).split(".")[-2:]), evidence, np.array(scores)))
    return found


def matrix(page: Page, columns: dict[str, int]) -> Floats:
    rows = np.zeros((len(page.evidence), len(columns)))
    for number, evidence in enumerate(page.evidence):
        for name, value in evidence.items():
            rows[number, columns[name]] = value
    return rows


def fit(of: list[Page], columns: dict[str, int]) -> Floats:
    rows, scores = np.vstack([matrix(page, columns) for page in of]), np.concatenate([page.scores for page in of])
    owner = np.concatenate([np.full(len(page.scores), number) for number, page in enumerate(of)])
    counts = np.array([NEWS if page.id.startswith("fundus") else 1.0 for page in of])[owner]
    prior = np.array([PRIOR.get(name, 0.0) for name in columns])
    weights, mean, square = prior.copy(), np.zeros(len(columns)), np.zeros(len(columns))
    for step in range(1, STEPS + 1):
        said = rows @ weights
        most = np.full(len(of), -np.inf)
        np.maximum.at(most, owner, said)
        drawn = np.exp(said - most[owner])
        drawn /= np.bincount(owner, drawn)[owner]
        expected = np.bincount(owner, drawn * scores)[owner]
        slope = counts * drawn * (scores - expected) / np.maximum(expected, 0.05)
        gradient = (PENALTY * (weights - prior) - rows.T @ slope) / len(of)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def judge(of: list[Page], columns: dict[str, int], weights_of: Callable[[Page], Floats]) -> dict[str, float]:
    scores: dict[str, list[float]] = defaultdict(list)
    for page in of:
        best = int((matrix(page, columns) @ weights_of(page)).argmax())
        scores[page.id.partition("/")[0]].append(float(page.scores[best]))
    return {name: round(sum(values) / len(values), 4) for name, values in scores.items()}


def cross(of: list[Page], columns: dict[str, int], folds: int, seed: int) -> dict[str, float]:
    sites = sorted({page.site for page in of})
    random.Random(seed).shuffle(sites)  # noqa: S311 — a split, no secret
    fold = {site: number % folds for number, site in enumerate(sites)}
    fitted = [fit([page for page in of if fold[page.site] != number], columns) for number in range(folds)]
    return judge(of, columns, lambda page: fitted[fold[page.site]])


def write(weights: Floats, columns: dict[str, int]) -> None:
    known = sorted((name, round(float(weights[column]), 3)) for name, column in columns.items())
    lines = [f"{name} = {value}" for name, value in known if abs(value) >= LEAST]
    head = "# Fitted by evals/fit_bylines.py: how much each kind of agreement speaks for an answer to who wrote a page."
    OUT.write_text("\n".join([head, "[weights]", *lines, ""]), encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--folds", type=int, default=0)
    chosen = options.parse_args()
    of = read(chosen.shared)
    columns: dict[str, int] = {}
    for name in [*PRIOR, *(name for page in of for evidence in page.evidence for name in evidence)]:
        columns.setdefault(name, len(columns))
    if chosen.folds:
        for seed in (1, 2, 3):
            print(f"split {seed}", cross(of, columns, chosen.folds, seed))
        return
    weights = fit(of, columns)
    write(weights, columns)
    print(judge(of, columns, lambda page: weights))


if __name__ == "__main__":
    main()
