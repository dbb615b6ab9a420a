// What is half-written in a form survives a reload. Never passwords, never hidden fields.
import { useCallback, useEffect } from "react";
import { fill } from "./fields.js";
import { named } from "./forms.js";
import { recall, remember } from "./http.js";

const KEPT_AWAY = new Set(["password", "hidden"]);

/** {save, forget} for the form in `form`; what was kept under `key` is filled in at once. */
export function useDraft(form, key) {
  const place = key && `autodoctor.draft.${key}`;

  useEffect(() => {
    if (!place || !form.current) return;
    const kept = recall(place, {});
    for (const [name, field] of Object.entries(named(form.current))) {
      if (name in kept && !KEPT_AWAY.has(field.type)) put(field, kept[name]);
    }
  }, [form, place]);

  const save = useCallback(() => {
    if (!place) return;
    const values = {};
    for (const [name, field] of Object.entries(named(form.current))) {
      if (!KEPT_AWAY.has(field.type) && field.type !== "radio") values[name] = field.type === "checkbox" ? field.checked : field.value;
    }
    remember(place, values);
  }, [form, place]);

  const forget = useCallback(() => {
    if (!key) return;
    remember(place, []);
    remember(`autodoctor.photos.${key}`, []);
  }, [key, place]);

  return { save, forget };
}

function put(field, value) {
  if (field.type === "checkbox") {
    if (field.checked !== value) field.click();
  } else if (field.type !== "radio") {
    fill(field, value);
  }
}
