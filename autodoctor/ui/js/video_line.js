// The line to LiveKit: gets the key, connects, tells what becomes of it, and never gives up by itself. Draws nothing.
import { ConnectionState, DefaultReconnectPolicy, DisconnectReason, Room, RoomEvent } from "livekit-client";
import { call, mayPass } from "./http.js";
import { watchSilence } from "./video_silence.js";

const AGAIN_AFTER_MS = 2000;
const LOST_AFTER_MS = 1500;
const PATIENCE_MS = 8000;
/** What LiveKit's client tries by itself, keeping the connection; after these the line starts anew, with a new key. */
const OWN_TRIES_MS = [0, 500, 1000, 2000];

/** A room object for this page's whole life: pictures no larger than they are drawn, nothing sent that nobody looks at. */
export function newRoom() {
  return new Room({ adaptiveStream: true, dynacast: true, reconnectPolicy: new DefaultReconnectPolicy(OWN_TRIES_MS) });
}

/** Where the key of a room is asked for: a party's, or an observer's. */
export function ticketOf(kind, sessionId) {
  const query = kind === "observer" ? `/api/admin/sessions/join?sessionId=${sessionId}` : `/api/livekit/token?roomName=session-${sessionId}`;
  return call("GET", query);
}

/**
 * Keep `room` connected until `signal` aborts. `tell(state, words)` hears of each change: "joining", "on", "lost" (tried again by
 * itself), "elsewhere" (another window took over), "refused" (no way in: the words say why). `publish` sends what one sends, after
 * each new connection.
 */
export async function keepConnected({ room, kind, sessionId, publish, tell, signal }) {
  const stopWatching = watch(room, tell);
  signal.addEventListener("abort", () => void room.disconnect(), { once: true });
  tell("joining");
  while (!signal.aborted) {
    const ticket = await ticketOf(kind, sessionId);
    if (signal.aborted) break;
    if (!ticket.ok && !mayPass(ticket.status)) {
      tell("refused", ticket.words);
      break;
    }
    const reason = ticket.ok ? await connection(room, ticket.data, publish, tell) : null;
    if (signal.aborted) break;
    if (reason === DisconnectReason.DUPLICATE_IDENTITY) {
      tell("elsewhere");
      break;
    }
    tell("lost");
    await pause(AGAIN_AFTER_MS);
  }
  stopWatching();
}

/** One connection from its beginning to its end; answers why it ended, null when it never was. */
async function connection(room, { serverUrl, token }, publish, tell) {
  const ended = new Promise((resolve) => room.once(RoomEvent.Disconnected, resolve));
  try {
    await inTime(room.connect(serverUrl, token, { maxRetries: 0, websocketTimeout: PATIENCE_MS, peerConnectionTimeout: PATIENCE_MS }));
  } catch (error) {
    console.warn("the video line can't be opened", error);
    await room.disconnect();
    return null;
  }
  tell("on");
  await publish(room);
  return (await ended) ?? null;
}

function inTime(promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), 2 * PATIENCE_MS));
  return Promise.race([promise, late]);
}

/** A line that LiveKit's client mends within a moment is not worth a word. */
function watch(room, tell) {
  let timer;
  const shaky = () => {
    clearTimeout(timer);
    timer = setTimeout(() => room.state !== ConnectionState.Connected && tell("lost"), LOST_AFTER_MS);
  };
  const mended = () => {
    clearTimeout(timer);
    tell("on");
  };
  const over = () => clearTimeout(timer);
  const heard = [
    [RoomEvent.Reconnecting, shaky],
    [RoomEvent.SignalReconnecting, shaky],
    [RoomEvent.Reconnected, mended],
    [RoomEvent.Disconnected, over],
  ];
  heard.forEach(([event, hear]) => room.on(event, hear));
  const stopListening = watchSilence(room, (isSilent) => tell(isSilent ? "lost" : "on"));
  return () => {
    clearTimeout(timer);
    stopListening();
    heard.forEach(([event, hear]) => room.off(event, hear));
  };
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
