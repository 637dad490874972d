import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import { SetupFailure } from './failure.mjs';

/**
 * The exit code that a shell would give: a signal's number plus 128.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  return code ?? 128 + (signal ? constants.signals[signal] : 1);
}

/**
 * Runs a program and keeps what it prints.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { onText?: (text: string) => void }} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>} output is stdout and stderr as they came
 */
export function capture(program, args, { onText, ...options } = {}) {
  return new Promise((fulfil, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { stdout += text; output += text; onText?.(text); });
    child.stderr.setEncoding('utf8').on('data', (text) => { output += text; onText?.(text); });
    child.on('error', reject);
    child.on('close', (code, signal) => fulfil({ code: exitCodeOf(code, signal), stdout, output }));
  });
}

/**
 * Like capture, for a step that has to succeed: where it fails, all that it printed is in the message.
 * @param {string} what names the step in the message
 * @param {Parameters<typeof capture>} call
 */
export async function mustRun(what, ...call) {
  const result = await capture(...call);
  if (result.code !== 0) throw new SetupFailure(`${what} failed with exit code ${result.code}:\n${stripVTControlCharacters(result.output).trim()}`);
  return result;
}

/**
 * Runs a program in this terminal. Ctrl+C reaches it by itself; we wait for how it ends.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { interrupt?: boolean }} [options] interrupt: hand SIGINT on too, to a
 *   program that takes a second one for the first
 * @returns {Promise<number>} its exit code
 */
export function passThrough(program, args, { interrupt = false, ...options } = {}) {
  return new Promise((fulfil, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    // The terminal sends SIGINT to the whole group, so it is only outlived here; a signal sent to this process alone is handed on.
    const handOn = { SIGINT: () => { if (interrupt) child.kill('SIGINT'); }, SIGTERM: () => child.kill('SIGTERM'), SIGHUP: () => child.kill('SIGHUP') };
    for (const [signal, handler] of Object.entries(handOn)) process.on(signal, handler);
    const tidy = () => { for (const [signal, handler] of Object.entries(handOn)) process.off(signal, handler); };
    child.on('error', (error) => { tidy(); reject(error); });
    child.on('exit', (code, signal) => { tidy(); fulfil(exitCodeOf(code, signal)); });
  });
}
