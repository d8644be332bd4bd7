import numpy as np

from knowledge.softmax_regression import learned_weights, likelihoods
from knowledge.word_pieces import BUCKETS, word_pieces


def test_labels_told_apart_by_one_column_are_learned():
    rows = np.array([[1, 0, 1], [0.9, 0.1, 1], [0, 1, 1], [0.2, 1, 1]], np.float32)
    weights = learned_weights(rows, np.array([0, 0, 1, 1]), np.ones(4, np.float32))
    likely = likelihoods(rows, weights)
    assert list(likely.argmax(1)) == [0, 0, 1, 1]
    assert np.allclose(likely.sum(1), 1)


def test_a_row_that_counts_more_pulls_harder():
    rows = np.ones((2, 1), np.float32)
    weights = learned_weights(rows, np.array([0, 1]), np.array([9, 1], np.float32))
    assert likelihoods(rows[0], weights)[0] > 0.7


def test_pieces_of_like_words_fall_together():
    one, other, third = word_pieces("设备老是坏"), word_pieces("设备经常坏"), word_pieces("quarterly report")
    assert one.shape == (BUCKETS,)
    assert one @ other > 0.3 > one @ third
