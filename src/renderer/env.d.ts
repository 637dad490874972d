import type { UnrollApi } from '../shared/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script: the contract's methods and nothing else. */
    readonly unroll: UnrollApi;
  }
}
