"""Learning a text with PyTorch on the CPU, as one writes it: windows by index, one-hot characters, nn.RNN and a linear head, Adam, clipping.

One JSON command a line, one JSON answer a line:
{"make": {"file", "characters", "cell", "hidden", "time", "batch"}}   reads the text and builds the model, answers {"vocabulary"}
{"steps": count, "threads": n}                                        trains, answers {"seconds"}
"""
import json
import sys
import time

import torch
from torch import nn

MODULES = {'rnn_tanh': nn.RNN, 'lstm': nn.LSTM, 'gru': nn.GRU}


class Text:
    def __init__(self, w):
        torch.manual_seed(1)
        with open(w['file'], encoding='utf-8') as file:
            text = file.read()[:w['characters']]
        alphabet = {character: token for token, character in enumerate(sorted(set(text)))}
        self.ids = torch.tensor([alphabet[character] for character in text])
        self.vocabulary = len(alphabet)
        self.time, self.batch = w['time'], w['batch']
        self.starts = torch.arange(0, len(self.ids) - self.time, 16)
        self.offsets = torch.arange(self.time)
        self.rnn = MODULES[w['cell']](self.vocabulary, w['hidden'], batch_first=True)
        self.head = nn.Linear(w['hidden'], self.vocabulary)
        self.parameters = [*self.rnn.parameters(), *self.head.parameters()]
        self.optimizer = torch.optim.Adam(self.parameters, 2e-3)
        self.order, self.at = torch.randperm(len(self.starts)), 0

    def step(self):
        if self.at + self.batch > len(self.order):
            self.order, self.at = torch.randperm(len(self.starts)), 0
        rows = self.starts[self.order[self.at:self.at + self.batch]][:, None] + self.offsets
        self.at += self.batch
        x = nn.functional.one_hot(self.ids[rows], self.vocabulary).float()
        self.optimizer.zero_grad()
        loss = nn.functional.cross_entropy(self.head(self.rnn(x)[0]).flatten(0, 1), self.ids[rows + 1].flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()


model = None
for line in sys.stdin:
    command = json.loads(line)
    if 'make' in command:
        model = Text(command['make'])
        answer = {'vocabulary': model.vocabulary}
    else:
        torch.set_num_threads(command['threads'])
        start = time.perf_counter()
        for _ in range(command['steps']):
            model.step()
        answer = {'seconds': time.perf_counter() - start}
    print(json.dumps(answer), flush=True)
