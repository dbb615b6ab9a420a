// A regular sign of life from an open page, and one at once when somebody comes back to it.
import { useEffect, useRef } from "react";

export function Heartbeat({ everySeconds = 20, onBeat }) {
  const beat = useRef(onBeat);
  beat.current = onBeat;

  useEffect(() => {
    const timer = setInterval(() => beat.current?.(), everySeconds * 1000);
    const back = () => document.visibilityState === "visible" && beat.current?.();
    document.addEventListener("visibilitychange", back);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", back);
    };
  }, [everySeconds]);

  return null;
}
