import type { Manifest } from './manifest.ts';
import { pythonText, safetensorsReader, seriesPredict } from './pytorch.ts';

/** model.py: the network in Keras 3, with the weights of model.safetensors put in; runs on any of Keras' backends. */
export function kerasModel({ architecture: a, run }: Manifest): string {
  const layerOf = {
    rnn_tanh: `keras.layers.SimpleRNN(${a.hiddenSize}, activation="tanh", return_sequences=True)`, rnn_relu: `keras.layers.SimpleRNN(${a.hiddenSize}, activation="relu", return_sequences=True)`,
    handwritten: `keras.layers.SimpleRNN(${a.hiddenSize}, activation=None, return_sequences=True)`, lstm: `keras.layers.LSTM(${a.hiddenSize}, return_sequences=True)`, gru: `keras.layers.GRU(${a.hiddenSize}, return_sequences=True, reset_after=True)`,
  }[a.cell];
  const weights = {
    lstm: `    # Keras' gates are i, f, c, o as PyTorch's i, f, g, o; its one bias is the sum of PyTorch's two.
    return [w_ih.T, w_hh.T, b_ih + b_hh]`,
    gru: `    # Keras orders the gates z, r, h where PyTorch has r, z, n, and keeps both biases.
    def swap(values):
        r, z, n = np.split(values, 3)
        return np.concatenate([z, r, n])

    return [swap(w_ih).T, swap(w_hh).T, np.stack([swap(b_ih), swap(b_hh)])]`,
    plain: '    # One bias, the sum of PyTorch\'s two.\n    return [w_ih.T, w_hh.T, b_ih + b_hh]',
  }[a.cell === 'lstm' || a.cell === 'gru' ? a.cell : 'plain'];
  const layer = a.bidirectional ? `keras.layers.Bidirectional(${layerOf}, merge_mode="concat")` : layerOf;
  return `"""${pythonText(run.name)}: the network that Unroll trained, in Keras 3. Weights are in model.safetensors."""
import json
import struct
from pathlib import Path

import keras
import numpy as np


def build():
    """Input [batch, time, ${a.inputSize}], scaled; output ${a.headSteps === 'every' ? `[batch, time, ${a.outputSize}]` : `[batch, ${a.outputSize}] of the last step`}."""
    inputs = x = keras.Input((None, ${a.inputSize}))
${a.embedding === null ? '' : `    x = keras.layers.Dense(${a.embedding}, use_bias=False, name="embedding")(x)
`}    for layer in range(${a.layers}):
        x = ${layer}(x)
    return keras.Model(inputs, keras.layers.Dense(${a.outputSize})(x${a.headSteps === 'every' ? '' : '[:, -1]'}))


${safetensorsReader('Arrays', 'np.frombuffer(PART, dtype="<f4")')}

def layer_weights(tensors, suffix):
    w_ih, w_hh = tensors[f"rnn.weight_ih_{suffix}"], tensors[f"rnn.weight_hh_{suffix}"]
    b_ih, b_hh = tensors[f"rnn.bias_ih_{suffix}"], tensors[f"rnn.bias_hh_{suffix}"]
${weights}


def load(path=Path(__file__).with_name("model.safetensors")):
    """The trained model, ready to predict."""
    tensors = read_safetensors(path)
    model = build()
    recurrent = [layer for layer in model.layers if isinstance(layer, (keras.layers.RNN, keras.layers.Bidirectional))]
    for number, layer in enumerate(recurrent):
        layer.set_weights(layer_weights(tensors, f"l{number}")${a.bidirectional ? ' + layer_weights(tensors, f"l{number}_reverse")' : ''})
${a.embedding === null ? '' : '    model.get_layer("embedding").set_weights([tensors["embedding.weight"]])\n'}    model.layers[-1].set_weights([tensors["head.weight"].T, tensors["head.bias"]])
    return model
`;
}

/** predict.py for a series; null for a text, whose generation is short enough for a snippet. */
export function kerasPredict(manifest: Manifest): string | null {
  if (manifest.task === 'char') return null;
  return seriesPredict({ imports: 'import numpy as np\n\nfrom model import load\n', load: 'model = load()', call: 'outputs = model.predict(np.array(batch, dtype="float32"), verbose=0).tolist()' });
}
