"""Reading level of English text: the school grade at which it is read with ease."""

import re

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d+(?:[.,]\d+)*")
SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
IRREGULAR = {
    "area": 3, "being": 2, "cancer": 2, "diary": 3, "different": 3, "doing": 2, "dialysis": 4, "evening": 2, "every": 2,
    "going": 2, "idea": 3, "science": 2, "sciences": 3, "people": 2, "sometimes": 2, "something": 2, "someone": 2,
    "somebody": 3, "whole": 1, "once": 1, "psoriasis": 4, "poem": 2, "quiet": 2, "trying": 2, "crying": 2, "pooing": 2,
    "peeing": 2, "giant": 2, "client": 2, "material": 4, "hereby": 2, "therefore": 2, "sore": 1, "create": 2,
}  # fmt: skip


def syllables(word: str) -> int:
    """Of one word; a number is read digit by digit."""
    if word[0].isdigit():
        return sum(character.isdigit() for character in word)
    if word.isupper() and len(word) > 1:
        return len(word)
    word = word.casefold().replace("’", "'")
    if word in IRREGULAR:
        return IRREGULAR[word]
    stem = re.sub(r"'(s|ll|ve|re|d|m|t)$", "", word)
    silent = re.sub(
        r"(?<=[^aeiouyl])es$|(?<=[aeiouy][^aeiouy])es$|(?<=[^aeiouydt])ed$|(?<=[^l])e$|(?<=[aeiouy]l)e$", "", stem
    )
    if re.search(r"(s|x|z|ch|sh|c|g)es$", stem):
        silent = stem
    groups = re.findall(r"[aeiouy]+", silent)
    return max(1, len(groups))


def grade(text: str) -> float:
    """Flesch-Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid et al. 1975, RBR 8-75)."""
    words = WORD.findall(text)
    sentences = max(1, len(SENTENCE_END.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
