/** A progress line on standard error: redrawn in place on a terminal, one line every tenth elsewhere. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream;
  #tenth = -1;
  #drawn = false;

  constructor(out: NodeJS.WriteStream) { this.#out = out; }

  /** @param share 0 to 1 */
  show(share: number, text: string): void {
    const tenth = Math.floor(share * 10);
    if (!this.#out.isTTY) {
      if (tenth === this.#tenth) return;
      this.#tenth = tenth;
    }
    const width = 30;
    const full = Math.round(share * width);
    const line = `[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${text}`;
    this.#out.write(this.#out.isTTY ? `\r\x1b[2K${line.slice(0, (this.#out.columns || 80) - 1)}` : `${line}\n`);
    this.#drawn = true;
  }

  end(): void {
    if (this.#drawn && this.#out.isTTY) this.#out.write('\n');
    this.#drawn = false;
  }
}

/** "1:05", "2:03:04"; "?" while it is not known. */
export function clock(seconds: number | null): string {
  if (seconds === null) return '?';
  const whole = Math.ceil(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${String(s).padStart(2, '0')}` : `${m}:${String(s).padStart(2, '0')}`;
}
