// One file on its way to the server: asked for, sent with progress, refused in words.
import { OFFLINE, mayPass, post, wordsOf } from "./http.js";
import { locale, say } from "./words.js";

const STOPPED = { words: say("Stopped."), mayTryAgain: true };
const BY_ENDING = { heic: "image/heic", heif: "image/heif", pdf: "application/pdf", txt: "text/plain", csv: "text/csv" };

/** The file's type as the browser tells it; some leave it empty for phones' pictures. */
export function typeOf(file) {
  const ending = file.name.split(".").pop().toLowerCase();
  return file.type || BY_ENDING[ending] || "application/octet-stream";
}

/** Words for a size in bytes. */
export function sizeWords(bytes) {
  if (bytes < 1024 * 1024) return say("{size} KB", { size: Math.max(1, Math.round(bytes / 1024)) });
  return say("{size} MB", { size: (bytes / 1024 / 1024).toLocaleString(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }) });
}

/**
 * Sign and send one file. `onProgress` gets 0–100, `signal` stops it.
 * Answers {filePath} or {words, mayTryAgain}; a stopped upload answers {words: "Stopped."}.
 */
export async function upload(file, target, onProgress, signal) {
  const asked = { fileName: file.name, fileSize: file.size, fileType: typeOf(file), ...target };
  const signed = await post("/api/uploads/sign", asked);
  if (!signed.ok) return { words: signed.words, mayTryAgain: mayPass(signed.status) };
  if (signal.aborted) return STOPPED;
  const put = await send(signed.data.uploadUrl, file, onProgress, signal);
  return put.ok ? { filePath: signed.data.filePath, progress: 100 } : { words: put.words, mayTryAgain: put.mayTryAgain };
}

function send(url, file, onProgress, signal) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", typeOf(file));
    request.upload.onprogress = (event) => onProgress(Math.round((100 * event.loaded) / Math.max(1, event.total)));
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => resolve({ ok: false, words: OFFLINE, mayTryAgain: true });
    request.onabort = () => resolve({ ok: false, ...STOPPED });
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function answerOf(request) {
  if (request.status >= 200 && request.status < 300) return { ok: true };
  let problem = null;
  try {
    problem = JSON.parse(request.responseText);
  } catch {
    problem = null; // a proxy's own page: the status alone has to do
  }
  const brokeOff = problem?.code === "upload_incomplete";
  return { ok: false, words: wordsOf(problem, request.status), mayTryAgain: brokeOff || mayPass(request.status) };
}
