// The ring of a waiting request: two notes and a pause, over and over, as one loop of sound. A loop needs no timer, so it rings
// in a window behind others too. Browsers are silent until their visitor has clicked or typed somewhere.
const NOTES = [
  { hz: 740, at: 0 },
  { hz: 988, at: 0.22 },
];
const NOTE_S = 0.35;
const LOOP_S = 3;
const LOUDNESS = 0.25;

let sound;
let loop;

/** Whether the browser would let us ring now. */
export function mayRing() {
  if (typeof window === "undefined" || !window.AudioContext) return false;
  return Boolean(navigator.userActivation?.hasBeenActive) || sound?.state === "running";
}

/** To be called from a click: from now on we may. */
export async function allowRing() {
  await context().resume();
}

export function startRing() {
  if (loop || !mayRing()) return;
  context().resume();
  loop = new AudioBufferSourceNode(context(), { buffer: ringing(), loop: true });
  loop.connect(context().destination);
  loop.start();
}

export function stopRing() {
  loop?.stop();
  loop?.disconnect();
  loop = undefined;
}

function context() {
  sound ??= new AudioContext();
  return sound;
}

function ringing() {
  const rate = context().sampleRate;
  const buffer = context().createBuffer(1, LOOP_S * rate, rate);
  const samples = buffer.getChannelData(0);
  for (const { hz, at } of NOTES) {
    const start = Math.floor(at * rate);
    for (let index = 0; index < NOTE_S * rate; index++) {
      const fading = Math.exp(-index / (0.12 * rate)) * Math.min(1, index / (0.005 * rate));
      samples[start + index] += LOUDNESS * fading * Math.sin((2 * Math.PI * hz * index) / rate);
    }
  }
  return buffer;
}
