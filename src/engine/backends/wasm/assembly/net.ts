// Where things of one layer and direction stand in memory. See generate/fields.mjs for what Net and Layer hold.
import { LAYER_BYTES, Layer, Net } from './fields';
import { at } from './vector';

@inline export function layerAt(n: Net, layer: i32, direction: i32): Layer {
  return changetype<Layer>(n.table + <usize>(layer * n.directions + direction) * LAYER_BYTES);
}

/** Numbers of one step's states, [B, H]. */
@inline export function stepSize(n: Net): i32 { return n.batch * n.hiddenPadded; }

/** The step that direction visits as its s-th. */
@inline export function timeOf(n: Net, L: Layer, s: i32): i32 { return L.reverse ? n.time - 1 - s : s; }

/** Of `states` or `cells`: the slot that step t starts from, [B, H]. */
@inline export function slotBefore(n: Net, L: Layer, slots: usize, t: i32): usize { return at(slots, (L.reverse ? t + 1 : t) * stepSize(n)); }

/** Of `states` or `cells`: the slot that step t leaves, [B, H]. */
@inline export function slotAfter(n: Net, L: Layer, slots: usize, t: i32): usize { return at(slots, (L.reverse ? t : t + 1) * stepSize(n)); }

/** What the layer above, or the head, reads of step t, [B, H]; steps lie behind each other. */
@inline export function outputAt(n: Net, L: Layer, t: i32): usize {
  return L.dropped ? at(L.dropped, t * stepSize(n)) : slotAfter(n, L, L.states, t);
}

@inline export function gatesAt(n: Net, L: Layer, t: i32): usize { return at(L.gates, t * n.batch * n.gateWidth); }

/** Part `part` of what the layer reads at step t, [B, inputWidth]. */
@inline export function inputAt(n: Net, layer: i32, part: i32, t: i32): usize {
  return layer === 0 ? at(n.x, t * n.batch * n.features) : outputAt(n, layerAt(n, layer - 1, part), t);
}

/** The gradient of a parameter. */
@inline export function gradientOf(n: Net, parameter: usize): usize { return parameter - n.parameters + n.gradients; }
