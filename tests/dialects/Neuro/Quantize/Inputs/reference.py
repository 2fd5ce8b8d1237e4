"""Expected values for WeightRoundingTest: naive numpy that knows nothing of Engram.

    python3 reference.py > WeightRoundingCases.inc

Where the code under test keeps an inverse up to date, this inverts afresh; where it uses one Cholesky
factor for all rows, this goes through the inputs one by one.
"""

import numpy as np

MASK = 2**32 - 1


def numbers(seed, count):
    """A linear congruential generator (Numerical Recipes), as numbers in -0.5 to 0.5."""
    out = []
    for _ in range(count):
        seed = (1664525 * seed + 1013904223) & MASK
        out.append(seed / 2**32 - 0.5)
    return np.array(out)


def layer(seed, rows, inputs):
    w = numbers(seed, rows * inputs).reshape(rows, inputs)
    a = numbers(seed + 1, 2 * inputs * inputs).reshape(2 * inputs, inputs)
    a = a + 0.6 * a[:, [0]]  # inputs that go together
    return w, a.T @ a / (2 * inputs)


def damp(h):
    return h + 0.01 * np.mean(np.diag(h)) * np.eye(len(h))


def nearest(x, bits, fraction):
    code = np.clip(np.rint(np.asarray(x) * 2.0**fraction), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    return code / 2.0**fraction


def is_outside(x, bits, fraction):
    code = np.rint(x * 2.0**fraction)
    return code < -(2 ** (bits - 1)) or code > 2 ** (bits - 1) - 1


def obq(w, h, bits, fraction):
    """Optimal Brain Compression of a row, one weight at a time."""
    w, left, q = w.copy(), list(range(len(w))), np.zeros(len(w))
    while left:
        inverse = np.linalg.inv(h[np.ix_(left, left)])
        error = w[left] - nearest(w[left], bits, fraction)
        outside = [k for k in range(len(left)) if is_outside(w[left[k]], bits, fraction)]
        if outside:
            k = max(outside, key=lambda k: abs(error[k]))
        else:
            k = int(np.argmin(error**2 / np.diag(inverse)))
        j = left[k]
        q[j] = nearest(w[j], bits, fraction)
        w[left] -= error[k] / inverse[k, k] * inverse[:, k]
        left.remove(j)
    return q


def gptq(w, h, bits, fraction):
    """The same in the order of a descending diagonal."""
    w, left, q = w.copy(), sorted(range(len(w)), key=lambda j: -h[j, j]), np.zeros(len(w))
    while left:
        inverse = np.linalg.inv(h[np.ix_(left, left)])
        j = left[0]
        q[j] = nearest(w[j], bits, fraction)
        w[left] -= (w[j] - q[j]) / inverse[0, 0] * inverse[:, 0]
        left = left[1:]
    return q


def descend(q, w, h, bits, fraction):
    q, changed = q.copy(), True
    while changed:
        changed = False
        for j in range(len(w)):
            best = nearest(q[j] - (h[j] @ (q - w)) / h[j, j], bits, fraction)
            if best != q[j]:
                trial = q.copy()
                trial[j] = best
                if (trial - w) @ h @ (trial - w) < (q - w) @ h @ (q - w):
                    q, changed = trial, True
    return q


def flexround(w, h, bits, fraction):
    """Lee et al. 2023 with a fixed step: learned divisors, straight-through gradients, Adam."""
    s, rows = np.zeros_like(w), np.zeros((len(w), 1))
    m, v, mr, vr = np.zeros_like(w), np.zeros_like(w), np.zeros_like(rows), np.zeros_like(rows)
    best, result = np.full(len(w), np.inf), np.zeros_like(w)
    low, high = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    for t in range(1, 301):
        x = w / np.exp(s + rows)
        q = nearest(x, bits, fraction)
        inside = (np.rint(x * 2.0**fraction) >= low) & (np.rint(x * 2.0**fraction) <= high)
        e = q - w
        form = np.einsum("ij,jk,ik->i", e, h, e)
        better = form < best
        best[better], result[better] = form[better], q[better]
        scale = np.where(form > 0, form, 1)[:, None]
        g = 2 / scale * (e @ h) * np.where(inside, -x, 0)
        gr = g.sum(1, keepdims=True)
        for value, mean, square, gradient in ((s, m, v, g), (rows, mr, vr, gr)):
            mean *= 0.9
            mean += 0.1 * gradient
            square *= 0.999
            square += 0.001 * gradient**2
            value -= 0.01 * (mean / (1 - 0.9**t)) / (np.sqrt(square / (1 - 0.999**t)) + 1e-8)
    return result


def prune(w, h, sparsity):
    """Exact OBS on each row, then the cheapest removals of all rows."""
    traces = []
    for i, row in enumerate(w):
        row, left, cost = row.copy(), list(range(len(row))), 0
        while left:
            inverse = np.linalg.inv(h[np.ix_(left, left)])
            costs = row[left] ** 2 / np.diag(inverse)
            k = int(np.argmin(costs))
            cost = max(cost, costs[k])
            traces.append((cost, i, len(traces), left[k]))
            row[left] -= row[left[k]] / inverse[k, k] * inverse[:, k]
            left.pop(k)
    out = []
    gone = sorted(traces)[: round(sparsity * w.size)]
    for i, row in enumerate(w):
        removed = [j for _, r, _, j in gone if r == i]
        kept = [j for j in range(len(row)) if j not in removed]
        # least squares: the rows of a Cholesky factor are samples whose second moments are h
        a = np.linalg.cholesky(h).T
        new = np.zeros(len(row))
        new[kept] = np.linalg.lstsq(a[:, kept], a @ row, rcond=None)[0]
        out.append(new)
    return np.array(out)


def philox(counter, key):
    """Philox4x32-10 (Salmon et al. 2011)."""
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & MASK, (p0 >> 32) ^ c[3] ^ k[1], p0 & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def stochastic(w, bits, fraction, seed, stream):
    codes = []
    for n, x in enumerate(w.flatten()):
        r = philox((n, 0, 0, stream), (seed & MASK, seed >> 32))[0]
        codes.append(np.floor(x * 2.0**fraction + r / 2**32))
    return np.clip(codes, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1) / 2.0**fraction


def kmeans(x, weight, count):
    """The best of all partitions of sorted numbers into intervals, by dynamic programming."""
    order = np.argsort(x)
    x, weight = x[order], weight[order]

    def cost(a, b):
        mean = np.average(x[a:b], weights=weight[a:b])
        return float(weight[a:b] @ (x[a:b] - mean) ** 2)

    n = len(x)
    table = [[cost(0, b) if b else 0 for b in range(n + 1)]]
    for _ in range(1, count):
        table.append([min((table[-1][a] + cost(a, b) for a in range(b)), default=0) for b in range(n + 1)])
    return table[-1][n]


def best_fraction(w, bits, form):
    """Of the step that clips nothing and its half, quarter and eighth the one with the least error."""
    f = 60
    while any(is_outside(x, bits, f) for x in w.flatten()):
        f -= 1
    return f, min(range(f, f + 4), key=lambda g: form(nearest(w, bits, g) - w))


def show(name, values, fraction=None):
    values = np.asarray(values).flatten()
    if fraction is not None:
        text = ", ".join(str(int(round(v * 2**fraction))) for v in values)
        print(f"const std::vector<int> {name} = {{{text}}};")
    else:
        print(f"const std::vector<double> {name} = {{{', '.join(repr(float(v)) for v in values)}}};")


def main():
    print("// Written by Inputs/reference.py. clang-format off")
    w, h = layer(7, 4, 12)
    show("firstWeights", w[0])
    show("hessianDiagonal", np.diag(h))
    show("nearestCodes", nearest(w, 4, 4), 4)
    show("obqCodes", [obq(row, damp(h), 3, 3) for row in w], 3)
    show("obqClippedCodes", [obq(row, damp(h), 3, 4) for row in w], 4)
    show("gptqCodes", [gptq(row, damp(h), 3, 3) for row in w], 3)
    show("descendedCodes", [descend(nearest(row, 3, 3), row, h, 3, 3) for row in w], 3)
    show("flexroundCodes", flexround(w, h, 3, 3), 3)
    show("prunedWeights", prune(w, damp(h), 0.4))
    show("stochasticCodes", stochastic(w, 4, 4, 5 * 2**32 + 9, 77), 4)
    squares = lambda e: float((e**2).sum())
    quadratic = lambda e: float(np.einsum("ij,jk,ik->", e, h, e))
    show("bestFractions", [best_fraction(w, b, squares)[1] for b in (2, 4, 8)], 0)
    show("bestFractionsByHessian", [best_fraction(w, b, quadratic)[1] for b in (2, 4, 8)], 0)
    show("widestFractions", [best_fraction(w, b, squares)[0] for b in (2, 4, 8)], 0)
    show("channelFractions", [best_fraction(w[[i]], 4, squares)[1] for i in range(4)], 0)
    show("kmeansErrors", [kmeans(w.flatten(), np.tile(np.diag(h), 4), 2**b) for b in (1, 2, 3)])
    w, h = layer(11, 2, 150)
    show("longGptqCodes", [gptq(row, damp(h), 4, 4) for row in w], 4)
    show("longObqCodes", [obq(row, damp(h), 4, 4) for row in w], 4)


main()
