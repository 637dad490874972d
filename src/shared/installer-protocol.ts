import type { EngineKind, EngineProbe, EngineState, InstallProgress } from './engine-install.ts';
import type { AppErrorData } from './errors.ts';

/** What main says to the process that installs engines; `engines` is their folder. One job a process. */
export type InstallerCommand =
  | { type: 'state'; engines: string }
  /** From the package index, or from the wheels in `folder`. */
  | { type: 'install'; engines: string; kind: EngineKind | 'auto'; folder: string | null }
  | { type: 'probeAgain'; engines: string }
  | { type: 'remove'; engines: string }
  /** The answer to `probe`. */
  | { type: 'probed'; probe: EngineProbe }
  | { type: 'cancel' };

/** What it says. Exactly one of done, failed, cancelled comes last. */
export type InstallerMessage =
  | { type: 'progress'; progress: InstallProgress }
  | { type: 'probe'; folder: string }
  | { type: 'done'; state: EngineState }
  | { type: 'failed'; error: AppErrorData }
  | { type: 'cancelled' };
