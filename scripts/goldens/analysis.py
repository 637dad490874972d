"""Makes src/data/analysis/goldens: what statsmodels 0.15 and NumPy say about the samples.

    python3 -m venv /tmp/goldens && /tmp/goldens/bin/pip install statsmodels==0.15.0
    /tmp/goldens/bin/python scripts/goldens/analysis.py
"""
import csv
import json
import pathlib

import numpy as np
from statsmodels.tsa.stattools import acf, pacf

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = {
    'gs10': 'us-treasury-10y-monthly.csv',
    'melbourne': 'daily-min-temperatures-melbourne.csv',
    'airline': 'airline-passengers.csv',
}


def golden(file):
    with open(ROOT / 'resources/samples' / file, newline='') as rows:
        x = np.array([float(row[1]) for row in list(csv.reader(rows))[1:]])
    gaps = x.copy()
    gaps[10:12] = np.nan
    return {
        'file': file,
        'acf': acf(x, nlags=12, fft=False).tolist(),
        'pacf': pacf(x, nlags=12, method='ldb').tolist(),
        'gaps': acf(gaps, nlags=6, fft=False, missing='conservative').tolist(),
        'quartiles': np.quantile(x, [0.25, 0.5, 0.75]).tolist(),
        'mean': x.mean(),
        'sd': x.std(ddof=1),
        'bins': len(np.histogram_bin_edges(x, bins='fd')) - 1,
    }


out = ROOT / 'src/data/analysis/goldens/statsmodels.json'
out.parent.mkdir(exist_ok=True)
out.write_text(json.dumps({name: golden(file) for name, file in FILES.items()}, indent=1) + '\n')
