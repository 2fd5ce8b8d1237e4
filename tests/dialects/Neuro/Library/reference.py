"""Independent reference values for LibraryTest.cpp: numpy and scipy only, nothing of Engram.

Writes Inputs/reference.csv, one line a quantity: name, value, value, ... Run it again after a change:
    python3 reference.py > Inputs/reference.csv
"""
import numpy as np
from scipy.integrate import odeint, solve_ivp
from scipy.optimize import fsolve


def row(name, values):
    print(",".join([name] + [repr(float(x)) for x in values]))


def hodgkin_huxley(y, t, current):
    v, m, h, n = y
    am = 0.1 * (v + 40) / (1 - np.exp(-(v + 40) / 10))
    an = 0.01 * (v + 55) / (1 - np.exp(-(v + 55) / 10))
    ah, bh = 0.07 * np.exp(-(v + 65) / 20), 1 / (1 + np.exp(-(v + 35) / 10))
    bm, bn = 4 * np.exp(-(v + 65) / 18), 0.125 * np.exp(-(v + 65) / 80)
    dv = current - 120 * m**3 * h * (v - 50) - 36 * n**4 * (v + 77) - 0.3 * (v + 54.387)
    return [dv, am * (1 - m) - bm * m, ah * (1 - h) - bh * h, an * (1 - n) - bn * n]


def rising(t, v, level):
    """Times at which v rises through level, by linear interpolation."""
    k = np.flatnonzero((v[:-1] <= level) & (v[1:] > level))
    return t[k] + (t[k + 1] - t[k]) * (level - v[k]) / (v[k + 1] - v[k])


# Hodgkin and Huxley: 10 uA/cm^2 from rest for 100 ms, to 1e-11.
rest = [-65, 0.05293248525724958, 0.5961207535084603, 0.3176769140606974]
t = np.arange(0, 100.001, 0.01)
y = odeint(hodgkin_huxley, rest, t, args=(10.0,), rtol=1e-11, atol=1e-11, hmax=0.01)
row("hh_spikes_ms", rising(t, y[:, 0], 0.0))
row("hh_rest", fsolve(hodgkin_huxley, rest, args=(0, 0.0), xtol=1e-13))
row("hh_v_at_1ms_steps", y[100:2001:100, 0])

# Izhikevich: forward Euler, as the NeuroML2 reference does; four published cells, I = 10 from 5 ms on.
for name, (a, b, c, d) in {
    "rs": (0.02, 0.2, -65, 8),
    "ib": (0.02, 0.2, -55, 4),
    "ch": (0.02, 0.2, -50, 2),
    "fs": (0.1, 0.2, -65, 2),
}.items():
    v, u, spikes = -65.0, b * -65.0, []
    for step in range(20000):
        current = 10.0 if step >= 500 else 0.0
        dv = 0.04 * v * v + 5 * v + 140 - u + current
        du = a * (b * v - u)
        v, u = v + 0.01 * dv, u + 0.01 * du
        if v >= 30:
            v, u = c, u + d
            spikes.append(step)
    row("izhikevich_" + name + "_steps", spikes)


# AdEx: adaptive integration between spikes, located as events; 800 pA from the start, 300 ms.
# v_peak is 0 mV: v reaches infinity within 1e-9 ms of that, and solvers give up on the way.
def adex(t, y, current):
    v, w = y
    e = 30 * 2 * np.exp((v + 50.4) / 2)
    return [(-30 * (v + 70.6) + e - w + current) / 281, (4 * (v + 70.6) - w) / 144]


def peak(t, y, current):
    return y[0]


peak.terminal, peak.direction = True, 1
now, y, spikes = 0.0, [-70.6, 0.0], []
while True:
    s = solve_ivp(adex, (now, 300), y, events=peak, args=(800.0,), rtol=1e-10, atol=1e-10, method="DOP853")
    if not s.t_events[0].size:
        break
    now = s.t_events[0][0]
    spikes.append(now)
    y = [-70.6, s.y_events[0][0][1] + 80.5]
row("adex_spikes_ms", spikes)

# Rulkov's map, three regimes: alpha, sigma; steps of the falls to -1, and some x.
for name, alpha, sigma in [("silent", 4.0, -0.02), ("tonic", 4.0, 0.01), ("bursts", 5.6, -0.1)]:
    x, y, spikes, xs = -1.0, -3.0, [], []
    for step in range(4000):
        nx = alpha / (1 - x) + y if x <= 0 else alpha + y if x < alpha + y else -1.0
        if x > 0 and nx == -1.0:
            spikes.append(step)
        x, y = nx, y - 0.001 * (x + 1) + 0.001 * sigma
        if step % 200 == 199:
            xs.append(x)
    row("rulkov_" + name + "_steps", spikes)
    row("rulkov_" + name + "_x", xs)


# Conductance synapses: two spikes in, no spike out; adaptive integration, v at each ms.
def conductances(shape, c_m, g_leak, e_l, e_e, e_i, offset, spikes_e, spikes_i, tau_e, tau_i):
    def g(t, spikes, tau):
        s = [(t - at, w) for at, w in spikes if t >= at]
        if shape == "exp":
            return sum(w * np.exp(-d / tau) for d, w in s)
        return sum(w * d / tau * np.exp(1 - d / tau) for d, w in s)

    def f(t, y):
        return [(g_leak * (e_l - y[0]) + g(t, spikes_e, tau_e) * (e_e - y[0]) + g(t, spikes_i, tau_i) * (e_i - y[0]) + offset) / c_m]

    # Integrated from spike to spike, as the right side jumps there.
    points, v, out = sorted({0.0, 30.0, *[s[0] for s in spikes_e + spikes_i]}), e_l, []
    for a, b in zip(points, points[1:]):
        at = np.arange(np.ceil(a + 1e-9), np.floor(b + 1e-9) + 0.5)
        # just short of b, where the next jump has not come yet
        s = solve_ivp(f, (a, b - 1e-12), [v], t_eval=np.minimum(at, b - 1e-12), rtol=1e-11, atol=1e-12)
        out += list(s.y[0])
        v = solve_ivp(f, (a, b - 1e-12), [v], rtol=1e-11, atol=1e-12).y[0][-1]
    return out


for shape in ["exp", "alpha"]:
    row(f"cond_{shape}_v", conductances(shape, 250, 16.6667, -70, 0, -85, 0.0, [(1.0, 8.0), (6.0, 4.0)], [(3.0, 10.0)], 2.0, 5.0))
# COBA of Vogels and Abbott (drive 20 mV) in units of the leak, with one spike each way.
row("coba_v", conductances("exp", 20, 1, -60, 0, -80, 20.0, [(2.0, 0.4)], [(8.0, 5.1)], 5.0, 10.0)[:7])
