// Putting values into form fields.

/** Put a value in as if it were typed, so that drafts and frameworks notice. */
export function fill(field, value) {
  if (!field || value === null || value === undefined) return;
  const owner = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
  owner.set.call(field, String(value));
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
