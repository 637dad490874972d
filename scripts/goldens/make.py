"""Makes the goldens in src/engine/goldens: what PyTorch 2.13 gives, in float64 from float32 parameters and inputs.

    python3 -m venv /tmp/goldens && /tmp/goldens/bin/pip install torch==2.13.0 numpy
    /tmp/goldens/bin/python scripts/goldens/make.py
"""
import json
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

OUT = pathlib.Path(__file__).resolve().parents[2] / 'src/engine/goldens'
MODULES = {'rnn_tanh': nn.RNN, 'rnn_relu': nn.RNN, 'lstm': nn.LSTM, 'gru': nn.GRU}
CURVE_STEPS = 20


class Handwritten(nn.Module):
    """The lesson's cell: concatenate [x, h], one linear layer i2h; layers and directions as in nn.RNN. Its parameters are
    named as nn.RNN's: i2h.weight is [weight_ih, weight_hh] side by side, i2h.bias is bias_ih + bias_hh."""

    def __init__(self, features, hidden, layers, bidirectional):
        super().__init__()
        self.hidden, self.layers, self.directions = hidden, layers, 2 if bidirectional else 1
        template = nn.RNN(features, hidden, layers, bidirectional=bidirectional)
        for name, value in template.named_parameters():
            self.register_parameter(name, nn.Parameter(value.detach().clone()))

    def forward(self, x, h0):
        last = []
        for layer in range(self.layers):
            outputs = []
            for direction in range(self.directions):
                suffix = f'l{layer}' + ('_reverse' if direction else '')
                i2h = torch.cat([getattr(self, f'weight_ih_{suffix}'), getattr(self, f'weight_hh_{suffix}')], 1)
                bias = getattr(self, f'bias_ih_{suffix}') + getattr(self, f'bias_hh_{suffix}')
                h = h0[layer * self.directions + direction]
                steps = [None] * x.shape[1]
                for t in (range(x.shape[1]) if direction == 0 else reversed(range(x.shape[1]))):
                    h = F.linear(torch.cat([x[:, t], h], 1), i2h, bias)
                    steps[t] = h
                outputs.append(torch.stack(steps, 1))
                last.append(h)
            x = torch.cat(outputs, 2)
        return x, torch.stack(last)


def numbers(tensor):
    """Nine significant digits tell every float32 apart."""
    return [float(f'{v:.9g}') for v in tensor.detach().double().flatten().tolist()]


def tensor_of(tensor):
    return {'shape': list(tensor.shape), 'values': numbers(tensor)}


def build(model):
    features, hidden, layers, both = model['inputSize'], model['hiddenSize'], model['layers'], model['bidirectional']
    if model['cell'] == 'handwritten':
        rnn = Handwritten(features, hidden, layers, both)
    else:
        options = {'nonlinearity': model['cell'][4:]} if model['cell'].startswith('rnn') else {}
        rnn = MODULES[model['cell']](features, hidden, layers, batch_first=True, bidirectional=both, **options)
    head = nn.Linear(hidden * (2 if both else 1), model['outputSize'])
    return rnn.double(), head.double()


def named(rnn, head, pick, table=None):
    found = {} if table is None else {'embedding.weight': tensor_of(pick(table.weight))}
    found.update({f'rnn.{name}': tensor_of(pick(value)) for name, value in rnn.named_parameters()})
    found.update({f'head.{name}': tensor_of(pick(value)) for name, value in head.named_parameters()})
    return found


def float32(*shape):
    """Normal numbers that float32 holds exactly."""
    return torch.randn(*shape, dtype=torch.float32).double()


def call(model, rnn, x, initial):
    """output, h_n, c_n or None"""
    count = model['layers'] * (2 if model['bidirectional'] else 1)
    h0, c0 = initial if initial else (torch.zeros(count, x.shape[0], model['hiddenSize']).double(),) * 2
    if model['cell'] == 'lstm':
        output, (h, c) = rnn(x, (h0, c0))
        return output, h, c
    output, h = rnn(x, h0)
    return output, h, None


def model_of(cell, features=3, hidden=5, outputs=2, layers=1, bidirectional=False, head='last'):
    return {'cell': cell, 'inputSize': features, 'hiddenSize': hidden, 'layers': layers, 'bidirectional': bidirectional,
            'dropout': 0, 'outputSize': outputs, 'headSteps': head}


def rounded(rnn, head):
    with torch.no_grad():
        for value in [*rnn.parameters(), *head.parameters()]:
            value.copy_(value.float().double())


