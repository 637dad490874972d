import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from './runtime.ts';

/** Weights of one layer and direction in PyTorch's layout; G gates, H hidden size, I input width. */
export interface LayerWeights {
  /** [G * H, I] */
  ih: Tensor2D;
  /** [G * H, H] */
  hh: Tensor2D;
  /** [G * H] each. */
  bih: Tensor1D;
  bhh: Tensor1D;
}

/** First states of one layer and direction, [B, H] each; c only of an LSTM. */
export interface LayerStart { h: Tensor2D; c: Tensor2D | null }

/**
 * One recurrent layer in one direction: x [T, B, I] -> every state [T, B, H], with the gradient by x and the weights.
 */
export type RecurrentLayer = (x: Tensor3D, weights: LayerWeights, start: LayerStart) => Tensor3D;

/** The last cell state [B, H] of an LSTM; computed apart, since a step of training never asks for it. */
export type LastCell = (x: Tensor3D, weights: LayerWeights, start: LayerStart) => Tensor2D;

/** What a layer's own gradient function gives back, in the order of x, ih, hh, bih, bhh. */
export type LayerGradients = [dx: Tensor, dih: Tensor, dhh: Tensor, dbih: Tensor, dbhh: Tensor];
