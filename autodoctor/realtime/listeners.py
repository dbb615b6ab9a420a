"""Who listens to what in this worker: an index from topic to sockets, so that a hint wakes only those whom it concerns."""

from __future__ import annotations

from collections import defaultdict
from typing import Generic, TypeVar

Handler = TypeVar("Handler")


class Listeners(Generic[Handler]):
    """Each socket (by its token) hears of a topic once, through one handler. Nothing of a closed socket is kept."""

    def __init__(self) -> None:
        self._of_topic: dict[str, dict[str, Handler]] = defaultdict(dict)
        self._of_token: dict[str, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return sum(len(listening) for listening in self._of_topic.values())

    def add(self, token: str, topic: str, handler: Handler) -> None:
        """Following twice is once; the later handler stands."""
        self._of_topic[topic][token] = handler
        self._of_token[token].add(topic)

    def remove(self, token: str, topic: str) -> None:
        """Without effect when this socket doesn't listen."""
        _discard(self._of_token, token, topic)
        listening = self._of_topic.get(topic, {})
        listening.pop(token, None)
        if not listening:
            self._of_topic.pop(topic, None)

    def drop(self, token: str) -> None:
        """The socket is gone."""
        for topic in list(self._of_token.get(token, ())):
            self.remove(token, topic)

    def of(self, topic: str) -> list[tuple[str, Handler]]:
        """Token and handler of each socket that hears of this topic."""
        return list(self._of_topic.get(topic, {}).items())

    def everybody(self) -> list[tuple[str, Handler]]:
        """Token and handler of each socket, once for each of its handlers."""
        pairs = [pair for listening in self._of_topic.values() for pair in listening.items()]
        return list({(token, id(handler)): (token, handler) for token, handler in pairs}.values())


def _discard(index: dict[str, set[str]], key: str, value: str) -> None:
    kept = index.get(key, set())
    kept.discard(value)
    if not kept:
        index.pop(key, None)
