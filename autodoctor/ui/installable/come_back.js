// Stands in the page that is shown without a network: goes on to what was asked for as soon as the site answers again.
const EVERY_MS = 3000;
const isAskedFor = location.pathname === "$page";

async function goOn() {
  const answer = await fetch("/api/health", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}

if (!isAskedFor) {
  setInterval(goOn, EVERY_MS);
  addEventListener("online", goOn);
}
document.querySelector("button").addEventListener("click", () => location.reload());
