// Which tab is open stands in the page's address, so that a link leads to it and a reload keeps it.

/** The index of the tab that the address names under `param`, -1 for none. */
export function namedInAddress(param, names) {
  const asked = new URLSearchParams(window.location.search).get(param);
  return names.findIndex((name) => name.toLowerCase() === asked);
}

/** Writes the open tab into the address; the first one needs no name. */
export function nameInAddress(param, names, index) {
  const url = new URL(window.location.href);
  if (index > 0) url.searchParams.set(param, names[index].toLowerCase());
  else url.searchParams.delete(param);
  if (url.href !== window.location.href) window.history.replaceState(window.history.state, "", url);
}
