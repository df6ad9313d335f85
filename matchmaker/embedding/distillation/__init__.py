"""Teaching the shipped encoder: an English teacher, pairs of texts, a student of both languages.

`distil` does it all; `held_out_pairs` is the part of the pairs that is never taught. Importing
this package needs what training needs (the extra `distil`); using a model does not.
"""

from matchmaker.embedding.distillation.distilling import distil
from matchmaker.embedding.distillation.pairs import held_out_pairs
from matchmaker.embedding.distillation.recipe import RECIPE, Recipe, Stage, read_recipe

__all__ = ["RECIPE", "Recipe", "Stage", "distil", "held_out_pairs", "read_recipe"]
