// What has just been done, said once, with a way to take it back for a while.
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { say } from "./words.js";

const FOR_MS = 10_000;

/** `offer` is another text for each act that may be taken back, "" for none; `onUndo(offer)` takes it back. */
export function UndoToast({ offer, words, onUndo }) {
  const undo = useRef(onUndo);
  undo.current = onUndo;
  useEffect(() => {
    if (!offer) return undefined;
    const id = toast(words, { duration: FOR_MS, action: { label: say("Undo"), onClick: () => undo.current?.(offer) } });
    return () => toast.dismiss(id);
  }, [offer]); // eslint-disable-line react-hooks/exhaustive-deps -- the words come with the offer
  return null;
}
