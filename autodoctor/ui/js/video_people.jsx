// Who is seen and heard, and what one sends oneself: side by side, or one large with the others beside it.
import {
  CarouselLayout, ConnectionQualityIndicator, FocusLayoutContainer, FocusToggleIcon, GridLayout, LayoutContextProvider, ParticipantName,
  ParticipantPlaceholder, ParticipantTile, RoomAudioRenderer, StartAudio, TrackMutedIndicator, UnfocusToggleIcon, VideoTrack, isTrackReference,
  useConnectionQualityIndicator, useCreateLayoutContext, useEnsureTrackRef, useFocusToggle, useLocalParticipant, useMediaDeviceSelect,
  usePinnedTracks, useTracks, useTrackToggle,
} from "@livekit/components-react";
import { ConnectionQuality, Track } from "livekit-client";
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { say } from "./words.js";

export function People({ isObserver, otherName, isRecorded, problem, onLeave }) {
  return (
    <>
      <Tiles isObserver={isObserver} otherName={otherName} />
      {isRecorded && <p className="stage-recorded">{say("Recorded: both of you find it on the session's page.")}</p>}
      {!isObserver && <Controls problem={problem} onLeave={onLeave} />}
      <RoomAudioRenderer />
      <StartAudio label={say("Turn the sound on")} className="button button-primary stage-sound" />
    </>
  );
}

function Tiles({ isObserver, otherName }) {
  const layout = useCreateLayoutContext();
  const all = useTracks(
    [
      { source: Track.Source.Camera, withPlaceholder: true },
      { source: Track.Source.ScreenShare, withPlaceholder: false },
    ],
    { onlySubscribed: false },
  );
  const tracks = isObserver ? all.filter((each) => !each.participant.isLocal) : all;
  const [pinned] = usePinnedTracks(layout);
  const focus = pinned ?? tracks.find((each) => each.source === Track.Source.ScreenShare); // a shared screen is large by itself
  const others = tracks.filter((each) => !sameTrack(each, focus));
  const isAlone = !tracks.some((each) => !each.participant.isLocal);
  return (
    <LayoutContextProvider value={layout}>
      <div className="stage-tiles">
        {focus ? (
          <FocusLayoutContainer>
            <CarouselLayout tracks={others}>
              <Tile />
            </CarouselLayout>
            <Tile trackRef={focus} />
          </FocusLayoutContainer>
        ) : (
          <GridLayout tracks={tracks}>
            <Tile />
          </GridLayout>
        )}
        {isAlone && (
          <p className="stage-alone" role="status">
            {isObserver ? say("Nobody is in the video.") : say("{name} isn't in the video yet.", { name: otherName })}
          </p>
        )}
      </div>
    </LayoutContextProvider>
  );
}

/** One picture, with whose it is, whether they are muted, how good their line is, and a button that shows it large. */
function Tile({ trackRef }) {
  return (
    <ParticipantTile trackRef={trackRef}>
      <Face trackRef={trackRef} />
    </ParticipantTile>
  );
}

function Face({ trackRef }) {
  const track = useEnsureTrackRef(trackRef);
  const { participant, source } = track;
  const isScreen = source === Track.Source.ScreenShare;
  return (
    <>
      {isTrackReference(track) && <VideoTrack trackRef={track} aria-label={isScreen ? say("Screen of {name}", { name: participant.name }) : participant.name} />}
      <div className="lk-participant-placeholder">
        <ParticipantPlaceholder aria-hidden="true" />
      </div>
      <div className="lk-participant-metadata">
        <div className="lk-participant-metadata-item">
          {!isScreen && <TrackMutedIndicator trackRef={{ participant, source: Track.Source.Microphone }} show="muted" role="img" aria-label={say("Muted")} />}
          <ParticipantName>{isScreen ? say(": screen") : ""}</ParticipantName>
        </div>
        <ConnectionQualityIndicator className="lk-participant-metadata-item" aria-hidden="true" />
      </div>
      <Enlarge track={track} />
    </>
  );
}

