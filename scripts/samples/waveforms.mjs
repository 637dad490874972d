// Makes resources/samples/waveforms.csv: sine, square, sawtooth and noise, a sequence of 24 to 40 numbers a row, with its label.
//   node scripts/samples/waveforms.mjs
// Phase, period, height and a little noise are drawn from a fixed seed, so that the same file comes out every time.
import { writeFileSync } from 'node:fs';

let state = 20240229;
function uniform() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const between = (low, high) => low + (high - low) * uniform();
const shapes = {
  sine: (phase) => Math.sin(2 * Math.PI * phase),
  square: (phase) => (phase % 1 < 0.5 ? 1 : -1),
  sawtooth: (phase) => 2 * (phase % 1) - 1,
  noise: () => between(-1, 1),
};
const names = Object.keys(shapes);
const rows = Array.from({ length: 480 }, () => {
  const label = names[Math.floor(uniform() * names.length)];
  const [length, period, shift, height] = [Math.round(between(24, 40)), between(6, 14), uniform(), between(0.6, 1.4)];
  const wave = Array.from({ length }, (_, t) => (height * shapes[label](t / period + shift) + between(-0.12, 0.12)).toFixed(2));
  return `${wave.join(' ')},${label}`;
});
writeFileSync(new URL('../../resources/samples/waveforms.csv', import.meta.url), `wave,shape\n${rows.join('\n')}\n`);
