// Tells the session's record whether this side has video: one word at a time and in order, each again until the server has taken it.
import { mayPass, post } from "./http.js";

const AGAIN_AFTER_MS = 2000;
const PATIENCE_MS = 8000;

/** `tell(missing)` tells it once, however often it is said, and the last word last; `stop` when the page goes. */
export function newReport(sessionId) {
  let told = false;
  let now = false;
  let isTelling = false;
  let isOver = false;
  const tell = async () => {
    isTelling = true;
    while (now !== told && !isOver) {
      const missing = now;
      const { ok, status } = await post(`/api/sessions/${sessionId}/video`, { missing }, PATIENCE_MS);
      told = ok || !mayPass(status) ? missing : null; // without an answer nobody knows whether it was heard
      if (told === null) await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    }
    isTelling = false;
  };
  return {
    tell: (missing) => {
      now = missing;
      if (!isTelling) tell();
    },
    stop: () => {
      isOver = true;
    },
  };
}
