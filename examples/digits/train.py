"""Trains the demo's digit classifier with snnTorch and exports it to NIR.

64 pixels -> Affine -> 128 LIF -> Affine -> 10 LIF. The current of a pixel is its intensity / 16,
held for STEPS steps; the class is the output neuron with the most spikes, the lowest on a tie.
Every neuron runs

    v(t) = BETA * v(t-1) + i(t);   spike if v(t) > 1;   v(t) = 0 after a spike

README.md says how this relates to what snnTorch computes and to the parameters in digits.nir.
Run it with ./retrain.sh; it writes all data files of this folder.
"""

from collections import OrderedDict
from pathlib import Path

import nir
import numpy as np
import snntorch as snn
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from snntorch import functional, surrogate
from snntorch.export_nir import export_to_nir

SEED = 1
STEPS = 25
HIDDEN = 128
HELD_OUT = 0.3
EPOCHS = 60
BATCH = 64
# 1 - BETA is a power of two, so the exported tau and r are exact multiples of the exporter's dt.
BETA = 0.875
# Weights are multiples of 1/GRID and pixels multiples of 1/16: a float32 sum of their products is
# exact in every order of summation.
GRID = 4096
FOLDER = Path(__file__).resolve().parent


def lif(size, **options):
    """A layer of snnTorch's LIF with parameters per neuron, reset to zero."""
    return snn.Leaky(
        beta=torch.full((size,), BETA),
        threshold=torch.ones(size),
        spike_grad=surrogate.atan(),
        reset_mechanism="zero",
        init_hidden=True,
        **options,
    )


def build():
    return torch.nn.Sequential(
        OrderedDict(
            fc1=torch.nn.Linear(64, HIDDEN),
            lif1=lif(HIDDEN),
            fc2=torch.nn.Linear(HIDDEN, 10),
            lif2=lif(10, output=True),
        )
    )


def run(net, images):
    """Output spikes (STEPS, N, 10) of images (N, 64) in [0, 1], from rest."""
    net.lif1.reset_mem()
    net.lif2.reset_mem()
    return torch.stack([net(images)[0] for _ in range(STEPS)])


def train(net, images, labels):
    """Adam on the spike counts; the class should fire in 80 % of the steps, others in 4 %."""
    loss_of = functional.mse_count_loss(correct_rate=0.8, incorrect_rate=0.04)
    optimizer = torch.optim.Adam(net.parameters(), lr=2e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS)
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in torch.randperm(len(images)).split(BATCH):
            loss = loss_of(run(net, jitter(images[batch])), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        schedule.step()
        print(f"epoch {epoch + 1:3d}  loss {total / len(images):.4f}")


def jitter(images):
    """Half of the batches as they are, the others moved as a whole by at most a pixel each way."""
    padded = torch.nn.functional.pad(images.view(-1, 8, 8), (1, 1, 1, 1))
    row, column = (1, 1) if torch.rand(()) < 0.5 else torch.randint(0, 3, (2,)).tolist()
    return padded[:, row : row + 8, column : column + 8].reshape(-1, 64)


def membrane_run(currents):
    """Spikes and smallest |v - 1| of LIF neurons in float64; currents are (STEPS, ...)."""
    v = np.zeros(currents.shape[1:])
    closest = np.full(currents.shape[1:], np.inf)
    spikes = np.zeros(currents.shape)
    for t, current in enumerate(currents):
        v = BETA * v + current
        closest = np.minimum(closest, np.abs(v - 1))
        spikes[t] = v > 1
        v[v > 1] = 0
    return spikes, closest


def settle(layer, inputs):
    """Rounds a layer's weights to the grid and moves each bias by at most 8 grid steps, to where
    the neuron's v stays farthest from its threshold over all inputs (STEPS, N, in).

    Then no spike hangs on the rounding of v, so every faithful simulator gives the same spikes.
    Labels play no part. Returns the layer's spikes.
    """
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_((parameter * GRID).round() / GRID)
    weight = layer.weight.detach().double().numpy()
    bias = layer.bias.detach().double().numpy()
    # The smallest move comes first and argmax takes the first maximum.
    moves = np.array(sorted(range(-8, 9), key=abs)) / GRID
    spikes = np.zeros(inputs.shape[:2] + bias.shape)
    for j in range(len(bias)):
        currents = (inputs @ weight[j] + bias[j])[..., None] + moves
        tried, closest = membrane_run(currents)
        best = closest.min(axis=0).argmax()
        bias[j] += moves[best]
        spikes[..., j] = tried[..., best]
    with torch.no_grad():
        layer.bias.copy_(torch.from_numpy(bias))
    return spikes


def main():
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)

    digits = load_digits()
    images = (digits.data / 16).astype(np.float32)
    x_train, x_test, y_train, y_test = train_test_split(
        images, digits.target, test_size=HELD_OUT, stratify=digits.target, random_state=0
    )

    net = build()
    train(net, torch.from_numpy(x_train), torch.from_numpy(y_train))
    every = np.broadcast_to(images.astype(np.float64), (STEPS, *images.shape))
    settle(net.fc2, settle(net.fc1, every))

    with torch.no_grad():
        counts = run(net, torch.from_numpy(x_test)).sum(0).numpy().astype(np.int64)
    # numpy's argmax takes the first maximum; torch's does not promise to.
    classes = counts.argmax(axis=1)
    right = int((classes == y_test).sum())
    print(f"held out: {right} of {len(y_test)} right ({100 * right / len(y_test):.2f} %)")

    graph = export_to_nir(net, torch.zeros(1, 64), ignore_dims=[0])
    # The exporter collects edges in a set; sorted, the file is the same on every run.
    graph.edges = sorted(graph.edges)
    nir.write(str(FOLDER / "digits.nir"), graph)
    np.save(FOLDER / "digits_test_images.npy", x_test)
    np.save(FOLDER / "digits_test_labels.npy", y_test.astype(np.int64))
    np.save(FOLDER / "expected_classes.npy", classes)
    np.save(FOLDER / "expected_counts.npy", counts)


if __name__ == "__main__":
    main()
