// The place of the video in a room. LiveKit's client is half a megabyte: it is loaded here, when there is a picture to show, and
// nowhere else.
import { Component, Suspense, lazy } from "react";
import { say } from "./words.js";

const Stage = lazy(() => import("./video_room.jsx"));

/** `kind`: "party" or "observer"; `onComeIn` is called while somebody is ready to be met, with a picture or without: at once, then as a sign of life. */
export function VideoStage({ sessionId, kind = "party", otherName = "", isRecorded = false, onComeIn }) {
  if (!sessionId) return null;
  return (
    <Boundary>
      <Suspense fallback={<div className="stage-coming skeleton-box" aria-busy="true" aria-label={say("Loading the video")} />}>
        <Stage key={sessionId} sessionId={sessionId} kind={kind} otherName={otherName} isRecorded={isRecorded} onComeIn={onComeIn} />
      </Suspense>
    </Boundary>
  );
}

/** A broken picture never takes the conversation with it. */
class Boundary extends Component {
  state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  componentDidCatch(error) {
    console.error("the video can't be shown", error);
  }

  render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <div className="stage-note" role="alert">
        <p>{say("The video can't be shown in this browser. The chat goes on.")}</p>
        <button type="button" className="button button-secondary" onClick={() => this.setState({ isBroken: false })}>
          {say("Try again")}
        </button>
      </div>
    );
  }
}
