#!/usr/bin/env python3
"""Writes ConvolutionCases.inc: what PyTorch computes for convolutions and pools of all shapes.

Run by hand (needs torch): python3 make_convolution_cases.py > ConvolutionCases.inc
Weight i is (7 i mod 11) - 5, input i is (5 i mod 13) - 6, bias i is i + 1, all whole numbers, so
that every sum is exact; the checksum is the sum of (k mod 17 + 1) y[k].
"""
import random

import torch

random.seed(1)
torch.set_default_dtype(torch.float64)


def ramp(shape, factor, modulus, offset):
    count = 1
    for size in shape:
        count *= size
    return (torch.arange(count) * factor % modulus - offset).double().reshape(shape)


def braces(values):
    return "{" + ", ".join(str(value) for value in values) + "}"


def emit(kind, shape, kernel, stride, padding, dilation, groups, out):
    flat = out.reshape(-1)
    checksum = int((flat * (torch.arange(flat.numel()) % 17 + 1)).sum().item())
    mode = f'"{padding}"' if isinstance(padding, str) else '""'
    numbers = braces([] if isinstance(padding, str) else padding)
    print(f'{{"{kind}", {braces(shape)}, {braces(kernel)}, {braces(stride)}, {numbers}, {mode}, '
          f"{braces(dilation)}, {groups}, {braces(out.shape[1:])}, {checksum}}},")


def convolution(rank):
    groups = random.choice([1, 1, 2, 3])
    channels, filters = groups * random.randint(1, 2), groups * random.randint(1, 2)
    kernel = [random.randint(1, 4) for _ in range(rank)]
    dilation = [random.randint(1, 2) for _ in range(rank)]
    padding = random.choice(["same", "valid", None, None])
    stride = [1 if padding == "same" else random.randint(1, 3) for _ in range(rank)]
    if padding is None:
        padding = [random.randint(0, 2) for _ in range(rank)]
    shape = [channels] + [random.randint(8, 11) for _ in range(rank)]
    weight = ramp([filters, channels // groups] + kernel, 7, 11, 5)
    bias = torch.arange(filters).double() + 1
    apply = torch.nn.functional.conv1d if rank == 1 else torch.nn.functional.conv2d
    out = apply(ramp([1] + shape, 5, 13, 6), weight, bias, stride, padding, dilation, groups)
    emit(f"Conv{rank}d", shape, list(weight.shape), stride, padding, dilation, groups, out)


def pool(kind):
    kernel = [random.randint(1, 4) for _ in range(2)]
    stride = [random.randint(1, 3) for _ in range(2)]
    padding = [random.randint(0, size // 2) for size in kernel]
    shape = [random.randint(1, 3)] + [random.randint(5, 9) for _ in range(2)]
    x = ramp([1] + shape, 5, 13, 6)
    # The sum is the mean times the window, zeros of the padding counted.
    out = torch.nn.functional.avg_pool2d(x, kernel, stride, padding) * kernel[0] * kernel[1]
    emit(kind, shape, kernel, stride, padding, [1, 1], 1, out.round())


print("// Written by make_convolution_cases.py; not edited by hand.")
for _ in range(30):
    convolution(2)
for _ in range(12):
    convolution(1)
for _ in range(8):
    pool("SumPool2d")
    pool("AvgPool2d")