def run_case(name, model, shape, given):
    """What the recurrent module alone gives, as nn.RNN is called: batched (3-D) or not (2-D)."""
    rnn, head = build(model)
    rounded(rnn, head)
    x = float32(*shape)
    batch = shape[0] if len(shape) == 3 else 1
    count = model['layers'] * (2 if model['bidirectional'] else 1)
    initial = (float32(count, batch, model['hiddenSize']), float32(count, batch, model['hiddenSize'])) if given else None
    output, h, c = call(model, rnn, x.reshape(batch, *shape[-2:]), initial)
    if len(shape) == 2:
        output, h, c = output[0], h[:, 0], c if c is None else c[:, 0]
        if model['cell'] != 'handwritten' and not given:  # PyTorch's own unbatched call
            assert torch.allclose(rnn(x)[0], output)
    return {
        'name': name, 'model': model, 'parameters': named(rnn, head, lambda p: p), 'x': tensor_of(x),
        'initial': None if initial is None else {'h': numbers(initial[0]), 'c': numbers(initial[1]) if c is not None else None},
        'output': tensor_of(output), 'hN': tensor_of(h), 'cN': None if c is None else tensor_of(c),
    }


def loss_of(kind, outputs, targets):
    if kind['kind'] == 'mse':
        return F.mse_loss(outputs, targets)
    if kind['kind'] == 'mae':
        return F.l1_loss(outputs, targets)
    if kind['kind'] == 'huber':
        return F.huber_loss(outputs, targets, delta=kind['delta'])
    return F.cross_entropy(outputs.reshape(-1, outputs.shape[-1]), targets.reshape(-1))


def optimizer_of(spec, parameters, rate):
    decay = spec['weightDecay']
    if spec['kind'] == 'sgd':
        return torch.optim.SGD(parameters, rate, momentum=spec['momentum'], weight_decay=decay)
    if spec['kind'] == 'rmsprop':
        return torch.optim.RMSprop(parameters, rate, spec['alpha'], spec['epsilon'], decay, spec['momentum'])
    kind = torch.optim.Adam if spec['kind'] == 'adam' else torch.optim.AdamW
    return kind(parameters, rate, (spec['beta1'], spec['beta2']), spec['epsilon'], decay)


SGD = {'kind': 'sgd', 'momentum': 0.9, 'weightDecay': 0}
ADAM = {'kind': 'adam', 'beta1': 0.9, 'beta2': 0.999, 'epsilon': 1e-8, 'weightDecay': 0}


def train_case(name, model, loss, optimizer=ADAM, horizon=1, clip=None, tokens=False, rate=0.01):
    """Outputs, loss and every gradient of one batch of windows, then the losses of 20 steps on it."""
    time, batch = 4, 3
    rnn, head = build(model)
    rounded(rnn, head)
    rows = time + horizon + 6
    every = model['headSteps'] == 'every'
    table = None
    if 'vocabulary' in model:
        table = nn.Embedding(model['vocabulary'], model['inputSize']).double()
        with torch.no_grad():
            table.weight.copy_(table.weight.float().double())
    series = torch.randint(0, model.get('vocabulary', model['inputSize']), (rows,)) if tokens else float32(rows, model['inputSize'])
    classes = loss['kind'] == 'crossEntropy'
    width = model['outputSize'] // horizon
    targets = torch.randint(0, model['outputSize'], (rows,)) if classes else float32(rows, width)
    starts = torch.randint(0, rows - time - horizon + 1, (batch,)).tolist()
    dense = series if table is not None or not tokens else F.one_hot(series, model['inputSize']).double()
    x = torch.stack([dense[s:s + time] for s in starts])
    after = [[s + t + 1 for t in range(time)] if every else [s + time] for s in starts]
    y = torch.stack([torch.stack([targets[r] if classes else targets[r:r + horizon].flatten() for r in row]) for row in after])
    if not every:
        y = y[:, 0]

    def outputs():
        states = call(model, rnn, x if table is None else table(x), None)[0]
        return head(states if every else states[:, -1])

    parameters = [*([] if table is None else table.parameters()), *rnn.parameters(), *head.parameters()]
    case = {
        'name': name, 'model': model, 'loss': loss, 'optimizer': optimizer, 'clipNorm': clip, 'learningRate': rate,
        'parameters': named(rnn, head, lambda p: p, table), 'starts': starts, 'sequenceLength': time, 'horizon': horizon,
        'input': {'tokens': series.tolist()} if tokens else {'values': numbers(series)},
        'targets': {'classes': targets.tolist()} if classes else {'values': numbers(targets), 'width': width},
    }
    value = loss_of(loss, outputs(), y)
    value.backward()
    case['outputs'] = tensor_of(outputs())
    case['lossValue'] = value.item()
    case['gradients'] = named(rnn, head, lambda p: p.grad, table)
    stepper = optimizer_of(optimizer, parameters, rate)
    case['curve'] = []
    for _ in range(CURVE_STEPS):
        stepper.zero_grad()
        value = loss_of(loss, outputs(), y)
        value.backward()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_(parameters, clip)
        stepper.step()
        case['curve'].append(value.item())
    return case