function Enlarge({ track }) {
  const { mergedProps, inFocus } = useFocusToggle({ trackRef: track, props: { type: "button" } });
  const { name } = track.participant;
  return (
    <button {...mergedProps} aria-label={inFocus ? say("Show beside the others: {name}", { name }) : say("Show large: {name}", { name })}>
      {inFocus ? <UnfocusToggleIcon aria-hidden="true" /> : <FocusToggleIcon aria-hidden="true" />}
    </button>
  );
}

function sameTrack(one, other) {
  return Boolean(other) && one.participant.identity === other.participant.identity && one.source === other.source;
}

function Controls({ problem, onLeave }) {
  const [words, setWords] = useState("");
  const tell = useCallback((what) => setWords(what), []);
  return (
    <div className="stage-controls" role="group" aria-label={say("Video")}>
      <Toggle source={Track.Source.Microphone} on={say("Mute")} off={say("Unmute")} tell={tell} failed={say("Your microphone can't be used.")} />
      <Toggle source={Track.Source.Camera} on={say("Turn camera off")} off={say("Turn camera on")} tell={tell} failed={say("Your camera can't be used.")} />
      {canShareScreen() && (
        <Toggle source={Track.Source.ScreenShare} on={say("Stop sharing")} off={say("Share screen")} tell={tell} options={{ audio: true }} failed={say("The screen isn't shared.")} />
      )}
      <Devices />
      <button type="button" className="button button-quiet" onClick={onLeave}>
        {say("Leave video")}
      </button>
      <Quality />
      {(words || problem) && (
        <p role="alert" className="stage-problem">
          {words || problem}
        </p>
      )}
    </div>
  );
}

function canShareScreen() {
  return Boolean(navigator.mediaDevices?.getDisplayMedia);
}

function Toggle({ source, on, off, options, tell, failed }) {
  const onDeviceError = useCallback(() => tell(failed), [tell, failed]);
  const { buttonProps, enabled, pending } = useTrackToggle({ source, captureOptions: options, onDeviceError });
  const { onClick } = buttonProps;
  const press = useCallback(
    (event) => {
      tell("");
      onClick?.(event);
    },
    [tell, onClick],
  );
  return (
    <button
      type="button"
      className={`button ${enabled ? "button-secondary" : "button-primary"}`}
      data-source={source}
      data-enabled={enabled ? "" : undefined}
      data-loading={pending ? "yes" : "no"}
      aria-disabled={pending}
      onClick={press}
    >
      {enabled ? on : off}
    </button>
  );
}

/** One's own line, in words. */
function Quality() {
  const { localParticipant } = useLocalParticipant();
  const { quality } = useConnectionQualityIndicator({ participant: localParticipant });
  const words = { [ConnectionQuality.Poor]: say("Weak connection"), [ConnectionQuality.Lost]: say("Connection lost") }[quality];
  return (
    <p role="status" className="stage-quality">
      {words}
    </p>
  );
}

const KINDS = [
  { kind: "audioinput", label: say("Microphone") },
  { kind: "videoinput", label: say("Camera") },
  { kind: "audiooutput", label: say("Speaker") },
];

function Devices() {
  const dialog = useRef(null);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setOpen(true);
    dialog.current.showModal();
  };
  return (
    <>
      <button type="button" className="button button-quiet" onClick={open}>
        {say("Devices")}
      </button>
      <dialog ref={dialog} className="dialog" aria-label={say("Devices")} onClose={() => setOpen(false)}>
        <div className="dialog-content">
          <h2 className="heading2">{say("Devices")}</h2>
          {isOpen && KINDS.map((each) => <Device key={each.kind} {...each} />)}
          <div className="dialog-buttons">
            <button type="button" className="button button-primary" onClick={() => dialog.current.close()}>
              {say("Done")}
            </button>
          </div>
        </div>
      </dialog>
    </>
  );
}

function Device({ kind, label }) {
  const id = useId();
  const { devices, activeDeviceId, setActiveMediaDevice } = useMediaDeviceSelect({ kind });
  if (devices.length === 0) return null;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="field-input" value={activeDeviceId} onChange={(event) => setActiveMediaDevice(event.target.value)}>
        {devices.map((each) => (
          <option key={each.deviceId} value={each.deviceId}>
            {each.label || label}
          </option>
        ))}
      </select>
    </div>
  );
}
