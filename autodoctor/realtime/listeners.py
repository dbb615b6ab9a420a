"""Who listens to what in this worker: an index from topic to sockets, so that a hint wakes only those whom it concerns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Listener:
    """A page's socket, by its token, and the event handler that hears for it, by its full name."""

    token: str
    handler: str


class Listeners:
    """Who follows which topic. Nothing of a closed socket is kept."""

    def __init__(self) -> None:
        self._of_topic: dict[str, set[Listener]] = defaultdict(set)
        self._topics_of: dict[str, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return sum(len(listening) for listening in self._of_topic.values()) + len(self._topics_of)

    def add(self, topic: str, listener: Listener) -> None:
        """Following twice is once."""
        self._of_topic[topic].add(listener)
        self._topics_of[listener.token].add(topic)

    def remove(self, topic: str, token: str) -> None:
        """This socket hears no more of the topic, by whichever handler. Without effect when it didn't."""
        _keep(self._of_topic, topic, {each for each in self._of_topic.get(topic, ()) if each.token != token})
        _keep(self._topics_of, token, self._topics_of.get(token, set()) - {topic})

    def drop(self, token: str) -> None:
        """The socket is gone."""
        for topic in set(self._topics_of.get(token, ())):
            self.remove(topic, token)

    def of(self, topic: str) -> list[Listener]:
        """Who hears of this topic."""
        return list(self._of_topic.get(topic, ()))

    def everybody(self) -> list[Listener]:
        """Who hears of anything, each once."""
        return list(set().union(*self._of_topic.values()))


def _keep(index: dict[str, set], key: str, values: set) -> None:
    if values:
        index[key] = values
    else:
        index.pop(key, None)
