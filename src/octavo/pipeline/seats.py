"""Which workers are alive: each holds a numbered seat for as long as its process lives.

A seat is a lock the database lets go of by itself when its holder dies, however it dies: an exclusive transaction
on a small file beside the queue (SQLite), or an advisory lock of a session (PostgreSQL). So no heartbeat is written
and no clock is compared, and the jobs of a worker that was killed can be told from those of one that is slow.
"""

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from octavo.errors import StoreBusy

_SEATS = 256
# The first half of the advisory lock's key: "octa" in ASCII, so that no other program's locks are meant.
_SPACE = 0x6F637461


class Seat:
    """A seat that is taken; `number` names the worker, `leave` gives it up."""

    def __init__(self, number: int, connection: Connection, engine: Engine) -> None:
        self.number = number
        self._connection = connection
        self._engine = engine

    def leave(self) -> None:
        """Give the seat up; safe to call twice."""
        self._connection.close()
        self._engine.dispose()


def take_seat(url: str, number: int) -> Seat | None:
    """Take seat `number` of the queue at `url`, or return None when a living worker holds it."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        engine = create_engine(
            place.set(database=f"{place.database}.seat-{number}"), poolclass=NullPool, connect_args={"timeout": 0}
        )
        connection = engine.connect()
        try:
            connection.exec_driver_sql("BEGIN EXCLUSIVE")
        except OperationalError:
            connection.close()
            return None
        return Seat(number, connection, engine)
    engine = create_engine(place.set(drivername="postgresql+psycopg"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    connection = engine.connect()
    asked = text("SELECT pg_try_advisory_lock(:space, :number)")
    if connection.execute(asked, {"space": _SPACE, "number": number}).scalar():
        return Seat(number, connection, engine)
    connection.close()
    return None


def take_free_seat(url: str) -> Seat:
    """Take the lowest free seat: a worker that restarts alone gets its old one back, and with it its jobs.

    Raises StoreBusy when every seat is taken.
    """
    for number in range(_SEATS):
        seat = take_seat(url, number)
        if seat is not None:
            return seat
    raise StoreBusy(f"all {_SEATS} worker seats of this queue are taken; stop a worker first")
