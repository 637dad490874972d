import type { Manifest } from './manifest.ts';

const moduleOf = { rnn_tanh: 'nn.RNN', rnn_relu: 'nn.RNN', lstm: 'nn.LSTM', gru: 'nn.GRU', handwritten: 'HandwrittenRNN' } as const;

const handwritten = `

class HandwrittenRNN(nn.Module):
    """The hand-written cell: h' = i2h(concatenate(x, h)), no nonlinearity. Parameters are named as those of nn.RNN."""

    def __init__(self, input_size, hidden_size, num_layers, bidirectional):
        super().__init__()
        self.hidden_size, self.num_layers, self.directions = hidden_size, num_layers, 2 if bidirectional else 1
        for layer in range(num_layers):
            width = input_size if layer == 0 else hidden_size * self.directions
            for direction in range(self.directions):
                suffix = f"l{layer}" + ("_reverse" if direction == 1 else "")
                self.register_parameter(f"weight_ih_{suffix}", nn.Parameter(torch.zeros(hidden_size, width)))
                self.register_parameter(f"weight_hh_{suffix}", nn.Parameter(torch.zeros(hidden_size, hidden_size)))
                self.register_parameter(f"bias_ih_{suffix}", nn.Parameter(torch.zeros(hidden_size)))
                self.register_parameter(f"bias_hh_{suffix}", nn.Parameter(torch.zeros(hidden_size)))

    def forward(self, x):
        last = []
        for layer in range(self.num_layers):
            parts = []
            for direction in range(self.directions):
                suffix = f"l{layer}" + ("_reverse" if direction == 1 else "")
                w_ih, w_hh = getattr(self, f"weight_ih_{suffix}"), getattr(self, f"weight_hh_{suffix}")
                bias = getattr(self, f"bias_ih_{suffix}") + getattr(self, f"bias_hh_{suffix}")
                h = x.new_zeros(x.shape[0], self.hidden_size)
                states = [None] * x.shape[1]
                for t in (range(x.shape[1]) if direction == 0 else reversed(range(x.shape[1]))):
                    h = x[:, t] @ w_ih.T + h @ w_hh.T + bias
                    states[t] = h
                last.append(h)
                parts.append(torch.stack(states, dim=1))
            x = torch.cat(parts, dim=2)
        return x, torch.stack(last)
`;

/** model.py: the network in PyTorch, readable, and how its weights are read; needs torch alone. */
export function pytorchModel({ architecture: a, run }: Manifest): string {
  const own = a.cell === 'handwritten';
  const nonlinearity = a.cell === 'rnn_relu' ? ', nonlinearity="relu"' : '';
  const width = a.embedding ?? a.inputSize;
  const build = own ? `HandwrittenRNN(${width}, ${a.hiddenSize}, ${a.layers}, ${a.bidirectional ? 'True' : 'False'})`
    : `${moduleOf[a.cell]}(input_size=${width}, hidden_size=${a.hiddenSize}, num_layers=${a.layers}, batch_first=True, bidirectional=${a.bidirectional ? 'True' : 'False'}${nonlinearity})`;
  return `"""${pythonText(run.name)}: the network that Unroll trained, in PyTorch. Weights are in model.safetensors."""
import json
import struct
from pathlib import Path

import torch
from torch import nn
${own ? handwritten : ''}

class Model(nn.Module):
    """Input [batch, time, ${a.inputSize}], scaled; output ${a.headSteps === 'every' ? `[batch, time, ${a.outputSize}]` : `[batch, ${a.outputSize}] of the last step`}."""

    def __init__(self):
        super().__init__()
${a.embedding === null ? '' : `        self.embedding = nn.Embedding(${a.inputSize}, ${a.embedding})
`}        self.rnn = ${build}
        self.head = nn.Linear(${a.hiddenSize * (a.bidirectional ? 2 : 1)}, ${a.outputSize})

    def forward(self, x):
        output, _ = self.rnn(${a.embedding === null ? 'x' : 'x @ self.embedding.weight'})
        return self.head(output${a.headSteps === 'every' ? '' : '[:, -1]'})


${safetensorsReader('Tensors', 'torch.frombuffer(bytearray(PART), dtype=torch.float32)')}

def load(path=Path(__file__).with_name("model.safetensors")):
    """The trained model, ready to predict."""
    model = Model()
    model.load_state_dict(read_safetensors(path))
    return model.eval()
`;
}

