"""Trains the tagger: `python -m tasks.learning.tagger CORPUS_DIR FOLDER…`.

What belongs here: reading corpora, cross-validation, training with python-crfsuite (`pip install broadsheet[train]`),
writing the weights. What does not: anything that is needed to read a page.

CORPUS_DIR holds `*.bio` files: one character and its tag (O, B-PER, I-PER, B-LOC …) a line, an empty line between
sentences. Each FOLDER holds pages annotated in house style (`*.layout.json`, `*.entities.jsonl`:
tests/gold/GUIDE.md), which count several times: what is a name, and where it ends, is said by them.
`--keep SHARE --start FILE` goes on from weights that stand in a file, such as those of another commit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.extraction.names.find.features import BUCKETS, character_features
from tasks.extraction.names.find.places import join_neighbours
from tasks.extraction.names.find.tagger import LABELS, MODEL_FILE, Weights, make_weights, tag_names
from tasks.extraction.names.overlaps import Span
from tasks.learning.tagger_examples import read_annotated_names
from tasks.learning.tagger_variants import NameMaker, Sentence, made_up_sentences
from tasks.lexicon import lexicon_path
from tasks.reading.page import read_text

_PARAMETERS = {"c1": 0.1, "c2": 0.02, "feature.possible_transitions": True}
_ITERATIONS = 45
_SEEN = 2  # times that a feature must be seen; a sentence that is repeated counts once
_MADE_UP = 10000
_EVERY = 2  # of the corpus and the made-up sentences one in two is learned from where there is text in house style
_HOUSE = 4  # times that text in house style counts
_SUBSTITUTED = 0.4
_FOLDS = 5
_LEAST = 0.03  # features whose weights are all smaller are left out of the file
_RUNS = 3  # with other made-up names each

Table = tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]
"""Features, their weights by label, and the weight of each label after each label."""


def read_corpus(folder: Path) -> list[Sentence]:
    """Reads all `*.bio` files of a folder.

    Raises:
        ValueError: There is none, or a line is not a character and a tag; names file and line.
    """
    sentences: list[Sentence] = []
    for path in sorted(folder.glob("*.bio")):
        chars: list[str] = []
        tags: list[str] = []
        for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
            if line:
                char, _, tag = line.partition(" ")
                if len(char) != 1 or tag not in LABELS:
                    raise ValueError(f"{path}, line {number}: {line!r} is no character with a tag; write `京 B-LOC`.")
                chars.append(char)
                tags.append(tag)
            elif chars:
                sentences.append(("".join(chars), tuple(_spans(tags))))
                chars, tags = [], []
    if not sentences:
        raise ValueError(f"{folder}: no sentences in *.bio files; give the folder that holds the corpora.")
    return sentences


def _spans(tags: Sequence[str]) -> Iterable[Span]:
    start = -1
    for n, (tag, following) in enumerate(pairwise([*tags, "O"])):
        if tag[0] == "B":
            start = n
        if start >= 0 and not (following[0] == "I" and following[2:] == tag[2:]):
            yield Span(start, n + 1, tag[2:])
            start = -1


def house_style(sentence: Sentence) -> Sentence:
    """Joins names side by side as our mentions do: 湖北|武汉 → one place, 长沙市|教育局 → one organisation."""
    text, spans = sentence
    return text, tuple(join_neighbours(list(spans)))


def _labels(sentence: Sentence) -> list[str]:
    labels = ["O"] * len(sentence[0])
    for span in sentence[1]:
        labels[span.start : span.end] = [f"I-{span.type}"] * (span.end - span.start)
        labels[span.start] = f"B-{span.type}"
    return labels


def train(sentences: Sequence[Sentence], iterations: int = _ITERATIONS) -> tuple[npt.NDArray[np.int64], Weights]:
    """Trains a tagger on sentences.

    Args:
        sentences: Those that stand there several times count several times, but make no feature more frequent.
        iterations: Steps of L-BFGS.

    Returns:
        The numbers of the features that got weights, and the weights.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({**_PARAMETERS, "max_iterations": iterations})
    repeats = Counter(sentences)
    matrix = character_features(read_text("\n\n".join(text for text, _ in repeats))).T
    seen_again = np.bincount(matrix.ravel(), minlength=BUCKETS) >= _SEEN
    at = 0
    for sentence, times in repeats.items():
        rows = matrix[at : at + len(sentence[0])]
        items = pycrfsuite.ItemSequence([list(map(str, row[seen_again[row]].tolist())) for row in rows])
        for _ in range(times):
            trainer.append(items, _labels(sentence))
        at += len(sentence[0]) + 2
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        features = np.array(sorted({int(feature) for feature, _ in info.state_features}), np.int64)
        emission = np.zeros((len(features), len(LABELS)), np.float32)
        for (feature, label), weight in info.state_features.items():
            emission[np.searchsorted(features, int(feature)), LABELS.index(label)] = weight
        transition = np.zeros((len(LABELS), len(LABELS)), np.float32)
        for (before, label), weight in info.transitions.items():
            transition[LABELS.index(before), LABELS.index(label)] = weight
        tagger.close()
    return features, make_weights(features, emission.astype(np.float16), transition)


