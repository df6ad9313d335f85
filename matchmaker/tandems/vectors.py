"""Texts in, vectors out: stored ones where there are any, new ones where not."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from matchmaker import profiles
from matchmaker.database import SessionFactory, reading, transaction
from matchmaker.embedding import CompactVectors, Encoder, Role, compact
from matchmaker.language import sentence_spans
from matchmaker.scoring import Sentences
from matchmaker.values import FloatArray, Text

Progress = Callable[[int], None]

# New vectors are stored in portions, so that a run that is stopped loses little.
_PORTION = 512


class Vectors:
    """The vectors of stored texts under one encoder; nothing is embedded twice.

    The database is held only to read and to write, never while the encoder works. A text in a
    language that the encoder does not read has vectors of zeros: no meaning is better than an
    invented one, and its words still count.
    """

    def __init__(self, factory: SessionFactory, encoder: Encoder) -> None:
        self._factory = factory
        self.encoder = encoder

    def of_texts(
        self, texts: Sequence[Text], role: Role, progress: Progress | None = None
    ) -> FloatArray:
        """Unit vectors of the texts, shape (n_texts, dimension), float32."""
        if not texts:
            return np.zeros((0, self.encoder.dimension), dtype=np.float32)
        version = self.encoder.version
        wanted = {text.text_hash: text.text for text in texts if self.reads(text)}
        with reading(self._factory) as session:
            known = profiles.find_vectors(session, wanted, version, role)
        for portion in _portions(wanted, known):
            vectors = self.encoder.embed([wanted[text_hash] for text_hash in portion], role)
            new = dict(zip(portion, vectors, strict=True))
            with transaction(self._factory) as session:
                profiles.save_vectors(session, new, version, role)
            known.update(new)
            if progress:
                progress(len(new))
        nothing = np.zeros(self.encoder.dimension, dtype=np.float32)
        return np.stack([known[text.text_hash] if self.reads(text) else nothing for text in texts])

    def reads(self, text: Text) -> bool:
        """Whether the encoder reads the text's language; one that is not known, it tries."""
        languages = self.encoder.languages
        return languages is None or text.language is None or text.language in languages

    def of_sentences(
        self, texts: Iterable[Text], role: Role, progress: Progress | None = None
    ) -> dict[str, Sentences]:
        """The sentences of each text with their vectors, by text hash."""
        texts = list(texts)
        wanted = {text.text_hash: text for text in texts if self.reads(text)}
        version, dimension = self.encoder.version, self.encoder.dimension
        with reading(self._factory) as session:
            known = profiles.find_sentence_vectors(session, wanted, version, role)
        for portion in _portions(wanted, known):
            new = self._embed_sentences([wanted[text_hash].text for text_hash in portion], role)
            packed = {
                text_hash: (len(vectors), compact(vectors).to_bytes())
                for text_hash, vectors in zip(portion, new, strict=True)
            }
            with transaction(self._factory) as session:
                profiles.save_sentence_vectors(session, packed, dimension, version, role)
            known.update({text_hash: data for text_hash, (_, data) in packed.items()})
            if progress:
                progress(len(new))
        # Stored and new vectors both pass through the packed form, so that a list is the
        # same whether its sentences were embedded now or last night.
        found = {
            text_hash: Sentences(
                text, CompactVectors.from_bytes(known[text_hash], dimension).expand()
            )
            for text_hash, text in wanted.items()
        }
        unread = {text.text_hash: self._without_meaning(text) for text in texts}
        return unread | found

    def of_passing_text(self, text: Text, role: Role) -> tuple[FloatArray, Sentences]:
        """Vector and sentences of a text that is not stored: typed in ad hoc, and kept nowhere."""
        if not self.reads(text):
            return np.zeros(self.encoder.dimension, dtype=np.float32), self._without_meaning(text)
        vector = self.encoder.embed([text.text], role)[0]
        (sentences,) = self._embed_sentences([text.text], role)
        return vector, Sentences(text, compact(sentences).expand())

    def _without_meaning(self, text: Text) -> Sentences:
        return Sentences(text, np.zeros((0, self.encoder.dimension), dtype=np.float32))

    def _embed_sentences(self, texts: Sequence[str], role: Role) -> list[FloatArray]:
        spans = [sentence_spans(text) for text in texts]
        sentences = [
            text[start:end]
            for text, found in zip(texts, spans, strict=True)
            for start, end in found
        ]
        vectors = self.encoder.embed(sentences, role)
        ends = np.cumsum([len(found) for found in spans])
        return np.split(vectors, ends[:-1]) if spans else []


def _portions(wanted: Mapping[str, object], known: Mapping[str, object]) -> Iterable[list[str]]:
    missing = [text_hash for text_hash in wanted if text_hash not in known]
    return [missing[start : start + _PORTION] for start in range(0, len(missing), _PORTION)]