/** Python that reads model.safetensors. @param numbers makes an array of the bytes PART */
export function safetensorsReader(what: string, numbers: string): string {
  return `def read_safetensors(path):
    """${what} by name; the format is a JSON header and raw float32 numbers, so no package is needed."""
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    start = 8 + length
    return {
        name: ${numbers.replace('PART', 'data[start + entry["data_offsets"][0]:start + entry["data_offsets"][1]]')}.reshape(entry["shape"])
        for name, entry in header.items()
    }
`;
}

/** A text inside a Python docstring. */
export function pythonText(value: string): string {
  return value.replace(/[\\"\n\r]/g, ' ');
}

const commonFeatures = `def read_rows(path):
    """The table of a CSV file: dictionaries by column name."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        sample = file.read(65536)
        file.seek(0)
        try:
            dialect = csv.Sniffer().sniff(sample, delimiters=",;\\t|")
        except csv.Error:
            dialect = csv.excel
        rows = list(csv.DictReader(file, dialect=dialect))
    if not rows:
        sys.exit(f"{path} has no rows below its header.")
    return rows


def number(rows, r, feature, path):
    column = feature["column"]
    if column not in rows[r]:
        sys.exit(f'{path} has no column "{column}". It has: {", ".join(rows[r])}.')
    text = (rows[r][column] or "").strip()
    if feature["category"] is not None:
        return 1.0 if text == feature["category"] else 0.0
    if feature["words"] is not None and text.lower() in feature["words"]:
        return float(feature["words"][text.lower()])
    try:
        return float(text)
    except ValueError:
        sys.exit(f'{path}, row {r + 2}: "{text}" in the column "{column}" is not a number.')


def moment(text):
    """An ISO date or time, a year and month, or a year."""
    text = text.strip()
    if re.fullmatch(r"\\d{4}", text):
        return datetime(int(text), 1, 1)
    if re.fullmatch(r"\\d{4}-\\d{2}", text):
        return datetime(int(text[:4]), int(text[5:]), 1)
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def turn(feature, now):
    """Sine or cosine of where the time stands in its month of the year, day of the week, ..., from 0 to 1."""
    share = {
        "minute": now.minute / 60, "hour": now.hour / 24, "weekday": now.weekday() / 7,
        "dayOfMonth": (now.day - 1) / calendar.monthrange(now.year, now.month)[1],
        "dayOfYear": (now.timetuple().tm_yday - 1) / (366 if calendar.isleap(now.year) else 365),
        "month": (now.month - 1) / 12, "quarter": ((now.month - 1) // 3) / 4,
    }[feature["of"]]
    return getattr(math, feature["wave"])(2 * math.pi * share)


def features_of(rows, manifest, path):
    """[rows][features], scaled as in training; None where an input known ahead lies beyond the end of the file."""
    table = []
    for r in range(len(rows)):
        line = []
        for feature in manifest["features"]:
            if feature["kind"] == "calendar":
                value = turn(feature, moment(rows[r][manifest["time"]]))
            elif r + feature["lead"] >= len(rows):
                value = None
            else:
                value = number(rows, r + feature["lead"], feature, path)
            line.append(None if value is None else (value - feature["offset"]) / feature["scale"])
        table.append(line)
    return table
`;

/** predict.py: a CSV in, a CSV with a prediction for the row after every window out; the standard library and torch. */
export function pytorchPredict(manifest: Manifest): string {
  return manifest.task === 'char' ? textPredict() : seriesPredict({ imports: 'import torch\n\nfrom model import load\n', load: 'model = load()', call: 'with torch.no_grad():\n                outputs = model(torch.tensor(batch, dtype=torch.float32)).tolist()' });
}

/** How a framework loads the model and calls it on \`batch\`, a list of windows. */
export interface Framework { imports: string; load: string; call: string }

export function seriesPredict({ imports, load, call }: Framework): string {
  return `"""Predicts with the exported model: python predict.py data.csv [--out predictions.csv]

For every window of the file the next rows are predicted, the last window looks beyond the end of the file.
"""
import argparse
import calendar
import csv
import json
import math
import re
import sys
from datetime import datetime, timezone
from pathlib import Path

${imports}

${commonFeatures}

def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--out", help="CSV to write (default: standard output)")
    args = parser.parse_args()
    manifest = json.loads(Path(__file__).with_name("manifest.json").read_text(encoding="utf-8"))
    if manifest["recipe"]["steps"]:
        sys.exit("The model was trained on a prepared table: prepare the file first (unroll data apply FILE --recipe recipe.json --out prepared.csv).")
    T, horizon, targets = manifest["window"]["sequenceLength"], manifest["window"]["horizon"], manifest["targets"]
    rows = read_rows(args.file)
    if len(rows) < T:
        sys.exit(f"{args.file} has {len(rows)} rows, and one window needs {T}.")
    table = features_of(rows, manifest, args.file)
    ${load}
    out = open(args.out, "w", newline="", encoding="utf-8") if args.out else sys.stdout
    with out:
        writer = csv.writer(out)
        writer.writerow(["row"] + [f"{target['name']}+{step + 1}" for step in range(horizon) for target in targets])
        starts = [s for s in range(len(table) - T + 1) if all(None not in line for line in table[s:s + T])]
        for first in range(0, len(starts), 256):
            chosen = starts[first:first + 256]
            batch = [table[s:s + T] for s in chosen]
            ${call}
            for start, output in zip(chosen, outputs):
                scores = output[-1] if isinstance(output[0], list) else output
                writer.writerow([start + T + 1] + [repr(score * targets[o % len(targets)]["scale"] + targets[o % len(targets)]["offset"]) for o, score in enumerate(scores)])


if __name__ == "__main__":
    main()
`;
}

function textPredict(): string {
  return `"""Writes on with the exported model: python predict.py --prompt TEXT [--length N] [--temperature X]"""
import argparse
import json
import sys
import unicodedata
from pathlib import Path

import torch

from model import load


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompt", required=True)
    parser.add_argument("--length", type=int, default=100)
    parser.add_argument("--temperature", type=float, default=0.0, help="0 takes the likeliest character always")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    manifest = json.loads(Path(__file__).with_name("manifest.json").read_text(encoding="utf-8"))
    characters, T = manifest["vocabulary"]["characters"], manifest["window"]["sequenceLength"]
    form = manifest["vocabulary"]["normalization"]
    prompt = args.prompt if form == "none" else unicodedata.normalize(form, args.prompt)
    places = {character: place for place, character in enumerate(characters) if character is not None}
    unknown = [character for character in prompt if character not in places and None not in characters]
    if unknown:
        sys.exit(f'The model does not know the character "{unknown[0]}".')
    tokens = [places.get(character, characters.index(None) if None in characters else 0) for character in prompt]
    every = manifest["architecture"]["headSteps"] == "every"
    if not tokens or (not every and len(tokens) < T):
        sys.exit(f"The prompt must have at least {1 if every else T} characters.")
    model = load()
    torch.manual_seed(args.seed)
    for _ in range(args.length):
        window = tokens if every else tokens[-T:]
        x = torch.nn.functional.one_hot(torch.tensor([window]), len(characters)).float()
        with torch.no_grad():
            scores = model(x)[0]
        scores = scores[-1] if every else scores
        if args.temperature == 0:
            tokens.append(int(scores.argmax()))
        else:
            tokens.append(int(torch.multinomial(torch.softmax(scores / args.temperature, dim=0), 1)))
    print("".join(characters[token] if characters[token] is not None else "\\N{REPLACEMENT CHARACTER}" for token in tokens))


if __name__ == "__main__":
    main()
`;
}
