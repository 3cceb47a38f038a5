import shutil
import tempfile
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from benchmarks.marks import Recovery, Register
from benchmarks.rivals.asking import AGREEMENT, ATTRIBUTES, FETCHED, InProcess, listed, pieces, regular, rows_of
from benchmarks.systems import Answer

_GRAMS = 2, 3
_FUZZY = ((0, 12.0), (1, 9.0), (2, 5.0))
"""What a serial within so many errors is worth, beside agreements in attributes."""
_FITS = 11.0


class _Tantivy(InProcess):
    """An index on disk, merged into one segment, whose pages are in memory once they were read."""

    tokenizer = "raw"

    def __init__(self, registered: Register) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("serial", tokenizer_name=self.tokenizer, index_option="freq")
        builder.add_unsigned_field("weapon", fast=True)
        for name in ATTRIBUTES:
            builder.add_integer_field(name, indexed=True)
        self.schema = builder.build()
        self.folder = Path(tempfile.mkdtemp(prefix="tracemark-tantivy-"))
        index = tantivy.Index(self.schema, path=str(self.folder))
        grams = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(*_GRAMS, prefix_only=False)).build()
        index.register_tokenizer("grams", grams)
        writer = index.writer(heap_size=1_000_000_000, num_threads=1)
        for weapon, serial, *attributes in rows_of(registered):
            document = tantivy.Document()
            document.add_unsigned("weapon", int(weapon))
            document.add_text("serial", str(serial))
            for name, value in zip(ATTRIBUTES, attributes, strict=True):
                document.add_integer(name, int(value))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()

    @property
    def bytes_held(self) -> int:
        return sum(path.stat().st_size for path in self.folder.iterdir() if path.is_file())

    def answer(self, recovery: Recovery) -> Answer:
        agreed = [
            (Occur.Should, Query.const_score_query(Query.term_query(self.schema, name, value), AGREEMENT[name]))
            for name, value in zip(ATTRIBUTES, recovery.stated, strict=True)
            if value >= 0
        ]
        query = Query.boolean_query([(Occur.Must, self.near(recovery.folded)), *agreed])
        hits = self.searcher.search(query, FETCHED, count=False).hits
        found = self.searcher.fast_field_values("weapon", [address for _, address in hits])
        return listed(int(weapon) for weapon in found if weapon is not None)

    def near(self, text: str) -> Query:
        raise NotImplementedError

    def close(self) -> None:
        shutil.rmtree(self.folder)


class TantivyNgrams(_Tantivy):
    """tantivy: pieces of two and three signs, ranked by BM25 and attributes."""

    name = "tantivy_ngrams"
    tokenizer = "grams"

    def near(self, text: str) -> Query:
        grams = {
            piece[at : at + size] for piece in pieces(text) for size in _GRAMS for at in range(len(piece) - size + 1)
        }
        if not grams:
            return Query.empty_query()
        terms = [(Occur.Should, Query.term_query(self.schema, "serial", gram, "freq")) for gram in sorted(grams)]
        return Query.boolean_query(terms, minimum_number_should_match=max(1, len(grams) * 2 // 5))


class TantivyFuzzy(_Tantivy):
    """tantivy: a Levenshtein automaton of two errors, or a regular expression, or both; then attributes."""

    name = "tantivy_fuzzy_regex"

    def near(self, text: str) -> Query:
        ways = [(Query.regex_query(self.schema, "serial", regular(text)), _FITS)] if set(text) & set("?*") else []
        if "*" not in text and text.count("?") < 2:
            ways += [
                (Query.fuzzy_term_query(self.schema, "serial", text, distance=distance), worth)
                for distance, worth in _FUZZY
            ]
            ways += [(Query.regex_query(self.schema, "serial", f"{start}{regular(text)}{end}"), _FUZZY[2][1])
                     for start, end in ((".{1,3}", ""), ("", ".{1,3}"))]  # fmt: skip
        return Query.disjunction_max_query([Query.const_score_query(query, worth) for query, worth in ways])
