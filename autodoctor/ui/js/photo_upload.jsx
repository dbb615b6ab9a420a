// Photos and videos of a form: chosen, dropped or taken with a phone's camera, uploaded at once, one line each.
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { newId, recall, remember } from "./http.js";
import { sizeWords, upload } from "./upload.js";
import { say } from "./words.js";

/**
 * Puts the paths of what is uploaded into the hidden field `name` of the form it stands in (a JSON list), and keeps the
 * form from being sent while something is still on its way: it goes by itself afterwards.
 */
export function PhotoUpload({ name = "files", label = say("Photos and videos"), help = "", maxFiles = 10, draftKey = "", target = {}, initial = [] }) {
  const photos = usePhotos(draftKey, maxFiles, target, initial);
  const input = useRef(null);
  const hidden = useRef(null);
  const [over, setOver] = useState(false);
  const helpId = useId();
  const held = useHeldForm(hidden, photos.running);
  const ready = photos.items.filter((each) => each.filePath).map((each) => each.filePath);

  const drop = useCallback(
    (event) => {
      event.preventDefault();
      setOver(false);
      photos.choose(Array.from(event.dataTransfer.files));
    },
    [photos],
  );

  return (
    <div
      className="photo-upload"
      role="group"
      aria-label={label}
      tabIndex={-1}
      data-keeps-focus=""
      data-over={over ? "" : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input ref={hidden} type="hidden" name={name} data-kind="list" value={JSON.stringify(ready)} readOnly />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept="image/*,video/*,.heic,.heif,.pdf,.txt,.log,.csv"
        onChange={(event) => {
          photos.choose(Array.from(event.target.files));
          event.target.value = "";
        }}
      />
      <button type="button" className="photo-upload-choose" aria-describedby={helpId} onClick={() => input.current.click()}>
        {label}
      </button>
      <p className="photo-upload-help" id={helpId}>
        {help}
      </p>
      {photos.items.length > 0 && (
        <ul className="photo-upload-list" aria-label={label}>
          {photos.items.map((each) => (
            <Photo key={each.key} photo={each} onRetry={() => photos.retry(each.key)} onRemove={() => photos.remove(each.key)} />
          ))}
        </ul>
      )}
      <p className="photo-upload-note" aria-live="polite">
        {photos.note || (held ? say("Sending as soon as the upload is done.") : "")}
      </p>
    </div>
  );
}

function Photo({ photo, onRetry, onRemove }) {
  const done = photo.filePath || photo.words;
  return (
    <li className="photo-upload-item" data-failed={photo.words ? "" : undefined}>
      {photo.preview ? <img className="photo-upload-picture" src={photo.preview} alt="" /> : <span className="photo-upload-picture" aria-hidden="true" />}
      <span className="photo-upload-name">
        {photo.name}
        <small>{photo.size ? sizeWords(photo.size) : ""}</small>
      </span>
      {photo.words && (
        <span role="alert">
          <span className="visually-hidden">{photo.name}: </span>
          {photo.words}
        </span>
      )}
      {photo.mayTryAgain && (
        <button type="button" className="composer-small" aria-label={say("Try again: {name}", { name: photo.name })} onClick={onRetry}>
          {say("Try again")}
        </button>
      )}
      {!done && <progress max={100} value={photo.progress} aria-label={say("Uploading {name}", { name: photo.name })} />}
      {photo.filePath && <span className="photo-upload-done">{say("Uploaded")}</span>}
      <button type="button" className="photo-upload-remove" aria-label={done ? say("Remove {name}", { name: photo.name }) : say("Stop {name}", { name: photo.name })} onClick={onRemove}>
        ×
      </button>
    </li>
  );
}

/** `initial`: files that are there already, [{filePath, name, preview}]; what this browser remembers comes first. */
function usePhotos(draftKey, maxFiles, target, initial) {
  const key = draftKey && `autodoctor.photos.${draftKey}`;
  const [items, setItems] = useState([]);
  const [note, setNote] = useState("");
  const sources = useRef(new Map());
  const stops = useRef(new Map());
  const restored = useRef(false);

  useEffect(() => {
    const known = initial.map((each) => ({ ...each, key: each.filePath, size: 0, progress: 100, words: "" }));
    const remembered = key ? recall(key, known) : known;
    setItems(remembered.map((each) => ({ ...each, preview: known.find((one) => one.filePath === each.filePath)?.preview ?? "" })));
    restored.current = true;
  }, [key]); // eslint-disable-line react-hooks/exhaustive-deps -- only what the page starts with
  useEffect(() => {
    if (key && restored.current) remember(key, items.filter((each) => each.filePath).map(kept));
  }, [items, key]);

  const start = useCallback(
    (itemKey) => {
      const stop = new AbortController();
      const change = (values) => setItems((all) => all.map((each) => (each.key === itemKey ? { ...each, ...values } : each)));
      stops.current.set(itemKey, stop);
      change({ progress: 0, words: "", mayTryAgain: false });
      upload(sources.current.get(itemKey), target, (progress) => change({ progress }), stop.signal).then(change);
    },
    [target],
  );
  const choose = useCallback(
    (files) => {
      const room = Math.max(0, maxFiles - items.length);
      setNote(files.length > room ? say("{n} files are the most we can take.", { n: maxFiles }) : "");
      for (const file of files.slice(0, room)) {
        const item = { key: newId(), name: file.name, size: file.size, progress: 0, filePath: "", words: "", preview: previewOf(file) };
        sources.current.set(item.key, file);
        setItems((all) => [...all, item]);
        start(item.key);
      }
    },
    [items.length, maxFiles, start],
  );
  const remove = useCallback((itemKey) => {
    stops.current.get(itemKey)?.abort();
    setItems((all) => all.filter((each) => each.key !== itemKey));
  }, []);
  const running = items.some((each) => !each.filePath && !each.words);
  return { items, note, choose, retry: start, remove, running };
}

/** What of a photo outlives a reload: its picture in this page's memory doesn't. */
function kept({ key, name, size, filePath }) {
  return { key, name, size, filePath, progress: 100, words: "", preview: "" };
}

function previewOf(file) {
  return /^image\/(jpeg|png|webp|gif)$/.test(file.type) ? URL.createObjectURL(file) : "";
}

/** Holds the enclosing form back while something is uploading; true while somebody waits for that. */
function useHeldForm(inside, running) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const form = inside.current?.form;
    if (!form || !running) return undefined;
    const hold = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      setHeld(true);
    };
    form.addEventListener("submit", hold, { capture: true });
    return () => form.removeEventListener("submit", hold, { capture: true });
  }, [inside, running]);
  useEffect(() => {
    if (!held || running) return;
    setHeld(false);
    inside.current?.form?.requestSubmit();
  }, [held, running, inside]);
  return held;
}
