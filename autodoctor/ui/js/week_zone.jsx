// The time zone of a week: all there are, by continent, and what time it is there.
import { useEffect, useId, useState } from "react";
import { locale, say } from "./words.js";

const MINUTE_MS = 60_000;
const OTHER = say("Other");

export function WeekZone({ zones, zone, onChange }) {
  const id = useId();
  const detected = useDetectedZone(zones);
  return (
    <div className="field week-zone">
      <label className="field-label" htmlFor={id}>
        {say("Time zone")}
      </label>
      <select id={id} className="field-input" value={zone} onChange={(event) => onChange(event.target.value)} aria-describedby={`${id}-help`}>
        {grouped(zones).map(([continent, names]) => (
          <optgroup key={continent} label={continent}>
            {names.map((each) => (
              <option key={each} value={each}>
                {each.replaceAll("_", " ")}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <p className="field-help" id={`${id}-help`}>
        <Clock zone={zone} /> {say("Your hours follow its summer time. Customers see them in their own time zone.")}
      </p>
      {detected && detected !== zone && (
        <button type="button" className="button button-quiet" onClick={() => onChange(detected)}>
          {say("Use {zone}, where you seem to be", { zone: detected })}
        </button>
      )}
    </div>
  );
}

function Clock({ zone }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return say("It is {time} there now.", { time: timeIn(zone, now) });
}

function timeIn(zone, now) {
  try {
    return new Intl.DateTimeFormat(locale(), { weekday: "long", hour: "numeric", minute: "2-digit", timeZone: zone }).format(now);
  } catch {
    return new Intl.DateTimeFormat(locale(), { hour: "numeric", minute: "2-digit", timeZone: "UTC", timeZoneName: "short" }).format(now); // the server knows it, this browser doesn't
  }
}

function grouped(zones) {
  const groups = new Map();
  for (const zone of zones) {
    const continent = zone.includes("/") ? zone.split("/")[0] : OTHER;
    groups.set(continent, [...(groups.get(continent) ?? []), zone]);
  }
  return [...groups].sort(([one], [other]) => (one === OTHER) - (other === OTHER));
}

function useDetectedZone(zones) {
  const [zone, setZone] = useState("");
  useEffect(() => {
    const found = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setZone(zones.includes(found) ? found : "");
  }, [zones]);
  return zone;
}
