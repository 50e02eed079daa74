//! A description cut into tokens, once for all readers.
//!
//! A token is a number, a quoted text, a word, a run of Chinese, or a mark; what the lexicon knows
//! carries its meaning. Line ends, list items and ends of sentences are marks too: readers part the
//! text at them as they need.

mod cutter;

pub(super) use self::cutter::tokens;
pub(super) use crate::slice::Slice;
use crate::vocabulary::lexicon::Word;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of letters, digits and what joins them: `ebb`, `sha2-256`, `/dev/vda`, `1.5`.
    Word,
    /// A run of Chinese.
    Han,
    /// A whole number in digits.
    Number,
    /// What stood in quotes, without them.
    Quoted,
    /// A sign. A line end is `\n`, the beginning of a list item `•`, a stop that ends a sentence `.`.
    Mark(char),
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    /// Where it begins in the text.
    pub(super) at: usize,
    /// Where it ends, closing quote and all.
    pub(super) end: usize,
    /// What it means, when the lexicon knows.
    pub(super) word: Option<Word>,
    /// No blank before it.
    pub(super) glued: bool,
    /// How many brackets it stands in.
    pub(super) depth: u8,
    /// It is set off by asterisks.
    pub(super) bold: bool,
}

impl Token<'_> {
    /// Whether it means this; "set to" means "is", and more.
    pub(super) fn is(&self, word: Word) -> bool {
        self.word == Some(word) || word == Word::Is && self.word == Some(Word::Set)
    }

    pub(super) fn is_any(&self, words: &[Word]) -> bool {
        words.iter().any(|word| self.is(*word))
    }

    /// The token without what it means: between Chinese a Western word is no part of the sentence.
    pub(super) fn plain(self) -> Self {
        Self { word: None, ..self }
    }

    /// Han text is in characters of its own; a Western word in it is no part of the sentence.
    pub(super) fn is_han(&self) -> bool {
        self.kind == Kind::Han
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub(super) fn is_any_mark(&self, marks: &[char]) -> bool {
        marks.iter().any(|mark| self.is_mark(*mark))
    }

    /// The end of a sentence, a line or an item.
    pub(super) fn is_end(&self) -> bool {
        matches!(self.kind, Kind::Mark('\n' | '•' | '.' | ';' | '!' | '?'))
    }

    /// The end of a clause.
    pub(super) fn parts_clauses(&self) -> bool {
        self.is_end() || matches!(self.kind, Kind::Mark(',' | ':' | '('))
    }
}

/// What readers ask of a run of tokens.
pub(super) trait Run<'t>: Slice<Token<'t>> {
    /// Whether one of these words is among them.
    fn has(&self, words: &[Word]) -> bool {
        self.is_at(self.lead(|token| !token.is_any(words)), |_| true)
    }

    /// Whether one of these marks is among them.
    fn has_mark(&self, marks: &[char]) -> bool {
        let mut all = self.from(0).iter();
        all.any(|token| token.is_any_mark(marks))
    }

    /// Whether the last of them is one of these words.
    fn ends_in(&self, words: &[Word]) -> bool {
        let last = self.from(0).last();
        last.is_some_and(|last| last.is_any(words))
    }

    /// Whether the last of them is this mark.
    fn ends_in_mark(&self, mark: char) -> bool {
        let last = self.from(0).last();
        last.is_some_and(|last| last.is_mark(mark))
    }

    /// Whether there is one of these words at a place.
    fn word_at(&self, at: usize, words: &[Word]) -> bool {
        self.is_at(at, |token| token.is_any(words))
    }

    /// Whether there is one of these marks at a place.
    fn mark_at(&self, at: usize, marks: &[char]) -> bool {
        self.is_at(at, |token| token.is_any_mark(marks))
    }

    /// The last of them.
    fn tail(&self, most: usize) -> &[Token<'t>] {
        let all = self.from(0);
        all.from(all.len().saturating_sub(most))
    }

    /// They without those at their beginning that are so.
    fn trim_start(&self, is: impl Fn(&Token<'t>) -> bool) -> &[Token<'t>] {
        self.from(self.lead(is))
    }

    /// They without those at their end that are so.
    fn trim_end(&self, is: impl Fn(&Token<'t>) -> bool) -> &[Token<'t>] {
        self.to(self.behind_last(|token| !is(token)))
    }

    /// What stands behind the last that is so; all of them when there is none.
    fn after_last(&self, is: impl Fn(&Token<'t>) -> bool) -> &[Token<'t>] {
        self.from(self.behind_last(is))
    }

    /// What of the sentence stands before a place.
    fn sentence_to(&self, at: usize) -> &[Token<'t>] {
        self.to(at).tail(SENTENCE).after_last(Token::is_end)
    }

    /// The clause they end with.
    fn clause(&self) -> &[Token<'t>] {
        self.after_last(Token::parts_clauses)
    }

    /// The place of the bracket that closes the one they begin with.
    fn close(&self) -> Option<usize> {
        let closes = |token: &Token<'t>, open: &Token<'t>| {
            token.depth == open.depth && token.is_any_mark(&[')', ']'])
        };
        let (open, rest) = self.from(0).split_first()?;
        let at = rest.lead(|token| !closes(token, open));
        (at < rest.len()).then_some(at + 1)
    }
}

impl<'t> Run<'t> for [Token<'t>] {}

/// A text made even: half-width, one kind of dash and of quotes, no escapes.
pub(super) fn tidy(text: &str) -> String {
    let text = text.replace("<br/>", "\n").replace("<br>", "\n");
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            '–' | '—' | '−' | '‐' | '‑' => '-',
            '～' | '∼' | '〜' | '˜' => '~',
            '【' | '〔' => '[',
            '】' | '〕' => ']',
            '「' | '」' | '『' | '』' | '«' | '»' => '"',
            '\u{200b}' | '\u{feff}' => continue,
            '、' | '：' | '，' | '；' => c,
            '\t' | '\r' => ' ',
            c => crate::vocabulary::half_width(c),
        };
        if c == '"' && out.ends_with('\\') {
            out.pop();
        }
        out.push(c);
    }
    out
}

/// The most tokens of a sentence; what is farther away than that is looked at as if of another.
pub(super) const SENTENCE: usize = 160;

/// Sentences: runs of tokens between ends.
pub(super) fn sentences<'a, 't>(tokens: &'a [Token<'t>]) -> impl Iterator<Item = &'a [Token<'t>]> {
    tokens
        .split(Token::is_end)
        .flat_map(|sentence| sentence.chunks(SENTENCE))
}
