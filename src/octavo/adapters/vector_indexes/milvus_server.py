"""One collection of a Milvus server: the only module that imports its client, which takes 110 MB and a second.

Every row is an article's id and vector, but for one: the row of id -1 keeps how far the collection has been told of
changes, so that it is dropped with the vectors it speaks of.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from grpc import RpcError
from pymilvus import DataType, MilvusClient, MilvusException

from octavo.config import MilvusSettings
from octavo.errors import VectorsAway
from octavo.ports.vector_index import Vectors

MARK = -1
"""The id of the row that keeps the position."""

_GRAPH = {"M": 32, "efConstruction": 256}
"""HNSW (Malkov and Yashunin 2018): links a vector has, and candidates weighed when it gets them. What a server chooses
by itself (AUTOINDEX) may be another index, with another recall, in the next version."""

_NO_COLLECTION, _NOT_LOADED = 100, 101
"""Milvus's own codes of errors."""

_OPTIONS = {
    "grpc.enable_http_proxy": 0,  # the environment has no say in how the server is reached
    "grpc.use_local_subchannel_pool": 1,  # one that was away is tried again soon, not after minutes
    "grpc.max_reconnect_backoff_ms": 2000,
    "grpc.keepalive_time_ms": 600_000,  # the client's own 10 s make a server written in Python hang up
}

Told = TypeVar("Told")


class MilvusCollection:
    """A collection by its name, whether it is there yet or not. Safe to use from many threads.

    Every method asks the server, within `milvus.whole_s`, and raises VectorsAway; after an error the next one begins
    by making sure that the collection is there and loaded, as after a restart of the server.
    """

    def __init__(self, settings: MilvusSettings, token: str, name: str) -> None:
        for one in ("pymilvus", "pymilvus.milvus_client"):  # what goes wrong is raised, and said once
            logging.getLogger(one).setLevel(logging.CRITICAL)
        self._settings = settings
        self._token = token
        self._name = name
        self._lock = threading.Lock()
        self._connecting = threading.Lock()
        self._client: Any = None
        self._dimensions = 0

    def dimensions(self) -> int:
        """Tell how many numbers a vector in it has; 0 where there is no such collection. Asks once while all is well.

        An index that is lacking is made, and the collection is loaded: whoever made it may have been cut off between.
        """
        with self._lock:
            if not self._dimensions and self._ask(MilvusClient.has_collection):
                fields = self._ask(MilvusClient.describe_collection)["fields"]
                found = next(int(one["params"]["dim"]) for one in fields if one["name"] == "vector")
                self._index()
                self._ask(MilvusClient.load_collection)
                self._dimensions = found
            return self._dimensions

    def create(self, dimensions: int) -> None:
        """Make the collection; that another worker makes it at the same time is no error."""
        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimensions)
        schema.add_field("position", DataType.INT64)
        try:
            self._ask(MilvusClient.create_collection, schema=schema, consistency_level="Strong")
        except VectorsAway:
            if not self._ask(MilvusClient.has_collection):
                raise

    def _index(self) -> None:
        """Give the collection an index, where it has none yet."""
        if self._ask(MilvusClient.list_indexes):
            return
        wanted = MilvusClient.prepare_index_params()
        wanted.add_index("vector", index_type="HNSW", metric_type="COSINE", params=_GRAPH)
        try:
            self._ask(MilvusClient.create_index, index_params=wanted)
        except VectorsAway:
            if not self._ask(MilvusClient.list_indexes):
                raise

    def put(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add or replace rows; each id is there once."""
        rows = [{"id": one, "vector": vector, "position": 0} for one, vector in zip(ids, vectors, strict=True)]
        self._ask(MilvusClient.upsert, data=rows)

    def take_out(self, ids: Sequence[int]) -> None:
        """Delete rows; ids that are not there are no error."""
        self._ask(MilvusClient.delete, ids=list(ids))

    def set_position(self, position: int) -> None:
        """Keep a position, behind what was written before."""
        vector = np.zeros(self.dimensions(), dtype=np.float32)
        vector[0] = 1.0
        self._ask(MilvusClient.upsert, data=[{"id": MARK, "vector": vector, "position": position}])

    def position(self) -> int:
        """Give the position, as the last process that set it left it; 0 where none was set."""
        rows = self._ask(MilvusClient.query, ids=[MARK], output_fields=["position"], consistency_level="Strong")
        return int(rows[0]["position"]) if rows else 0

    def count(self) -> int:
        """Count the articles."""
        counted = ["count(*)"]
        rows = self._ask(MilvusClient.query, filter="id >= 0", output_fields=counted, consistency_level="Strong")
        return int(rows[0]["count(*)"])

    def search(self, vectors: Vectors, *, limit: int, where: str, consistency: str) -> list[list[tuple[int, float]]]:
        """Find for each row of `vectors` the `limit` nearest that pass the filter `where`: ids with their cosine."""
        found = self._ask(
            MilvusClient.search,
            data=list(vectors),
            anns_field="vector",
            limit=limit,
            filter=where,
            search_params={"params": {"ef": max(self._settings.ef, 2 * limit)}},
            consistency_level=consistency,
        )
        return [[(int(hit["id"]), float(hit["distance"])) for hit in hits] for hits in found]

    def close(self) -> None:
        """End the connection; whatever is asked next makes another."""
        with self._connecting:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _ask(self, what: Callable[..., Told], **given: Any) -> Told:
        try:
            return self._once(what, given)
        except MilvusException as error:
            if error.code != _NOT_LOADED:
                raise self._meant(error) from error
        except (RpcError, OSError) as error:
            raise self._meant(error) from error
        try:
            self._once(MilvusClient.load_collection, {})
            return self._once(what, given)
        except (MilvusException, RpcError, OSError) as error:
            raise self._meant(error) from error

    def _once(self, what: Callable[..., Told], given: dict[str, Any]) -> Told:
        return what(self._connected(), collection_name=self._name, timeout=self._settings.whole_s, **given)

    def _connected(self) -> Any:
        with self._connecting:
            if self._client is None:
                self._client = MilvusClient(
                    uri=self._settings.url,
                    token=self._token,
                    timeout=self._settings.connect_s,
                    dedicated=True,
                    grpc_options=_OPTIONS,
                )
            return self._client

    def _meant(self, error: Exception) -> VectorsAway:
        """Say what went wrong, and look at everything anew the next time."""
        self._dimensions = 0
        if isinstance(error, MilvusException) and error.code == _NO_COLLECTION:
            return VectorsAway(f"Milvus at {self._settings.url} has no collection {self._name} any more")
        said = error.message if isinstance(error, MilvusException) else _said(error)
        return VectorsAway(f"Milvus at {self._settings.url} did not do as asked: {' '.join(str(said).split())[:200]}")


def _said(error: Exception) -> str:
    """Read the state and the words of a call that failed."""
    code, details = getattr(error, "code", None), getattr(error, "details", None)
    return f"{code().name}: {details()}" if callable(code) and callable(details) else str(error)
