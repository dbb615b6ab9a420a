// Files chosen for the next message: each is uploaded at once and waits beside the field.
import { useCallback, useRef, useState } from "react";
import { newId, post } from "./http.js";
import { typeOf, upload } from "./upload.js";

/** Uploads of the next message: {files, choose, remove, clear, running}. A file: {key, name, progress, filePath, words}. */
export function useAttachments(sessionId) {
  const [files, setFiles] = useState([]);
  const stops = useRef(new Map());

  const change = useCallback(
    (key, values) => setFiles((all) => all.map((each) => (each.key === key ? { ...each, ...values } : each))),
    [],
  );
  const choose = useCallback(
    (chosen) => {
      for (const file of chosen) {
        const key = newId();
        const stop = new AbortController();
        stops.current.set(key, stop);
        setFiles((all) => [...all, { key, name: file.name, progress: 0, filePath: "", words: "" }]);
        bring(sessionId, file, (progress) => change(key, { progress }), stop.signal).then((outcome) => change(key, outcome));
      }
    },
    [change, sessionId],
  );
  const remove = useCallback((key) => {
    stops.current.get(key)?.abort();
    setFiles((all) => all.filter((each) => each.key !== key));
  }, []);
  const clear = useCallback(() => setFiles([]), []);
  const running = files.some((each) => !each.filePath && !each.words);
  return { files, choose, remove, clear, running };
}

/** Upload, then record as a file of the session: {filePath} or {words}. */
async function bring(sessionId, file, onProgress, signal) {
  const outcome = await upload(file, { sessionId }, onProgress, signal);
  if (!outcome.filePath) return { words: outcome.words || "Stopped." };
  const recorded = await post(`/api/sessions/${sessionId}/files`, {
    filePath: outcome.filePath,
    fileName: file.name,
    fileSize: file.size,
    fileType: typeOf(file),
  });
  return recorded.ok ? { filePath: outcome.filePath, progress: 100 } : { words: recorded.words };
}
