"""Writes a trained reader as the project runs it: the encoder for ONNX Runtime, the questions for NumPy.

What belongs here: the two files of weights. What does not: the training.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tasks.extraction.facts.reader.network import HEADS
from tasks.learning.network import ReaderNetwork

_PLACES = 1024
"""More than any window has."""


class _Attention(torch.autograd.Function):
    """Stands in the ONNX graph for two operators of ONNX Runtime, a quarter faster than the same written out."""

    @staticmethod
    def forward(_: Any, q: Tensor, k: Tensor, v: Tensor, cos: Tensor, sin: Tensor) -> Tensor:  # type: ignore[override]
        return v

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, cos: Any, sin: Any) -> Any:
        begin = g.op("Constant", value_t=torch.tensor([0]))
        turned = [
            g.op("com.microsoft::RotaryEmbedding", x, begin, cos, sin, interleaved_i=0, num_heads_i=HEADS)
            for x in (q, k)
        ]
        return g.op("com.microsoft::MultiHeadAttention", *turned, v, num_heads_i=HEADS)


class _Encoder(nn.Module):
    """The part of the network that ONNX Runtime runs: what the questions ask of, and the vectors themselves."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, rows: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        """Encodes windows of one length."""
        network, x = self.network, self.network.embedded(rows, marks)
        angle = torch.outer(torch.arange(_PLACES, dtype=torch.float32), network.get_buffer("frequency"))
        for layer in network.b:
            q, k, v = layer.qkv(layer.n1(x)).split(x.shape[-1], -1)
            x = x + layer.o(_Attention.apply(q, k, v, angle.cos(), angle.sin()))
            x = x + layer.f2(F.gelu(layer.f1(layer.n2(x)), approximate="tanh"))
        h = network.n(x)
        return h, network.tk(h)


def store(network: ReaderNetwork, vocabulary: str, path: Path) -> None:
    """Writes the weights: the encoder in whole numbers as `PATH.onnx`, the questions as `PATH.npz`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole, exact = path.with_suffix(".onnx"), path.with_suffix(".exact.onnx")
    example = torch.ones(1, 64, dtype=torch.long), torch.zeros(3, 1, 64, dtype=torch.long)
    torch.onnx.export(
        _Encoder(network).eval(),
        example,
        exact,
        input_names=["rows", "marks"],
        output_names=["h", "keys"],
        dynamic_axes={"rows": {0: "windows", 1: "places"}, "marks": {1: "windows", 2: "places"}},
        opset_version=20,
        custom_opsets={"com.microsoft": 1},
        dynamo=False,
    )
    quantize_dynamic(exact, whole, weight_type=QuantType.QInt8, reduce_range=True, per_channel=True)
    onnx.checker.check_model(whole)
    exact.unlink()
    questions = ("cls1.", "cls2.", "fq.", "trust.", "dist.")
    heads = {
        k: v.detach().numpy().astype(np.float16) for k, v in network.state_dict().items() if k.startswith(questions)
    }
    np.savez_compressed(path.with_suffix(".npz"), vocabulary=np.array(vocabulary), **heads)
