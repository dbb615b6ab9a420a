// What a form sends, where its refusals stand, where it leads.
import { say } from "./words.js";

/** Fields of a form by name: {name: element}, radio groups as their checked one (or the first). */
export function named(form) {
  const found = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.type === "submit" || field.type === "button") continue;
    if (field.type === "radio" && field.name in found && !field.checked) continue;
    found[field.name] = field;
  }
  return found;
}

/** The body: texts as they are, boxes as true or false, `data-kind` number, list and words (with commas between) as what they stand for. */
export function bodyOf(form) {
  const body = {};
  for (const [name, field] of Object.entries(named(form))) {
    const value = valueOf(field);
    if (value !== undefined) body[name] = value;
  }
  return body;
}

function valueOf(field) {
  if (field.type === "checkbox") return field.checked;
  if (field.type === "radio" && !field.checked) return undefined;
  const kind = field.dataset.kind;
  if (kind === "number") return Number(field.value);
  if (kind === "words") return field.value.split(",").map((each) => each.trim()).filter(Boolean);
  if (kind === "list") return JSON.parse(field.value || "[]");
  return field.value;
}

/** What can be told to be wrong without asking the server: [{field, message}]. */
export function missingIn(form) {
  const wrong = [];
  for (const [name, field] of Object.entries(named(form))) {
    const message = problemOf(field);
    if (message) wrong.push({ field: name, message });
  }
  return wrong;
}

function problemOf(field) {
  if (field.validity.valueMissing || (field.required && field.value.trim() === "")) {
    if (field.type === "checkbox") return say("Please tick this box to go on.");
    return field.type === "radio" ? say("Please choose one.") : say("This is required.");
  }
  if (field.validity.typeMismatch && field.type === "email") return say("This doesn't look like an e-mail address.");
  return "";
}

/** Refusals sorted: those whose field is on this form ({name: message}), and the words for everything else. */
export function placed(answer, known) {
  const problems = {};
  const rest = [];
  for (const { field, message } of answer.data?.errors ?? []) {
    if (known.has(field) && !(field in problems)) problems[field] = message;
    else if (!known.has(field)) rest.push(message);
  }
  const words = answer.data?.errors ? rest.join(" ") : answer.words;
  return { problems, words };
}

/** The path when it leads to our own site (`origin`), else the fallback. Never another site, never a script. */
export function ownPath(path, origin, fallback = "") {
  if (typeof path !== "string" || !path.startsWith("/")) return fallback;
  try {
    const url = new URL(path, origin);
    return url.origin === origin ? url.pathname + url.search + url.hash : fallback;
  } catch {
    return fallback;
  }
}

/** Where to log in from here, and come back to. */
export function loginFrom({ pathname, search }) {
  const door = pathname.startsWith("/admin") ? "/admin/login" : pathname.startsWith("/mechanic") ? "/mechanic/login" : "/login";
  return `${door}?next=${encodeURIComponent(pathname + search)}`;
}

let isLeaving = false;

/** Said by a form that leads away when it is done: until then the page isn't loaded anew, also when the server tells it that its login
 * has ended. Whoever logs out goes where logging out leads. */
export function aboutToLeave(is) {
  isLeaving = is;
}

/** Loads a page anew, with nothing left of what this window's socket knew: somebody else may be logged in there. */
export function leaveFor(path) {
  sessionStorage.removeItem("token");
  window.location.assign(path);
}

/** Loads this page anew, likewise. */
export function loadAnew() {
  if (isLeaving) return;
  sessionStorage.removeItem("token");
  window.location.reload();
}
