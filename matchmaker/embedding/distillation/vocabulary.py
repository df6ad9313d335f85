"""The student's word pieces: the teacher's, without foreign scripts, plus German ones."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

LONGEST = 256  # word pieces of a text, as the teacher reads
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
# What a piece of ours may be made of: ASCII, and what Western European languages write.
_LATIN = re.compile(r"[\x21-\x7eäöüßæøåœ€£§°²³µ–—‘’“”„«»…•×·½¼¾±†™©®]+")
# Marks above letters are dropped except the two dots of ä, ö and ü, which change words.
_MARKS = r"(?<![aou])\u0308|[\u0300-\u0307\u0309-\u036f]"


def latin_pieces(teacher: Mapping[str, int]) -> list[str]:
    """Return the teacher's pieces that Western European text can contain, special ones first,
    the others in the order of their ids."""
    ordered = sorted(teacher, key=teacher.__getitem__)
    plain = [piece for piece in ordered if piece not in SPECIAL and not piece.startswith("[unused")]
    return [*SPECIAL, *(piece for piece in plain if _LATIN.fullmatch(piece))]


def german_pieces(
    kept: list[str], german: Mapping[str, int], english: Mapping[str, int], count: int
) -> list[str]:
    """Return new pieces for German words, the most used first.

    Candidates are learned from the German words alone (WordPiece training); of those a piece
    stays that German text uses more than English text, so that English words keep the pieces
    that the teacher knows them by.

    Parameters
    ----------
    kept : the pieces that are there already.
    german, english : words and how often each is met.
    count : how many pieces are wanted at most.
    """
    learned = _learn(german, len(kept) + 2 * count)
    wanted = [piece for piece in learned if piece not in set(kept)]
    # Dropping pieces moves their uses to others, so the uses are counted twice.
    for size in (len(wanted), count):
        tokenizer = build_tokenizer([*kept, *wanted])
        used_german, used_english = _uses(tokenizer, german), _uses(tokenizer, english)
        wanted = sorted(
            (piece for piece in wanted if used_german[piece] > used_english[piece]),
            key=lambda piece: (-used_german[piece], piece),
        )[:size]
    return wanted


def build_tokenizer(pieces: list[str], longest: int = LONGEST) -> Tokenizer:
    """Return the tokenizer: lower case, ä ö ü kept, ß as ss, all other marks dropped.

    Decomposed letters (as some systems paste them) are read like composed ones.
    """
    tokenizer = Tokenizer(
        models.WordPiece({piece: row for row, piece in enumerate(pieces)}, unk_token="[UNK]")  # noqa: S106
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.BertNormalizer(strip_accents=False, lowercase=True),
            normalizers.NFD(),
            normalizers.Replace(Regex(_MARKS), ""),
            normalizers.NFC(),
            normalizers.Replace("ß", "ss"),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(name, pieces.index(name)) for name in ("[CLS]", "[SEP]")],
    )
    tokenizer.enable_truncation(longest)
    return tokenizer


def count_words(tokenizer: Tokenizer, texts: Iterable[str], weight: int = 1) -> Counter[str]:
    """Count the words of texts as the tokenizer reads them, each time as `weight`."""
    counts: Counter[str] = Counter()
    for text in texts:
        normal = tokenizer.normalizer.normalize_str(text)
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal):
            counts[word] += weight
    return counts


def teacher_vocabulary(teacher: Path) -> dict[str, int]:
    """Read the pieces of the teacher and their rows in its table of vectors."""
    content = json.loads((teacher / "tokenizer.json").read_text("utf-8"))
    vocabulary: dict[str, int] = content["model"]["vocab"]
    return vocabulary


def _learn(words: Mapping[str, int], size: int) -> list[str]:
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, show_progress=False, min_frequency=3, limit_alphabet=120
    )
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    # The trainer counts words, so each is handed to it as often as it is met, up to a limit
    # that keeps articles from filling the memory.
    lines = (" ".join([word] * min(times, 1_000)) for word, times in sorted(words.items()))
    tokenizer.train_from_iterator(lines, trainer)
    vocabulary = tokenizer.get_vocab()
    ordered = sorted(vocabulary, key=vocabulary.__getitem__)
    return [piece for piece in ordered if _LATIN.fullmatch(piece)]


def _uses(tokenizer: Tokenizer, words: Mapping[str, int]) -> Counter[str]:
    uses: Counter[str] = Counter()
    read = tokenizer.encode_batch(list(words), add_special_tokens=False)
    for times, word in zip(words.values(), read, strict=True):
        for piece in word.tokens:
            uses[piece] += times
    return uses
