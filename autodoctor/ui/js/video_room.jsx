// The video of a room: a check first, then the people; and when it is lost, why, and that the chat goes on.
import "@livekit/components-styles";
import { RoomContext } from "@livekit/components-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { People } from "./video_people.jsx";
import { VideoCheck } from "./video_check.jsx";
import { keepConnected, newRoom } from "./video_line.js";
import { newReport } from "./video_report.js";

const LOST = "Video can't be reached just now. The chat goes on, and video comes back by itself.";
const SIGN_OF_LIFE_MS = 15_000;
const NEITHER = { audio: false, video: false };

export default function VideoRoom({ sessionId, kind, otherName, isRecorded, onComeIn }) {
  const isObserver = kind === "observer";
  const [choices, setChoices] = useChoices(sessionId, isObserver ? NEITHER : null);
  const comeIn = useRef(onComeIn);
  comeIn.current = onComeIn;
  useEffect(() => {
    if (!choices) return undefined;
    comeIn.current?.();
    const timer = setInterval(() => comeIn.current?.(), SIGN_OF_LIFE_MS);
    return () => clearInterval(timer);
  }, [choices]);

  if (!choices) return <VideoCheck sessionId={sessionId} otherName={otherName} isRecorded={isRecorded} onJoin={setChoices} />;
  if (choices.isWithout) return <Without onJoin={() => setChoices(null)} />;
  const leave = () => setChoices({ isWithout: true });
  return <Line sessionId={sessionId} kind={kind} choices={choices} otherName={otherName} isRecorded={isRecorded} onLeave={leave} />;
}

/** What was chosen in the check, kept for this window: a reload goes straight back in. */
function useChoices(sessionId, initial) {
  const key = `autodoctor.video.${sessionId}`;
  const [choices, setChoices] = useState(() => initial ?? readKept(key));
  const choose = useCallback(
    (next) => {
      if (next) sessionStorage.setItem(key, JSON.stringify(next));
      else sessionStorage.removeItem(key);
      setChoices(next);
    },
    [key],
  );
  return [choices, choose];
}

function readKept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function Without({ onJoin }) {
  return (
    <div className="stage-note" role="note">
      <p>You are here without video.</p>
      <button type="button" className="button button-secondary" onClick={onJoin}>
        Turn video on
      </button>
    </div>
  );
}

function Line({ sessionId, kind, choices, otherName, isRecorded, onLeave }) {
  const line = useLine({ sessionId, kind, choices });
  useReport(sessionId, kind, line.state);
  return (
    <RoomContext.Provider value={line.room}>
      <div className="stage" data-lk-theme="default" data-state={line.state}>
        <State line={line} />
        {line.state !== "refused" && (
          <div className="stage-people" hidden={line.state !== "on"}>
            <People isObserver={kind === "observer"} otherName={otherName} isRecorded={isRecorded} problem={line.problem} onLeave={onLeave} />
          </div>
        )}
      </div>
    </RoomContext.Provider>
  );
}

/** What stands in the picture's place while there is none. */
function State({ line }) {
  const { state, words, again } = line;
  return (
    <div role="status" aria-live="polite" className="stage-state">
      {state === "joining" && <p className="stage-note">Connecting the video…</p>}
      {state === "lost" && <p className="stage-note stage-lost">{LOST}</p>}
      {state === "refused" && <p className="stage-note">{words}</p>}
      {state === "elsewhere" && (
        <div className="stage-note">
          <p>The video of this session is open in another window.</p>
          <button type="button" className="button button-secondary" onClick={again}>
            Use it here
          </button>
        </div>
      )}
    </div>
  );
}

function useLine({ sessionId, kind, choices }) {
  const room = useMemo(newRoom, []);
  const [now, setNow] = useState({ state: "joining", words: "" });
  const [problem, setProblem] = useState("");
  const [round, setRound] = useState(0);
  const wanted = useRef(choices);

  useEffect(() => {
    const stop = new AbortController();
    const tell = (state, words = "") => !stop.signal.aborted && setNow({ state, words });
    const publish = async () => setProblem(await send(room, wanted.current));
    keepConnected({ room, kind, sessionId, publish, tell, signal: stop.signal });
    return () => stop.abort();
  }, [room, kind, sessionId, round]);

  useEffect(() => keepWishes(room, wanted), [room]);
  return { room, ...now, problem, again: () => setRound((count) => count + 1) };
}

/** Camera and microphone, as chosen. What can't be sent is said, and the rest is sent all the same. */
async function send(room, { audio, video, audioDevice, videoDevice }) {
  const missing = [];
  try {
    if (audio) await room.localParticipant.setMicrophoneEnabled(true, { deviceId: audioDevice || undefined });
  } catch {
    missing.push("microphone");
  }
  try {
    if (video) await room.localParticipant.setCameraEnabled(true, { deviceId: videoDevice || undefined });
  } catch {
    missing.push("camera");
  }
  return missing.length > 0 ? `Your ${missing.join(" and ")} can't be used. Look whether this page is allowed to, and turn it on again.` : "";
}

/** Turned off stays off when the line is made anew. */
function keepWishes(room, wanted) {
  const note = () => {
    const { isMicrophoneEnabled, isCameraEnabled } = room.localParticipant;
    wanted.current = { ...wanted.current, audio: isMicrophoneEnabled, video: isCameraEnabled };
  };
  const events = ["trackMuted", "trackUnmuted"];
  const mine = (_, participant) => participant === room.localParticipant && note();
  events.forEach((event) => room.on(event, mine));
  return () => events.forEach((event) => room.off(event, mine));
}

/** The session's record says how long video was missing: told when it goes and when it is back. */
function useReport(sessionId, kind, state) {
  const report = useRef(null);
  useEffect(() => {
    if (kind === "observer") return undefined;
    report.current = newReport(sessionId);
    return () => report.current.stop();
  }, [sessionId, kind]);
  useEffect(() => {
    if (state === "on" || state === "lost") report.current?.tell(state === "lost");
  }, [sessionId, kind, state]);
}
