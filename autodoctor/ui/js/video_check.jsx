// Before going in: does the camera see, does the microphone hear, does the loudspeaker speak, does the line hold (M1).
import { ConnectionCheck, createLocalAudioTrack, createLocalVideoTrack } from "livekit-client";
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { chime } from "./chime.js";
import { ticketOf } from "./video_line.js";
import { say } from "./words.js";

export function VideoCheck({ sessionId, otherName, isRecorded, onJoin }) {
  const camera = usePreview(createLocalVideoTrack);
  const microphone = usePreview(createLocalAudioTrack);
  const line = useLineCheck(sessionId);
  const devices = useDevices(camera.state, microphone.state);
  const join = () => {
    onJoin({
      audio: mayCome(microphone),
      video: mayCome(camera) && camera.isWanted,
      audioDevice: microphone.device,
      videoDevice: camera.device,
    });
  };
  return (
    <section className="stage-check" aria-label={say("Before you join")}>
      <div className="stage-preview">
        <Picture preview={camera} />
      </div>
      <div className="stage-checks">
        <h2 className="heading3">{say("Ready to see {name}?", { name: otherName })}</h2>
        <Check label={say("Camera")} refused={say("Camera isn't allowed. Allow it in your browser's address bar, then try again.")} preview={camera} devices={devices.videoinput} />
        <Check label={say("Microphone")} refused={say("Microphone isn't allowed. Allow it in your browser's address bar, then try again.")} preview={microphone} devices={devices.audioinput}>
          <Level track={microphone.track} />
        </Check>
        <div className="stage-line">
          <span>{say("Speaker")}</span>
          <button type="button" className="button button-quiet" onClick={() => chime(2)}>
            {say("Play a sound")}
          </button>
        </div>
        <p className="stage-line" role="status">
          <span>{say("Connection")}</span>
          <span>{line}</span>
        </p>
        {isRecorded && <p className="stage-recorded">{say("Video and sound are recorded. Both of you find it on the session's page. Chat only isn't.")}</p>}
        <div className="row">
          <button type="button" className="button button-primary" onClick={join}>
            {say("Join video")}
          </button>
          {camera.state === "ready" && (
            <button type="button" className="button button-quiet" aria-pressed={!camera.isWanted} onClick={camera.toggle}>
              {camera.isWanted ? say("Camera off") : say("Camera on")}
            </button>
          )}
          <button type="button" className="button button-quiet" onClick={() => onJoin({ isWithout: true })}>
            {say("Chat only")}
          </button>
        </div>
      </div>
    </section>
  );
}

/** A camera or microphone, tried out. It is let go of when the check is over. */
function usePreview(create) {
  const [device, setDevice] = useState("");
  const [state, setState] = useState("asking");
  const [track, setTrack] = useState(null);
  const [isWanted, setWanted] = useState(true);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let mine = null;
    let isOver = false;
    setState("asking");
    create(device ? { deviceId: device } : undefined)
      .then((made) => {
        if (isOver) return made.stop();
        mine = made;
        setTrack(made);
        return setState("ready");
      })
      .catch((error) => !isOver && setState(error.name === "NotAllowedError" ? "refused" : "missing"));
    return () => {
      isOver = true;
      mine?.stop();
      setTrack(null);
    };
  }, [create, device, round]);
  return { state, track, device, isWanted, setDevice, toggle: () => setWanted((now) => !now), again: () => setRound((count) => count + 1) };
}

/** It works, or isn't open yet: whoever joins at once is asked for it, and told if there is none, in the room. */
function mayCome({ state }) {
  return state === "ready" || state === "asking";
}

function Picture({ preview }) {
  const video = useRef(null);
  const { track, state, isWanted } = preview;
  useEffect(() => {
    if (!track || !isWanted) return undefined;
    track.attach(video.current);
    return () => track.detach();
  }, [track, isWanted]);
  const words = { asking: say("Asking for your camera…"), refused: say("No picture of you"), missing: say("No camera found") }[state];
  return (
    <>
      <video ref={video} className="stage-mirror" muted playsInline hidden={state !== "ready" || !isWanted} aria-label={say("What others will see of you")} />
      {(state !== "ready" || !isWanted) && <p>{state === "ready" ? say("Your camera is off") : words}</p>}
    </>
  );
}

function Check({ label, refused, preview, devices = [], children }) {
  const id = useId();
  const { state, device, setDevice, again } = preview;
  return (
    <div className="stage-line">
      <label htmlFor={devices.length > 1 ? id : undefined}>{label}</label>
      {state === "asking" && <span className="muted">{say("Looking…")}</span>}
      {state === "ready" && devices.length > 1 && (
        <select id={id} className="field-input" value={device || devices[0].deviceId} onChange={(event) => setDevice(event.target.value)}>
          {devices.map((each) => (
            <option key={each.deviceId} value={each.deviceId}>
              {each.label || label}
            </option>
          ))}
        </select>
      )}
      {state === "ready" && (children ?? <span>{say("works")}</span>)}
      {(state === "refused" || state === "missing") && (
        <span role="alert">
          {state === "refused" ? refused : say("None found. You can join without it.")}{" "}
          <button type="button" className="button button-quiet" onClick={again}>
            {say("Try again")}
          </button>
        </span>
      )}
    </div>
  );
}

/** How loud the microphone is, as a bar that moves while one speaks. */
function Level({ track }) {
  const bar = useRef(null);
  useEffect(() => {
    if (!track) return undefined;
    const context = new AudioContext();
    const meter = context.createAnalyser();
    const heard = new Uint8Array(meter.fftSize);
    context.createMediaStreamSource(new MediaStream([track.mediaStreamTrack])).connect(meter);
    const timer = setInterval(() => {
      meter.getByteTimeDomainData(heard);
      const loudest = heard.reduce((most, each) => Math.max(most, Math.abs(each - 128)), 0);
      if (bar.current) bar.current.value = Math.min(1, loudest / 64);
    }, 100);
    return () => {
      clearInterval(timer);
      context.close();
    };
  }, [track]);
  return <meter ref={bar} min="0" max="1" aria-label={say("How loud you are")} />;
}

function useDevices(...states) {
  const [devices, setDevices] = useState({});
  const read = useCallback(async () => {
    const found = await navigator.mediaDevices.enumerateDevices();
    setDevices(Object.groupBy ? Object.groupBy(found, (each) => each.kind) : grouped(found));
  }, []);
  useEffect(() => {
    if (!navigator.mediaDevices) return undefined;
    read();
    navigator.mediaDevices.addEventListener("devicechange", read);
    return () => navigator.mediaDevices.removeEventListener("devicechange", read);
  }, [read, ...states]); // eslint-disable-line react-hooks/exhaustive-deps -- names are told once access is allowed
  return devices;
}

function grouped(devices) {
  const found = {};
  for (const each of devices) (found[each.kind] ??= []).push(each);
  return found;
}

/** Whether LiveKit answers, in words. */
function useLineCheck(sessionId) {
  const [words, setWords] = useState(say("Looking…"));
  useEffect(() => {
    let isOver = false;
    const tell = (what) => !isOver && setWords(what);
    (async () => {
      const ticket = await ticketOf("party", sessionId);
      if (!ticket.ok) return tell(ticket.words);
      const { status } = await new ConnectionCheck(ticket.data.serverUrl, ticket.data.token).checkWebsocket();
      const FAILED = 4;
      return tell(status === FAILED ? say("The video server can't be reached from here. The chat works.") : "works");
    })();
    return () => {
      isOver = true;
    };
  }, [sessionId]);
  return words;
}
