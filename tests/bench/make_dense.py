#!/usr/bin/env python3
"""Writes a network of dense layers as .mlir text, its weights as resource blobs: make_dense.py N0 N1 ... > net.mlir

The weights are uniform in +-1.5 / sqrt(inputs), float32, from a fixed sequence; 784 1024 1024 10 is the network of
the benchmarks, 784 2048 2048 10 about 50 MB of text.
"""
import random
import struct
import sys

sizes = [int(size) for size in sys.argv[1:]]
random.seed(1)
out = sys.stdout
out.write("neuro.network @dense dt = 1.0 ms {\n")
out.write(f"  source @in [{sizes[0]}] is #neuro.external\n")
for k, size in enumerate(sizes[1:], 1):
    out.write(f"  population @layer{k} [{size}] of @LIF parameters {{tau = 10.0, v_threshold = 0.1}}\n")
for k in range(1, len(sizes)):
    source = "in" if k == 1 else f"layer{k - 1}"
    out.write(f"  projection @p{k} from @{source} to @layer{k} via #neuro.dense<weights = "
              f"dense_resource<w{k}> : tensor<{sizes[k]}x{sizes[k - 1]}xf32>>\n")
out.write("}\n{-#\n  dialect_resources: {\n    builtin: {\n")
for k in range(1, len(sizes)):
    bound = 1.5 / sizes[k - 1] ** 0.5
    values = [random.uniform(-bound, bound) for _ in range(sizes[k] * sizes[k - 1])]
    text = "04000000" + struct.pack(f"<{len(values)}f", *values).hex()
    out.write(f'      w{k}: "0x{text}"' + (",\n" if k + 1 < len(sizes) else "\n"))
out.write("    }\n  }\n#-}\n")
