"""What search looks in: rebuilt with what it is made of. Tables of ``models``, which brings them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from apps.articles.models import Article


class ClaimWords(models.Model):
    """The words of a claim as search finds them: its own "A", its speaker's "B", its places' "C".

    A table of its own: the words are never loaded with the claim. What a search counts and
    groups by stands beside them, because claims are wide and a common word finds very many.
    *is_whole* when the claim is no part of another one.
    """

    claim = models.OneToOneField(
        "claims.Claim", on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    sentence_id = models.BigIntegerField()
    is_whole = models.BooleanField()
    is_quote = models.BooleanField()
    speaker = models.TextField(blank=True, default="")
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="claim_words")]

    def __str__(self) -> str:
        return f"words of claim {self.claim_id}"


class ArticleWords(models.Model):
    """The words of an article as search finds them: its title "A", its story text "B".

    What was set aside is not in it: a teaser for another story is not what it says.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="article_words")]

    def __str__(self) -> str:
        return f"words of article {self.article_id}"


class KnownWord(models.Model):
    """A word some article uses or used, with its runs of three letters: to find what a
    misspelt one was meant to be. Without case and accents."""

    word = models.TextField(primary_key=True)
    trigrams = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(fields=["trigrams"], name="known_word_trigrams")]

    def __str__(self) -> str:
        return self.word
