"""Fingerprints find a repeated sentence, however it is typed."""

from matchmaker.embedding import fingerprints

SENTENCE = "Die Prüfung der Schweißnähte dauert bei uns jeden Tag zwei Stunden."


def test_eight_words_in_a_row_are_found_inside_another_text() -> None:
    longer = "Bisher gilt: die PRUEFUNG der Schweißnähte dauert, bei uns jeden Abend, sehr lange."

    assert fingerprints([SENTENCE]) & fingerprints([longer])
    assert not fingerprints([SENTENCE]) & fingerprints(["Die Prüfung der Schweißnähte dauert."])


def test_a_text_of_n_words_has_n_minus_seven_shingles() -> None:
    assert len(fingerprints([SENTENCE])) == 11 - 7


def test_a_short_sentence_counts_as_a_whole_and_a_few_words_do_not() -> None:
    assert len(fingerprints(["Ein Mann spielt laut Gitarre"])) == 1
    assert fingerprints(["Ein Mann spielt"]) == set()
