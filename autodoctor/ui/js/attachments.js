// Files chosen for the next message: each is uploaded at once and waits beside the field. The other side sees it when it is sent.
import { useCallback, useRef, useState } from "react";
import { newId } from "./http.js";
import { upload } from "./upload.js";
import { say } from "./words.js";

const MAX_FILES = 10;

/**
 * Uploads of the next message: {files, choose, retry, remove, clear, running}.
 * A file: {key, name, progress, filePath, words, mayTryAgain}.
 */
export function useAttachments(sessionId) {
  const [files, setFiles] = useState([]);
  const sources = useRef(new Map());
  const stops = useRef(new Map());

  const change = useCallback(
    (key, values) => setFiles((all) => all.map((each) => (each.key === key ? { ...each, ...values } : each))),
    [],
  );
  const start = useCallback(
    (key) => {
      const stop = new AbortController();
      stops.current.set(key, stop);
      const progress = (percent) => change(key, { progress: percent });
      upload(sources.current.get(key), { sessionId }, progress, stop.signal).then((outcome) => change(key, outcome));
    },
    [change, sessionId],
  );
  const choose = useCallback(
    (chosen) => {
      const room = Math.max(0, MAX_FILES - files.length);
      chosen.forEach((file, index) => {
        const key = newId();
        const words = index < room ? "" : say("A message carries at most {n} files.", { n: MAX_FILES });
        setFiles((all) => [...all, { key, name: file.name, progress: 0, filePath: "", words, mayTryAgain: false }]);
        if (words) return;
        sources.current.set(key, file);
        start(key);
      });
    },
    [files.length, start],
  );
  const retry = useCallback(
    (key) => {
      change(key, { progress: 0, words: "", mayTryAgain: false });
      start(key);
    },
    [change, start],
  );
  const remove = useCallback((key) => {
    stops.current.get(key)?.abort();
    sources.current.delete(key);
    setFiles((all) => all.filter((each) => each.key !== key));
  }, []);
  const clear = useCallback(() => {
    sources.current.clear();
    setFiles([]);
  }, []);
  const running = files.some((each) => !each.filePath && !each.words);
  return { files, choose, retry, remove, clear, running };
}
