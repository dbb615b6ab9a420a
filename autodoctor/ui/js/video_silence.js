// Notices that nothing comes from LiveKit any more although the connection was never ended: a server that hangs, a network that swallows
// everything. LiveKit's own client takes a quarter of a minute to see that.
import { ConnectionState } from "livekit-client";

const LOOK_EVERY_MS = 500;
/** The browser asks the other end for a sign of life every two and a half seconds, and pictures come all the time. */
const SILENT_AFTER_MS = 4000;
/** A page that was stopped itself, in the background, has not listened: it must have looked this often. */
const SILENT_LOOKS = 5;

/** Calls `onChange(true)` when the open line has fallen silent, and `onChange(false)` when something comes again. Answers how to stop it. */
export function watchSilence(room, onChange) {
  let ear = newEar();
  let isSilent = false;
  let isLooking = false;
  const look = async () => {
    const hasNews = await ear.hasNews(room);
    if (room.state !== ConnectionState.Connected) {
      ear = newEar(); // it is being mended, and whoever mends it tells
      isSilent = false;
    } else if (isSilent ? hasNews : ear.hasWaited()) {
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

/** Knows how much has come over each path so far: reports leave a path out at times, so only one that grew is news. */
function newEar() {
  const known = new Map();
  let newsAt = performance.now();
  let looks = 0;
  return {
    async hasNews(room) {
      const paths = await pathsOf(room);
      const grown = paths.filter(({ id, heard }) => heard > (known.get(id) ?? 0));
      grown.forEach(({ id, heard }) => known.set(id, heard));
      const isNews = grown.length > 0 || known.size === 0; // where nothing was ever heard there is nothing to miss
      looks = isNews ? 0 : looks + 1;
      if (isNews) newsAt = performance.now();
      return isNews;
    },
    hasWaited: () => looks >= SILENT_LOOKS && performance.now() - newsAt >= SILENT_AFTER_MS,
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
