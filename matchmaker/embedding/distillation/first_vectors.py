"""First vectors for the German pieces, before any training: a least-squares dictionary.

The mean input vector of a German phrase's pieces should be the mean input vector of its
English translation's pieces. Over all pairs that is a sparse linear system; its ridge solution
shares the meaning of compounds and phrases out among their pieces, where the mean over
translations (the usual start) gives each piece the average of everything it occurs in.
"""

import numpy as np
from scipy import sparse
from tokenizers import Tokenizer

from matchmaker.embedding.distillation.pairs import Pair
from matchmaker.values import FloatArray

RIDGE = 0.5
STEPS = 40


def first_vectors(
    pairs: list[Pair],
    student: Tokenizer,
    teacher: Tokenizer,
    table: FloatArray,
    kept: FloatArray,
) -> FloatArray:
    """Return vectors (new, d) for those pieces of the student that the teacher does not have.

    Parameters
    ----------
    pairs : the translations to learn from.
    student, teacher : the tokenizers of both.
    table : the teacher's input vectors, (teacher's pieces, d).
    kept : vectors (k, d) of the student's first k pieces, which stay as they are.
    """
    theirs = _bags(teacher, [pair.en for pair in pairs], len(table))
    goal = _mean_rows(theirs @ sparse.diags_array(_weights(theirs))) @ table
    ours = _mean_rows(_bags(student, [pair.de for pair in pairs], student.get_vocab_size()))
    known, new = ours[:, : len(kept)], ours[:, len(kept) :]
    # A piece that no pair speaks of gets the average vector.
    average = kept.mean(axis=0)
    rest = goal - known @ kept - np.outer(new.sum(axis=1), average)
    found = average + _ridge(new, rest)
    # Longer than the average piece of the teacher, a vector would drown its neighbors.
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    longest = np.linalg.norm(kept, axis=1).mean()
    shortened: FloatArray = found * np.minimum(1.0, longest / lengths)
    return shortened


def _ridge(bags: sparse.csr_array, goal: FloatArray) -> FloatArray:
    """Minimize |bags x - goal|² + RIDGE |x|² by conjugate gradients, all columns at once.

    Scaled by the diagonal (Jacobi), as pieces differ in frequency by a factor of 10,000.
    """
    diagonal = np.asarray(bags.multiply(bags).sum(axis=0)).ravel() + RIDGE
    precondition = (1.0 / diagonal)[:, None]
    solution = np.zeros((bags.shape[1], goal.shape[1]))
    residual = bags.T @ goal
    scaled = precondition * residual
    direction = scaled.copy()
    size = (residual * scaled).sum(axis=0)
    for _ in range(STEPS):
        applied = bags.T @ (bags @ direction) + RIDGE * direction
        step = size / np.maximum((direction * applied).sum(axis=0), 1e-12)
        solution += step * direction
        residual -= step * applied
        scaled = precondition * residual
        smaller = (residual * scaled).sum(axis=0)
        direction = scaled + smaller / np.maximum(size, 1e-12) * direction
        size = smaller
    return solution


def _bags(tokenizer: Tokenizer, texts: list[str], size: int) -> sparse.csr_array:
    """Count the pieces of texts: a sparse array of shape (texts, size)."""
    read = tokenizer.encode_batch(texts, add_special_tokens=False)
    lengths = [len(one.ids) for one in read]
    columns = np.concatenate([one.ids for one in read])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return sparse.csr_array((np.ones(len(columns)), columns, starts), shape=(len(texts), size))


def _weights(bags: sparse.csr_array) -> FloatArray:
    """Weigh each piece down with its share of all text: a / (a + p), a = 0.001 (Arora et al.
    2017), so that "to", "of" and "somebody" say next to nothing."""
    share = np.asarray(bags.sum(axis=0)).ravel() / bags.sum()
    weights: FloatArray = 1e-3 / (1e-3 + share)
    return weights


def _mean_rows(bags: sparse.csr_array) -> sparse.csr_array:
    total = np.asarray(bags.sum(axis=1)).ravel()
    return sparse.diags_array(1.0 / np.maximum(total, 1e-9)) @ bags
