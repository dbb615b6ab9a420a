// Talking to the REST API from a page: JSON in, JSON or the server's words out.
import { say } from "./words.js";

export const OFFLINE = say("We can't reach the server just now.");

/** The sentence of a problem+json body, or a fallback that fits the status. */
export function wordsOf(problem, status) {
  if (problem && typeof problem.detail === "string") return problem.detail;
  if (status === 413) return say("This file is too large.");
  if (status >= 500) return say("Something went wrong on our side. Please try again.");
  return say("This didn't work. Please try again.");
}

/** POST a body. */
export function post(url, body, patienceMs) {
  return call("POST", url, body, patienceMs);
}

/** Send a body. Never throws: {ok, status, data, words}; status 0 means the server wasn't reached, or not within `patienceMs`. */
export async function call(method, url, body, patienceMs) {
  let response;
  try {
    response = await fetch(url, {
      method,
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      signal: patienceMs ? AbortSignal.timeout(patienceMs) : undefined,
    });
  } catch {
    return { ok: false, status: 0, data: null, words: OFFLINE };
  }
  const data = await response.json().catch(() => null);
  return { ok: response.ok, status: response.status, data, words: response.ok ? "" : wordsOf(data, response.status) };
}

/** Worth trying again later: the server wasn't reached, is overloaded or broken. */
export function mayPass(status) {
  return status === 0 || status === 429 || status >= 500;
}

/** A random id, also where `crypto.randomUUID` is missing (plain http in a local network). */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Read a JSON value kept in this browser (or this window); the fallback when there is none or storage is closed. */
export function recall(key, fallback, storage = localStorage) {
  try {
    return JSON.parse(storage.getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Keep a JSON value in this browser; an empty list or text removes it. Full or closed storage only costs the draft. */
export function remember(key, value, storage = localStorage) {
  try {
    if (value.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
  } catch {
    console.warn("this browser keeps no drafts");
  }
}
