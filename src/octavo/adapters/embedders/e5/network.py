"""The network as an ONNX graph, computed by onnxruntime with whole numbers of 8 bits.

Weights of 4 bits in blocks become weights of 7 bits in columns, and what goes into a product is brought to 8 bits row
by row, a row being one piece of a text (Dettmers et al. 2022, arXiv:2208.07339): one scale for a batch would follow the
few pieces that are ten times larger than the others, and make a vector depend on its neighbours. With 8 bits on both
sides, processors before VNNI, which add two products in 16 bits, would overflow; so every processor gives one result.
"""

from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from octavo.adapters.embedders.e5.weights import Weights, plain
from octavo.ports.vector_index import Vectors

MICROSOFT = "com.microsoft"
"""The domain of operators that onnxruntime brings besides the standard ones."""

LEAST = 1e-6
FURTHEST = 127
"""The largest number of 8 bits in a row, either way from the middle."""

WEIGHTIEST = 64
"""The largest weight: two products of it with 255 fit into 16 bits."""

MIDDLE = 128
"""The unsigned number that stands for 0."""

ORDERED = onnxruntime.ExecutionMode.ORT_SEQUENTIAL


class Network:
    """Vectors of pieces in, vectors of pieces in their sentence out. Threads may share it."""

    def __init__(self, weights: Weights) -> None:
        self._session = session(Graph(weights).model())

    def run(self, pieces: Vectors, lengths: NDArray[np.int32]) -> Vectors:
        """Read rows of pieces, shape (texts, longest, width), of which `lengths` are filled; gives the same shape."""
        (read,) = self._session.run(None, {"pieces": pieces, "lengths": lengths})
        made: Vectors = read
        return made


class Graph:
    """The graph, node by node."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._held: dict[str, NDArray[Any]] = {
            "least": np.array(LEAST, np.float32),
            "step": np.array(1 / FURTHEST, np.float32),
            "middle": np.array(MIDDLE, np.uint8),
            "zero": np.array(0, np.int8),
        }

    def model(self) -> ModelProto:
        """Build it: embeddings normalised, then layer by layer (Devlin et al. 2019, arXiv:1810.04805)."""
        shape = self._weights.shape
        read = self._norm("emb.ln", "pieces")
        for layer in range(shape.layers):
            read = self._layer(f"l{layer}", read)
        sides: list[str | int | None] = ["texts", "longest", shape.width]
        takes = [
            helper.make_tensor_value_info("pieces", TensorProto.FLOAT, sides),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["texts"]),
        ]
        gives = [helper.make_tensor_value_info(read, TensorProto.FLOAT, sides)]
        held = [numpy_helper.from_array(numbers, name) for name, numbers in self._held.items()]
        return _model(helper.make_graph(self._nodes, "multilingual-e5-small", takes, gives, held))

    def _layer(self, name: str, read: str) -> str:
        rows = self._rows(read)
        asked = [self._product(f"{name}.{part}", rows, self._weights.shape.width) for part in "qkv"]
        heads = self._weights.shape.heads
        seen = self._add("MultiHeadAttention", [*asked, "", "lengths"], f"{name}.seen", MICROSOFT, num_heads=heads)
        told = self._product(f"{name}.ao", self._rows(seen), self._weights.shape.width)
        read = self._norm(f"{name}.aln", self._add("Add", [read, told], f"{name}.both"))
        inner = self._product(f"{name}.fi", self._rows(read), self._weights.shape.width)
        inner = self._add("Gelu", [inner], f"{name}.gelu", MICROSOFT)
        told = self._product(f"{name}.fo", self._rows(inner), self._weights.shape.inner)
        return self._norm(f"{name}.oln", self._add("Add", [read, told], f"{name}.all"))

    def _rows(self, read: str) -> tuple[str, str]:
        """Bring rows to 8 bits; gives the names of those and of the largest number of each row."""
        sizes = self._add("Abs", [read], f"{read}.abs")
        sizes = self._add("ReduceMax", [sizes], f"{read}.max", axes=[-1], keepdims=1)
        sizes = self._add("Max", [sizes, "least"], f"{read}.size")
        parts = self._add("Div", [read, sizes], f"{read}.parts")
        return self._add("QuantizeLinear", [parts, "step", "middle"], f"{read}.bytes"), sizes

    def _product(self, name: str, rows: tuple[str, str], columns: int) -> str:
        read, sizes = rows
        bias = self._keep(f"{name}.b", self._weights.numbers(f"{name}.b"))
        numbers, scales = _columns(plain(self._weights.blocks(f"{name}.w", columns)))
        held = [self._keep(f"{name}.w", numbers), "step", self._keep(f"{name}.s", scales), "middle", "zero"]
        made = self._add("MatMulIntegerToFloat", [read, *held], f"{name}.product", MICROSOFT)
        made = self._add("Mul", [made, sizes], f"{name}.sized")
        return self._add("Add", [made, bias], f"{name}.out")

    def _norm(self, name: str, read: str) -> str:
        held = [self._keep(f"{name}.{part}", self._weights.numbers(f"{name}.{part}")) for part in "wb"]
        return self._add("LayerNormalization", [read, *held], f"{name}.out", epsilon=self._weights.shape.epsilon)

    def _keep(self, name: str, numbers: NDArray[Any]) -> str:
        self._held[name] = numbers
        return name

    def _add(self, kind: str, takes: list[str], gives: str, domain: str = "", **marks: Any) -> str:
        self._nodes.append(helper.make_node(kind, takes, [gives], domain=domain, **marks))
        return gives


def session(model: ModelProto) -> onnxruntime.InferenceSession:
    """Make ready to compute, in one thread: several texts are read by several workers."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = ORDERED
    # Higher levels put an Add and a LayerNormalization into one node that takes six times as long.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def _model(graph: Any) -> ModelProto:
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def _columns(numbers: Vectors) -> tuple[NDArray[np.int8], Vectors]:
    """Weights of 7 bits, shape (columns in, columns out), and the scale of each column out."""
    scales = np.maximum(np.abs(numbers).max(axis=1), LEAST) / WEIGHTIEST
    return np.ascontiguousarray(np.rint(numbers / scales[:, None]).astype(np.int8).T), scales.astype(np.float32)
