// Two soft notes, made on the spot. Silent until the visitor has clicked or typed somewhere: browsers want that.
const NOTES_HZ = [660, 880];
const NOTE_S = 0.18;

let sound;

/** Play the notes so many times. */
export function chime(times = 1) {
  if (!window.AudioContext || !navigator.userActivation?.hasBeenActive) return;
  sound ??= new AudioContext();
  for (let turn = 0; turn < times; turn++) {
    NOTES_HZ.forEach((pitch, index) => note(pitch, sound.currentTime + turn * 0.6 + index * NOTE_S));
  }
}

function note(pitch, start) {
  const tone = new OscillatorNode(sound, { frequency: pitch });
  const loudness = new GainNode(sound, { gain: 0 });
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(0.2, start + 0.02);
  loudness.gain.linearRampToValueAtTime(0, start + NOTE_S);
  tone.connect(loudness).connect(sound.destination);
  tone.start(start);
  tone.stop(start + NOTE_S);
}
