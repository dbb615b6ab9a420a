// The field at the foot of a conversation: what is written here arrives, once, whatever the network does meanwhile.
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { useAttachments } from "./attachments.js";
import { recall, remember } from "./http.js";
import { useOutgoing } from "./outgoing.js";
import { say } from "./words.js";

const TYPING_EVERY_MS = 2500;
const STATE_WORDS = { sending: say("Sending…"), waiting: say("Not sent, will try again"), sent: say("Sent") };
const ACCEPTED = "image/*,video/*,.heic,.heif,.pdf,.txt,.log,.csv";

export function Composer({ sessionId, lastSeq = 0, mayAttach = true, onTyping }) {
  const outgoing = useOutgoing(sessionId, lastSeq);
  const attached = useAttachments(sessionId);
  const [text, setText] = useDraft(sessionId);
  const [queued, setQueued] = useState(false);
  const field = useRef(null);
  const typing = useThrottled(onTyping, TYPING_EVERY_MS);
  useVisibleHeight(field);
  useGrowing(field, text);

  const files = attached.files.filter((each) => each.filePath);
  const failed = attached.files.some((each) => each.words);
  const nothing = !text.trim() && attached.files.length === 0;

  const send = useCallback(() => {
    if (nothing || failed) return;
    if (attached.running) return setQueued(true);
    outgoing.add(text.trim(), files);
    setText("");
    attached.clear();
    setQueued(false);
    field.current?.focus();
  }, [nothing, failed, attached, outgoing, text, files, setText]);

  useEffect(() => {
    if (queued && !attached.running) failed ? setQueued(false) : send();
  }, [queued, attached.running, failed, send]);

  return (
    <div className="composer" role="group" aria-label={say("Write")} tabIndex={-1} data-keeps-focus="">
      <PendingMessages outgoing={outgoing} />
      <AttachedFiles attached={attached} />
      {queued && <p className="composer-note" role="status">{say("Your message goes out when the file is uploaded.")}</p>}
      <form
        className="composer-line"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {mayAttach && <AttachButton onChoose={attached.choose} />}
        <textarea
          ref={field}
          className="composer-field"
          aria-label={say("Message")}
          placeholder={say("Write a message")}
          rows={1}
          maxLength={4000}
          enterKeyHint="send"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            typing();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
          onPaste={(event) => {
            if (event.clipboardData.files.length > 0) attached.choose(Array.from(event.clipboardData.files));
          }}
        />
        <button type="submit" className="composer-send" disabled={nothing || failed || queued}>
          {say("Send")}
        </button>
      </form>
    </div>
  );
}

function PendingMessages({ outgoing }) {
  if (outgoing.pending.length === 0) return null;
  return (
    <ul className="composer-pending" aria-label={say("Messages on their way")} aria-live="polite">
      {outgoing.pending.map((each) => (
        <li key={each.clientId} data-state={each.state}>
          <span className="composer-pending-text">{each.content || each.attachments.map((file) => file.name).join(", ")}</span>
          <span className="composer-pending-state">
            {each.state === "refused" ? say("Not sent: {why}", { why: each.words }) : STATE_WORDS[each.state]}
          </span>
          {each.state === "refused" && (
            <>
              <button type="button" className="composer-small" onClick={() => outgoing.retry(each.clientId)}>
                {say("Try again")}
              </button>
              <button type="button" className="composer-small" onClick={() => outgoing.drop(each.clientId)}>
                {say("Remove")}
              </button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function AttachedFiles({ attached }) {
  if (attached.files.length === 0) return null;
  return (
    <ul className="composer-files" aria-label={say("Attached files")}>
      {attached.files.map((each) => (
        <li key={each.key} data-failed={each.words ? "" : undefined}>
          <span className="composer-file-name">{each.name}</span>
          <FileProgress file={each} />
          {each.words && each.mayTryAgain && (
            <button type="button" className="composer-small" aria-label={say("Try again: {name}", { name: each.name })} onClick={() => attached.retry(each.key)}>
              {say("Try again")}
            </button>
          )}
          <button
            type="button"
            className="composer-small"
            aria-label={each.filePath || each.words ? say("Remove {name}", { name: each.name }) : say("Cancel {name}", { name: each.name })}
            onClick={() => attached.remove(each.key)}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}

function FileProgress({ file }) {
  if (file.words) return <span role="alert">{file.words}</span>;
  if (file.filePath) return <span role="status">{say("Ready")}</span>;
  if (file.progress >= 100) return <span role="status">{say("Checking…")}</span>;
  return <progress max={100} value={file.progress} aria-label={say("Uploading {name}", { name: file.name })} />;
}

function AttachButton({ onChoose }) {
  const input = useRef(null);
  const id = useId();
  return (
    <>
      <input
        ref={input}
        id={id}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        onChange={(event) => {
          onChoose(Array.from(event.target.files));
          event.target.value = "";
        }}
      />
      <button type="button" className="composer-attach" aria-label={say("Attach file")} title={say("Attach file")} onClick={() => input.current.click()}>
        <svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
          <path d="M12 5v14M5 12h14" strokeLinecap="round" />
        </svg>
      </button>
    </>
  );
}

/** What is half-written survives a reload. */
function useDraft(sessionId) {
  const key = `autodoctor.unsent.${sessionId}`;
  const [text, setText] = useState("");
  useEffect(() => setText(recall(key, "")), [key]);
  const change = useCallback(
    (value) => {
      setText(value);
      remember(key, value);
    },
    [key],
  );
  return [text, change];
}

/** Calls at most once in so many milliseconds, the first time at once. */
function useThrottled(call, everyMs) {
  const last = useRef(0);
  return useCallback(() => {
    if (!call || Date.now() - last.current < everyMs) return;
    last.current = Date.now();
    call();
  }, [call, everyMs]);
}

/** The field grows with its text, up to the height its style allows; anew when its width has changed. */
function useGrowing(field, text) {
  const fit = useCallback(() => {
    if (!field.current) return;
    field.current.style.height = "auto";
    field.current.style.height = `${field.current.scrollHeight + 2}px`;
  }, [field]);
  useEffect(fit, [fit, text]);
  useEffect(() => {
    let width = 0;
    const watch = new ResizeObserver(([entry]) => {
      if (entry.contentRect.width !== width) fit();
      width = entry.contentRect.width;
    });
    watch.observe(field.current);
    return () => watch.disconnect();
  }, [field, fit]);
}

/** In a room, keeps `--visible-height` at what a phone's keyboard leaves of the screen, so that nothing hides behind it. */
function useVisibleHeight(field) {
  useEffect(() => {
    const screen = window.visualViewport;
    if (!screen || !field.current.closest(".room")) return undefined; // any other page scrolls to its field by itself
    const measure = () => {
      document.documentElement.style.setProperty("--visible-height", `${Math.round(screen.height)}px`);
      window.scrollTo(0, 0); // a phone scrolls the page to the field; now that the page is as low as the screen it needn't
    };
    measure();
    screen.addEventListener("resize", measure);
    return () => {
      screen.removeEventListener("resize", measure);
      document.documentElement.style.removeProperty("--visible-height");
    };
  }, [field]);
}
