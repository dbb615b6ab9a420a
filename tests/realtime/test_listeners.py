"""The index of listeners: only those whom it concerns, each once, and nothing left of those who went."""

from __future__ import annotations

from autodoctor.realtime.listeners import Listener, Listeners


def test_a_topic_knows_its_own_listeners_only() -> None:
    listeners = Listeners()
    listeners.add("one", Listener("a", "hear"))
    listeners.add("two", Listener("b", "hear"))
    assert listeners.of("one") == [Listener("a", "hear")]
    assert listeners.of("nobody's") == []


def test_following_twice_is_once() -> None:
    listeners = Listeners()
    for _ in range(2):
        listeners.add("one", Listener("a", "hear"))
    assert listeners.of("one") == [Listener("a", "hear")]
    listeners.remove("one", "a")
    assert len(listeners) == 0


def test_two_states_of_a_page_hear_of_the_same_topic() -> None:
    listeners = Listeners()
    both = {Listener("a", "board.hear"), Listener("a", "history.hear")}
    for each in both:
        listeners.add("one", each)
    assert set(listeners.of("one")) == both


def test_everybody_is_each_listener_once_however_many_topics_it_follows() -> None:
    listeners = Listeners()
    for topic in ("one", "two"):
        listeners.add(topic, Listener("a", "hear"))
    listeners.add("two", Listener("b", "hear"))
    assert sorted(each.token for each in listeners.everybody()) == ["a", "b"]


def test_nothing_is_kept_of_a_socket_that_closed() -> None:
    listeners = Listeners()
    listeners.add("one", Listener("a", "hear"))
    listeners.add("two", Listener("a", "hear"))
    listeners.add("two", Listener("b", "hear"))
    listeners.drop("a")
    assert (listeners.of("one"), listeners.of("two")) == ([], [Listener("b", "hear")])
    listeners.remove("two", "b")
    assert len(listeners) == 0


def test_removing_and_asking_for_what_was_never_there_leaves_nothing() -> None:
    listeners = Listeners()
    listeners.remove("one", "a")
    listeners.drop("a")
    listeners.of("one")
    assert len(listeners) == 0