def score(sentences: Sequence[Sentence], weights: Weights) -> Counter[str]:
    """Counts the names a tagger finds exactly, in all and by type: `PER right`, `PER found`, `PER there`."""
    counts: Counter[str] = Counter()
    offset = 0
    there: set[tuple[int, int, str]] = set()
    for text, spans in sentences:
        there.update((offset + s.start, offset + s.end, s.type) for s in spans)
        offset += len(text) + 2
    whole = read_text("\n\n".join(text for text, _ in sentences))
    found = {(s.start, s.end, s.type) for s in tag_names(whole, weights)}
    for name, group in (("right", there & found), ("found", found), ("there", there)):
        for span in group:
            counts[f"{span[2]} {name}"] += 1
            counts[f"all {name}"] += 1
    return counts


def _report(title: str, counts: Counter[str]) -> str:
    parts = []
    for kind in ("all", "PER", "LOC", "ORG"):
        right, found, there = (counts[f"{kind} {name}"] for name in ("right", "found", "there"))
        parts.append(f"{kind} {2 * right / max(1, found + there):.4f}")
    return f"{title:10s} F1 " + "  ".join(parts)


def augmented(corpus: Sequence[Sentence], house: Sequence[Sentence] = (), run: int = 0) -> list[Sentence]:
    """Puts together what a run learns from.

    Args:
        corpus: Public sentences; some are left out, the rest is put in house style, partly once more with other names.
        house: Sentences in house style; they count several times.
        run: Another run makes other names.
    """
    every = _EVERY if house else 1
    styled = [house_style(sentence) for sentence in corpus[run % every :: every]]
    maker = NameMaker(seed=2 + run)
    copies = [maker.substitute(s) for s in styled if s[1] and maker.chance(_SUBSTITUTED)]
    made_up = made_up_sentences(_MADE_UP // every, seed=1 + run)
    return [*styled, *copies, *made_up, *list(house) * _HOUSE]


def _mean(parts: Sequence[tuple[float, Table]]) -> Table:
    """Gives the mean of several taggers, which errs less than each of them; each comes with its share, all sum to 1."""
    features = np.unique(np.concatenate([found for _, (found, _, _) in parts]))
    emission = np.zeros((len(features), len(LABELS)))
    transition = np.zeros((len(LABELS), len(LABELS)))
    for share, (found, weights, steps) in parts:
        emission[np.searchsorted(features, found)] += share * weights
        transition += share * steps
    return features, emission, transition


def _read_table(path: Path) -> Table:
    with np.load(path) as model:
        return model["features"], model["emission"], model["transition"]


def _write_table(path: Path, table: Table) -> int:
    """Writes weights, leaving out features that say next to nothing, and tells how many features are left."""
    features, emission, transition = table
    telling = np.abs(emission).max(axis=1) >= _LEAST
    np.savez_compressed(
        path,
        features=features[telling].astype(np.uint32),
        emission=emission[telling].astype(np.float16),
        transition=transition.astype(np.float32),
    )
    return int(telling.sum())


def _cross_validate(sentences: Sequence[Sentence], folds: int) -> None:
    total: Counter[str] = Counter()
    for fold in range(folds):
        _, weights = train([s for n, s in enumerate(sentences) if n % folds != fold])
        counts = score([s for n, s in enumerate(sentences) if n % folds == fold], weights)
        print(_report(f"fold {fold + 1}", counts), flush=True)  # noqa: T201
        total += counts
    if folds:
        print(_report("all folds", total), flush=True)  # noqa: T201


def main(arguments: Sequence[str] | None = None) -> int:
    """Cross-validates on the corpora alone, then trains on all text given and writes the mean weights."""
    parser = argparse.ArgumentParser(prog="python -m tasks.learning.tagger", description=main.__doc__)
    parser.add_argument("corpus", type=Path, help="folder with *.bio files")
    parser.add_argument("folders", nargs="*", type=Path, help="folders with *.layout.json and *.entities.jsonl")
    parser.add_argument("--out", type=Path, default=lexicon_path(MODEL_FILE), help="file for the weights")
    parser.add_argument("--folds", type=int, default=_FOLDS, help="0: no cross-validation")
    parser.add_argument("--runs", type=int, default=_RUNS, help="runs whose mean is written")
    parser.add_argument("--keep", type=float, default=0.0, help="share of the weights of --start in the mean, 0 to 1")
    parser.add_argument("--start", type=Path, default=lexicon_path(MODEL_FILE), help="weights to go on from")
    parser.add_argument("--unseen", action="append", type=Path, default=[], metavar="FOLDER", help="pages to score on")
    options = parser.parse_args(arguments)
    try:
        sentences = read_corpus(options.corpus)
        house = [sentence for folder in options.folders for sentence in read_annotated_names(folder)]
        unseen = {folder: read_annotated_names(folder) for folder in options.unseen}
        parts = [(options.keep, _read_table(options.start))] if options.keep else []
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    _cross_validate(sentences, options.folds)
    print(f"{len(sentences)} sentences of the corpus, {len(house)} annotated paragraphs; seeds from 1 on")  # noqa: T201
    for run in range(options.runs):
        features, weights = train(augmented(sentences, house, run))
        table = features, weights.emission[1:, : len(LABELS)], weights.transition
        parts.append(((1 - options.keep) / options.runs, table))
    count = _write_table(options.out, _mean(parts))
    print(f"{count} features with weights → {options.out}")  # noqa: T201
    features, emission, transition = _read_table(options.out)
    for folder, pages in unseen.items():
        counts = score(pages, make_weights(features.astype(np.int64), emission, transition))
        print(_report(folder.name, counts))  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
