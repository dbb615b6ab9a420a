// Who else is in this session: a link for one more person, mailed or copied, and a way to take it back.
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { call, post } from "./http.js";
import { say } from "./words.js";

const COPIED_MS = 3000;

export function Invite({ sessionId, signal = "" }) {
  const dialog = useRef(null);
  const id = useId();
  const guests = useGuests(sessionId, dialog, signal);
  const open = useCallback(() => {
    dialog.current.showModal();
    guests.read();
  }, [guests]);

  return (
    <>
      <button type="button" className="button button-secondary" onClick={open}>
        {say("Invite")}
      </button>
      <dialog ref={dialog} className="dialog invite" aria-labelledby={`${id}-title`} onClose={guests.forget}>
        <div className="dialog-content">
          <h2 className="heading2" id={`${id}-title`}>
            {say("Invite somebody")}
          </h2>
          <p>{say("A helper or a co-owner reads and writes here and sees the files. A link is for one person and ends with this session.")}</p>
          <NewLink guests={guests} />
          <People guests={guests} />
          <div className="dialog-buttons">
            <button type="button" className="button button-secondary" onClick={() => dialog.current.close()}>
              {say("Close")}
            </button>
          </div>
        </div>
      </dialog>
    </>
  );
}

/** {people, link, words, busy, read, create, remove, forget}: what stands, and the newest link as long as the dialog is open. */
function useGuests(sessionId, dialog, signal) {
  const [people, setPeople] = useState([]);
  const [fresh, setFresh] = useState({ link: "", words: "" });
  const [busy, setBusy] = useState(false);
  const path = `/api/sessions/${sessionId}/invites`;

  const read = useCallback(async () => {
    const answer = await call("GET", path);
    if (answer.ok) setPeople(answer.data.items);
  }, [path]);
  useEffect(() => {
    if (dialog.current?.open) read();
  }, [signal, read, dialog]);

  const create = useCallback(
    async (email) => {
      setBusy(true);
      const answer = await post("/api/session/invite", { sessionId, email: email || null });
      setBusy(false);
      const done = email ? say("Mailed to {email}. You can also send the link yourself.", { email }) : say("The link is ready. Send it to one person.");
      setFresh({ link: answer.ok ? answer.data.inviteUrl : "", words: answer.ok ? done : fieldWords(answer) });
      if (answer.ok) read();
      return answer.ok;
    },
    [sessionId, read],
  );
  const remove = useCallback(
    async (inviteId) => {
      const answer = await call("DELETE", `${path}/${inviteId}`);
      setFresh({ link: "", words: answer.ok ? say("Removed. The link leads nowhere now.") : answer.words });
      read();
    },
    [path, read],
  );
  const forget = useCallback(() => setFresh({ link: "", words: "" }), []);
  return { people, ...fresh, busy, read, create, remove, forget };
}

function fieldWords(answer) {
  return answer.data?.errors?.[0]?.message ?? answer.words;
}

function NewLink({ guests }) {
  const [email, setEmail] = useState("");
  const id = useId();
  const send = async (event) => {
    event.preventDefault();
    if (!guests.busy && (await guests.create(email.trim()))) setEmail("");
  };
  return (
    <form className="invite-form" noValidate onSubmit={send}>
      <label htmlFor={id}>{say("Their e-mail, if we should send the link")}</label>
      <div className="invite-line">
        <input id={id} className="invite-field" type="email" autoComplete="off" value={email} onChange={(event) => setEmail(event.target.value)} />
        <button type="submit" className="button button-primary" data-loading={guests.busy ? "yes" : "no"} aria-disabled={guests.busy}>
          {email.trim() ? say("Send link") : say("Create link")}
        </button>
      </div>
      {guests.link && <FreshLink link={guests.link} />}
      <p role="status" className="invite-words">
        {guests.words}
      </p>
    </form>
  );
}

function FreshLink({ link }) {
  const [copied, setCopied] = useState(false);
  const field = useRef(null);
  const copy = async () => {
    field.current.select();
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      document.execCommand("copy"); // without https there is no clipboard to write to
    }
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  };
  return (
    <div className="invite-line">
      <input ref={field} className="invite-field" aria-label={say("Link")} readOnly value={link} onFocus={(event) => event.target.select()} />
      <button type="button" className="button button-secondary" onClick={copy}>
        {copied ? say("Copied") : say("Copy")}
      </button>
    </div>
  );
}

function People({ guests }) {
  if (guests.people.length === 0) return null;
  return (
    <ul className="invite-people" aria-label={say("Invited")}>
      {guests.people.map((each) => (
        <li key={each.id}>
          <span className="invite-who">
            <strong>{each.name ?? each.email ?? say("A link")}</strong>
            <span>{stateOf(each)}</span>
          </span>
          <button
            type="button"
            className="button button-quiet"
            aria-label={say("Remove {name}", { name: each.name ?? each.email ?? say("the link") })}
            onClick={() => guests.remove(each.id)}
          >
            {say("Remove")}
          </button>
        </li>
      ))}
    </ul>
  );
}

function stateOf({ name, isHere }) {
  if (!name) return say("Not used yet");
  return isHere ? say("In the room") : say("Away right now");
}
