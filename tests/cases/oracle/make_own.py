"""Reference values that this project made for itself, beside those of make_oracle.py: python3 make_own.py > own.json"""
import json

import numpy as np


def funnel():
    """Spiegelhalter 2005, additive overdispersion, winsorised at 10 %; by its formulas, with plain NumPy."""
    rng = np.random.default_rng(11)
    n = np.round(np.exp(rng.uniform(np.log(30), np.log(2000), 40)))
    p = np.round(np.clip(rng.normal(0.5, 0.05, 40) + rng.normal(0, 1, 40) * np.sqrt(0.25 / n), 0.02, 0.98), 3)
    n[0], p[0], n[39], p[39] = 24, 0.375, 2400, 0.375
    p0 = np.median(p)
    s2 = p0 * (1 - p0) / n
    z = (p - p0) / np.sqrt(s2)
    zw = np.clip(z, np.quantile(z, 0.1), np.quantile(z, 0.9))
    i, w = len(p), 1 / s2
    phi = np.sum(zw**2) / i
    tau2 = max(0.0, (i * phi - (i - 1)) / (np.sum(w) - np.sum(w**2) / np.sum(w)))
    return dict(p=p.tolist(), n=n.tolist(), tau2=tau2, z=((p - p0) / np.sqrt(s2 + tau2)).tolist())


print(json.dumps(dict(funnel=funnel()), indent=1, default=float))
