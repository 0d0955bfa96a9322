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

from tasks.extraction.facts.reader.network import HEADS, PLACES
from tasks.learning.network import ReaderNetwork

_MARKED = "/marked/Gather"
"""The node that looks up what is marked at a place: of few rows, it stays in floats and needs no turning back."""


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
    """The part of the network that ONNX Runtime runs: the vectors that the questions are asked of.

    The vectors of part, name and flags of a place come added up, one row for each way they go together.
    """

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network
        parts, names, flags = (e.weight.detach() for e in (network.t, network.names, network.flags))
        together = parts[:, None, None] + names[:, None] + flags
        self.marked = nn.Embedding.from_pretrained(together.reshape(-1, parts.shape[-1]))

    def forward(self, rows: Tensor, marks: Tensor) -> Tensor:
        """Encodes windows of one length, given by rows of the embedding and `place_marks`."""
        network, x = self.network, self.network.e(rows) + self.marked(marks)
        angle = torch.outer(torch.arange(PLACES, dtype=torch.float32), network.get_buffer("frequency"))
        for layer in network.b:
            q, k, v = layer.qkv(layer.n1(x)).split(x.shape[-1], -1)
            x = x + layer.o(_Attention.apply(q, k, v, angle.cos(), angle.sin()))
            x = x + layer.f2(F.gelu(layer.f1(layer.n2(x)), approximate="tanh"))
        out: Tensor = network.n(x)
        return out


def store(network: ReaderNetwork, vocabulary: str, path: Path) -> None:
    """Writes the weights: the encoder in whole numbers as `PATH.onnx`, the questions as `PATH.npz`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole, exact = path.with_suffix(".onnx"), path.with_suffix(".exact.onnx")
    example = torch.ones(1, 64, dtype=torch.long), torch.zeros(1, 64, dtype=torch.long)
    torch.onnx.export(
        _Encoder(network).eval(),
        example,
        exact,
        input_names=["rows", "marks"],
        output_names=["h"],
        dynamic_axes={"rows": {0: "windows", 1: "places"}, "marks": {0: "windows", 1: "places"}},
        opset_version=20,
        custom_opsets={"com.microsoft": 1},
        dynamo=False,
    )
    quantize_dynamic(
        exact, whole, weight_type=QuantType.QInt8, reduce_range=True, per_channel=True, nodes_to_exclude=[_MARKED]
    )
    onnx.checker.check_model(whole)
    exact.unlink()
    questions = ("cls1.", "cls2.", "fq.", "tk.weight", "trust.", "dist.")
    heads = {
        k: v.detach().numpy().astype(np.float16) for k, v in network.state_dict().items() if k.startswith(questions)
    }
    np.savez_compressed(path.with_suffix(".npz"), vocabulary=np.array(vocabulary), **heads)
