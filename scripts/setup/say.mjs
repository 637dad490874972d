// Everything that the set-up says goes to stderr, so that stdout carries only what the command itself prints.
const stream = process.stderr;

/** @param {string} text */
export function say(text) {
  stream.write(`unroll: ${text}\n`);
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  const s = milliseconds / 1000;
  return s < 10 ? `${s.toFixed(1)} s` : s < 120 ? `${Math.round(s)} s` : `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}

/**
 * Does one long piece of work and shows how it goes: a line that renews itself on a terminal, a line every 10 s elsewhere.
 * @template T
 * @param {string} title what is done, as a sentence's start: "Installing 586 packages"
 * @param {(report: (detail: string) => void) => Promise<T>} work may report how far it is
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const start = Date.now();
  let detail = '';
  const line = () => `unroll: ${title}${detail ? `: ${detail}` : ''} (${seconds(Date.now() - start)})`;
  if (!stream.isTTY) say(title);
  const timer = setInterval(() => stream.write(stream.isTTY ? `\r\x1b[K${line()}` : `${line()}\n`), stream.isTTY ? 200 : 10_000);
  let outcome = 'failed after';
  try {
    const result = await work((text) => { detail = text; });
    outcome = 'done in';
    return result;
  } finally {
    clearInterval(timer);
    stream.write(`${stream.isTTY ? '\r\x1b[K' : ''}unroll: ${title}: ${outcome} ${seconds(Date.now() - start)}\n`);
  }
}
