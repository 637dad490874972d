"""The same steps by PyTorch on the CPU. Reads one JSON command a line and answers with one JSON line.

{"make": workload}                     builds the model of a workload
{"steps": count, "threads": n}         trains, answers {"seconds": ...}
{"peak": true}                         answers {"gflops": ...} of a matrix product on one thread
"""
import json
import sys
import time

import torch
from torch import nn

MODULES = {'rnn_tanh': nn.RNN, 'lstm': nn.LSTM, 'gru': nn.GRU}


class Step:
    def __init__(self, w):
        torch.manual_seed(1)
        self.every = w['everyStep']
        self.rnn = MODULES[w['cell']](w['features'], w['hidden'], batch_first=True)
        self.head = nn.Linear(w['hidden'], w['outputs'])
        self.optimizer = torch.optim.Adam([*self.rnn.parameters(), *self.head.parameters()], 1e-3)
        shape = (w['batch'], w['time'])
        if self.every:
            self.x = nn.functional.one_hot(torch.randint(0, w['features'], shape), w['features']).float()
            self.y = torch.randint(0, w['outputs'], shape)
        else:
            self.x, self.y = torch.randn(*shape, w['features']), torch.randn(w['batch'], 1)

    def __call__(self):
        self.optimizer.zero_grad()
        states = self.rnn(self.x)[0]
        if self.every:
            loss = nn.functional.cross_entropy(self.head(states).flatten(0, 1), self.y.flatten())
        else:
            loss = nn.functional.mse_loss(self.head(states[:, -1]), self.y)
        loss.backward()
        self.optimizer.step()


def peak():
    torch.set_num_threads(1)
    a, b = torch.randn(768, 768), torch.randn(768, 768)
    best = 0.0
    for _ in range(12):
        start = time.perf_counter()
        a @ b
        best = max(best, 2 * 768 ** 3 / (time.perf_counter() - start) / 1e9)
    return best


def main():
    step = None
    print(json.dumps({'torch': torch.__version__}), flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        if 'make' in command:
            step = Step(command['make'])
            answer = {}
        elif 'peak' in command:
            answer = {'gflops': peak()}
        else:
            torch.set_num_threads(command['threads'])
            start = time.perf_counter()
            for _ in range(command['steps']):
                step()
            answer = {'seconds': time.perf_counter() - start}
        print(json.dumps(answer), flush=True)


main()
