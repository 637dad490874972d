/**
 * Named tensors in PyTorch's layout: rnn.weight_ih_l0 [G*H, F], rnn.weight_hh_l0 [G*H, H], rnn.bias_ih_l0 [G*H],
 * rnn.bias_hh_l0 [G*H] (suffix _reverse for the backward direction), head.weight [O, H*directions], head.bias [O].
 * Gate order: LSTM i, f, g, o; GRU r, z, n.
 */
export interface Tensor { shape: number[]; values: Float32Array }
export type Parameters = Record<string, Tensor>;
