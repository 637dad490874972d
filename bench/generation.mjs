// Characters a second that a trained network writes, one after the other: by the clock, and by processor time, which others on the machine do not eat.
//   node bench/generation.mjs [--json]
import { performance } from 'node:perf_hooks';
import { initialParameters, Rng, sampleToken, Stepper } from '../src/engine/index.ts';

const json = process.argv.includes('--json');
const [VOCABULARY, HIDDEN, CHARACTERS, ROUNDS] = [80, 128, 20_000, 5];

for (const cell of ['rnn_tanh', 'gru', 'lstm']) {
  for (const rule of [{ temperature: 0, topK: null, topP: null }, { temperature: 0.8, topK: null, topP: null }, { temperature: 0.8, topK: 10, topP: 0.9 }]) {
    const model = { cell, inputSize: VOCABULARY, hiddenSize: HIDDEN, layers: 1, bidirectional: false, dropout: 0, outputSize: VOCABULARY, headSteps: 'every' };
    const stepper = new Stepper(model, initialParameters(model, 'pytorch', 1));
    const rng = new Rng(1);
    let token = 0;
    const write = (count) => { for (let i = 0; i < count; i++) token = sampleToken(stepper.step(token), rule, rng); };
    write(2000);
    const seconds = Array.from({ length: ROUNDS }, () => {
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      write(CHARACTERS);
      return { clock: (performance.now() - start) / 1000, cpu: process.cpuUsage(cpu).user / 1e6 };
    });
    const rateOf = (kind) => CHARACTERS / seconds.map((one) => one[kind]).toSorted((a, b) => a - b)[ROUNDS >> 1];
    const [rate, cpuRate] = [rateOf('clock'), rateOf('cpu')];
    if (json) console.log(JSON.stringify({ measure: 'generation', cell, hidden: HIDDEN, vocabulary: VOCABULARY, ...rule, charactersPerSecond: rate, charactersPerCpuSecond: cpuRate }));
    else console.log(`${cell.padEnd(8)} hidden ${HIDDEN}, ${VOCABULARY} characters, temperature ${rule.temperature}${rule.topK === null ? '' : `, top-k ${rule.topK}, top-p ${rule.topP}`}: ${Math.round(rate)} characters a second, ${Math.round(cpuRate)} a second of processor time`);
  }
}
