/** A failure that a person can mend: shown as its message alone, without a stack. */
export class SetupFailure extends Error {
  /**
   * @param {string} message what is wrong and what to do
   * @param {number} [exitCode] 2 where the person has to act, 1 where a step of ours failed
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'SetupFailure';
    this.exitCode = exitCode;
  }
}

/**
 * Runs a command's main function and turns what it returns or throws into the exit code.
 * @param {() => Promise<number>} main
 */
export async function exitWith(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(error instanceof SetupFailure ? `unroll: ${error.message}\n` : `${error?.stack ?? error}\n`);
    process.exitCode = error instanceof SetupFailure ? error.exitCode : 1;
  }
}
