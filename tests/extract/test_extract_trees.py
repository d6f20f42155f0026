"""Trees: what they answer is what going down each by hand answers."""

import numpy as np
import numpy.typing as npt

from octavo.extract.body import judge
from octavo.extract.evidence import Matrix
from octavo.extract.network import Network
from octavo.extract.trees import Trees, trees


def test_two_small_trees_are_added_up() -> None:
    grown = Trees(
        columns=np.array([[0, 1, 1], [1, 0, 0]], np.uint16),
        limits=np.array([[0.5, 0.0, 2.0], [1.0, np.inf, np.inf]], np.float32),
        leaves=np.array([[1.0, 2.0, 3.0, 4.0], [10.0, 0.0, 20.0, 0.0]], np.float32),
        wide=2,
    )
    odds = {(0.5, 0.0): 11.0, (0.5, 0.1): 12.0, (0.6, 2.0): 23.0, (0.6, 2.1): 24.0}
    assert np.allclose(grown.log_odds(np.array(list(odds), np.float32)), list(odds.values()))


def test_every_row_is_judged_by_itself() -> None:
    rows = np.random.default_rng(0).random((1_100, trees().wide)).astype(np.float32)
    whole = trees().log_odds(rows)
    assert np.isfinite(whole).all()
    assert len(np.unique(whole)) > 1_000
    assert np.array_equal(whole[[0, 700, 1_099]], trees().log_odds(rows[[0, 700, 1_099]]))


def test_a_full_tree_has_a_leaf_more_than_inner_nodes() -> None:
    assert trees().leaves.shape[1] == trees().columns.shape[1] + 1
    assert int(trees().columns.max()) < trees().wide


def test_trees_are_asked_only_of_what_the_network_leaves_open() -> None:
    plain = Network(
        mean=np.zeros(1, np.float32),
        scale=np.ones(1, np.float32),
        hidden=np.ones((1, 1), np.float32),
        hidden_bias=np.zeros(1, np.float32),
        out=np.ones(1, np.float32),
        out_bias=-6.0,
    )
    asked: list[int] = []

    class Counting(Trees):
        def log_odds(self, evidence: Matrix) -> npt.NDArray[np.float64]:
            asked.append(len(evidence))
            return np.full(len(evidence), 4.0)

    grown = Counting(np.zeros((1, 1), np.uint16), np.zeros((1, 1), np.float32), np.zeros((1, 2), np.float32), 1)
    likely = judge(np.array([[0.0], [1.0], [6.0]], np.float32), plain, grown)
    assert asked == [1]
    assert np.allclose(np.log(likely / (1 - likely)), [-6.0, -5.0, 2.0])