def trace_case(cell):
    """Norm of d (sum of the outputs of the last step) / d h_t by autograd, through a loop of cells whose states are kept."""
    model = model_of(cell)
    rnn, head = build(model)
    rounded(rnn, head)
    x = float32(6, 3)
    kept = []
    if cell == 'handwritten':
        i2h = torch.cat([rnn.weight_ih_l0, rnn.weight_hh_l0], 1)
        step = lambda row, h: F.linear(torch.cat([row, h]), i2h, rnn.bias_ih_l0 + rnn.bias_hh_l0)
    else:
        kind = {'rnn_tanh': nn.RNNCell, 'rnn_relu': nn.RNNCell, 'lstm': nn.LSTMCell, 'gru': nn.GRUCell}[cell]
        step = kind(3, 5, **({'nonlinearity': cell[4:]} if cell.startswith('rnn') else {})).double()
        with torch.no_grad():
            for name, value in step.named_parameters():
                value.copy_(getattr(rnn, f'{name}_l0'))
    h, c = torch.zeros(5).double(), torch.zeros(5).double()
    for row in x:
        if cell == 'lstm':
            h, c = step(row, (h, c))
        else:
            h = step(row, h)
        if h.requires_grad:
            h.retain_grad()
        kept.append(h)
    head(h).sum().backward()
    return {'name': cell, 'model': model, 'parameters': named(rnn, head, lambda p: p), 'input': numbers(x), 'sequenceLength': 6,
            'hidden': [numbers(h) for h in kept], 'gradientNorms': [h.grad.norm().item() for h in kept]}


def write(name, cases):
    lines = ',\n'.join(json.dumps(case, separators=(',', ':')) for case in cases)
    (OUT / f'{name}.json').write_text(f'{{"torch":"{torch.__version__}","cases":[\n{lines}\n]}}\n')


def main():
    torch.manual_seed(7)
    torch.set_num_threads(1)
    OUT.mkdir(exist_ok=True)
    cells = ['rnn_tanh', 'rnn_relu', 'handwritten', 'lstm', 'gru']
    article = model_of('rnn_tanh', features=10, hidden=20, outputs=1)
    runs = [run_case('the article: X (5, 3, 10), hidden 20', article, (5, 3, 10), False),
            run_case('the article, unbatched: (3, 10)', article, (3, 10), False)]
    for cell in cells:
        runs.append(run_case(f'{cell}, given state', model_of(cell), (2, 4, 3), True))
        runs.append(run_case(f'{cell}, 3 layers both ways, given state', model_of(cell, hidden=3, layers=3, bidirectional=True), (2, 4, 3), True))
        runs.append(run_case(f'{cell}, unbatched', model_of(cell), (4, 3), False))
    write('states', runs)
    trained = []
    for cell in cells:
        trained += [
            train_case(f'{cell}, mse, last step', model_of(cell), {'kind': 'mse'}),
            # Not Adam: equally many errors of both signs cancel in the gradient of the bias, and Adam makes whole steps of what
            # rounding leaves of the zero.
            train_case(f'{cell}, mae, every step, 2 layers', model_of(cell, layers=2, head='every'), {'kind': 'mae'}, SGD),
            train_case(f'{cell}, huber, 2 rows ahead, both ways', model_of(cell, outputs=4, bidirectional=True), {'kind': 'huber', 'delta': 0.7}, horizon=2),
            train_case(f'{cell}, cross-entropy, every step, tokens, 2 layers both ways',
                       model_of(cell, features=6, hidden=4, outputs=6, layers=2, bidirectional=True, head='every'), {'kind': 'crossEntropy'}, tokens=True),
            train_case(f'{cell}, cross-entropy, last step', model_of(cell, outputs=4), {'kind': 'crossEntropy'}),
        ]
    small = {'epsilon': 1e-8, 'weightDecay': 0.01}
    for optimizer in [{'kind': 'sgd', 'momentum': 0.9, 'weightDecay': 0.01}, {'kind': 'sgd', 'momentum': 0, 'weightDecay': 0},
                      {'kind': 'rmsprop', 'alpha': 0.99, 'momentum': 0, **small}, {'kind': 'rmsprop', 'alpha': 0.9, 'momentum': 0.9, **small},
                      {'kind': 'adam', 'beta1': 0.9, 'beta2': 0.999, **small}, {'kind': 'adamw', 'beta1': 0.8, 'beta2': 0.99, **small}]:
        momentum = f" {optimizer['momentum']}" if 'momentum' in optimizer else ''
        trained.append(train_case(f"gru, {optimizer['kind']}{momentum}, clipped", model_of('gru'), {'kind': 'mse'}, optimizer, clip=0.5))
    write('training', trained)
    write('traces', [trace_case(cell) for cell in cells])
    # Last, so that the numbers above stay what they were.
    write('embedding', [case for cell in cells for case in (
        train_case(f'{cell}, embedding, cross-entropy, every step', {**model_of(cell, features=3, outputs=7, head='every'), 'vocabulary': 7}, {'kind': 'crossEntropy'}, tokens=True),
        train_case(f'{cell}, embedding, 2 layers both ways, last step, clipped', {**model_of(cell, features=4, outputs=3, layers=2, bidirectional=True), 'vocabulary': 9}, {'kind': 'crossEntropy'}, tokens=True, clip=0.5),
    )])


main()
