// Notices that nothing comes from LiveKit any more although the connection was never ended: a server that hangs, a network that swallows
// everything. LiveKit's own client takes a quarter of a minute to see that.
import { ConnectionState } from "livekit-client";

const LOOK_EVERY_MS = 500;
/** The browser asks the other end for a sign of life every two and a half seconds, and pictures come all the time. */
const SILENT_AFTER_MS = 4000;
/** A page that was stopped itself, in the background, has not listened: it must have looked this often. */
const SILENT_LOOKS = 5;
/** One late answer, on a path that the browser tries in its need, is no conversation. */
const NEWS_TO_TRUST = 3;

/** Calls `onChange(true)` when the open line has fallen silent, and `onChange(false)` when something comes again. Answers how to stop it. */
export function watchSilence(room, onChange) {
  let ear = newEar();
  let isSilent = false;
  let isLooking = false;
  const look = async () => {
    await ear.listen(room);
    if (room.state !== ConnectionState.Connected) {
      ear = newEar(); // it is being mended, and whoever mends it tells
      isSilent = false;
    } else if (isSilent ? ear.hearsAgain() : ear.hasWaited()) {
      isSilent = !isSilent;
      onChange(isSilent);
    }
  };
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await look().finally(() => {
      isLooking = false;
    });
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/**
 * Knows how much has come over each path so far. Reports leave a path out at times, and a browser in need tries another one, on which
 * something came long ago: only a known path that grew is news.
 */
function newEar() {
  const known = new Map();
  let newsAt = performance.now();
  let looks = 0;
  let newsInARow = 0;
  const hasWaited = () => looks >= SILENT_LOOKS && performance.now() - newsAt >= SILENT_AFTER_MS;
  return {
    async listen(room) {
      const paths = await pathsOf(room);
      const isNews = known.size === 0 || paths.some(({ id, heard }) => heard > known.get(id)); // where nothing came there is nothing to miss
      paths.forEach(({ id, heard }) => known.set(id, Math.max(heard, known.get(id) ?? 0)));
      if (hasWaited()) newsInARow = 0;
      looks = isNews ? 0 : looks + 1;
      if (!isNews) return;
      newsAt = performance.now();
      newsInARow += 1;
    },
    hasWaited,
    hearsAgain: () => newsInARow >= NEWS_TO_TRUST,
  };
}

/** The paths to LiveKit, and how much has come over each, answers to the browser's own questions included. */
async function pathsOf(room) {
  const people = [room.localParticipant, ...room.remoteParticipants.values()];
  const tracks = people.flatMap((person) => [...person.trackPublications.values()].map((each) => each.track).filter(Boolean));
  const reports = await Promise.all(tracks.map((track) => track.getRTCStatsReport()));
  const pairs = reports.flatMap((report) => (report ? [...report.values()] : [])).filter((each) => each.type === "candidate-pair");
  return pairs.map((pair) => ({ id: pair.id, heard: (pair.bytesReceived ?? 0) + (pair.responsesReceived ?? 0) }));
}
