//! Where one token ends and the next begins.

use super::{Kind, Run, SENTENCE, Slice, Token};
use crate::vocabulary::lexicon::Word::{self, *};
use crate::vocabulary::{Meaning, is_bullet, is_han, is_media_type};

/// The tokens of a text that [`tidy`] made even.
pub(in crate::read::describe) fn tokens(text: &str) -> Vec<Token<'_>> {
    // Of the same length, so that a place in one is the place in the other.
    let small = |c: char| {
        let mut small = c.to_lowercase();
        let one = small.next().filter(|one| one.len_utf8() == c.len_utf8());
        one.filter(|_| small.next().is_none()).unwrap_or(c)
    };
    let lower: String = text.chars().map(small).collect();
    let mut cutter = Cutter {
        text,
        lower: &lower,
        blank: true,
        ..Cutter::default()
    };
    while cutter.at < text.len() {
        cutter.step();
    }
    join_listed(text, &cutter.out)
}

/// "Ebb Tide、Slack Water": words that the marks of a list in Chinese part from the next are one, as if
/// quoted.
fn join_listed<'t>(text: &'t str, tokens: &[Token<'t>]) -> Vec<Token<'t>> {
    let plain = |token: &Token<'_>| {
        matches!(token.kind, Kind::Word | Kind::Number)
            && (token.word.is_none() || token.text.starts_with(char::is_uppercase))
    };
    let mut out: Vec<Token<'t>> = Vec::with_capacity(tokens.len());
    let (mut end, mut marked) = (0, false);
    for words in tokens.chunk_by(|one, next| plain(one) && plain(next) && !next.glued) {
        end += words.len();
        let next = tokens.is_at(end, |next| next.is_mark('、'));
        marked |= next;
        let parts = |last: &Token<'_>| {
            last.is_mark('、') || marked && last.is_han() && last.is_any(&[And, Or])
        };
        let listed = next || out.last().is_some_and(parts);
        match words {
            [first, .., last] if listed && first.kind == Kind::Word => out.push(Token {
                kind: Kind::Quoted,
                text: to(from(text, first.at), last.end - first.at),
                end: last.end,
                word: None,
                ..*first
            }),
            _ => out.extend(words),
        }
    }
    out
}

/// No two words without a blank between are longer, in bytes.
const LONGEST_WORD: usize = 256;

/// No quoted values are longer, in bytes.
const LONGEST_QUOTE: usize = 120;

#[derive(Default)]
struct Cutter<'t, 'l> {
    text: &'t str,
    lower: &'l str,
    at: usize,
    depth: u8,
    bold: bool,
    blank: bool,
    /// How many lines begin with items.
    lines: usize,
    out: Vec<Token<'t>>,
}

/// A text from a place on.
fn from(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

/// A text before a place.
fn to(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or(text)
}

impl<'t, 'l> Cutter<'t, 'l> {
    fn rest(&self) -> &'t str {
        from(self.text, self.at)
    }

    /// The rest in lower case.
    fn lower(&self) -> &'l str {
        from(self.lower, self.at)
    }

    fn push(&mut self, kind: Kind, len: usize, word: Option<Word>) {
        self.out.push(Token {
            kind,
            text: to(self.rest(), len),
            at: self.at,
            end: self.at + len,
            word,
            glued: !self.blank,
            depth: self.depth,
            bold: self.bold,
        });
        self.at += len;
        self.blank = false;
    }

    fn mark(&mut self, mark: char, len: usize) {
        let item = mark == '•' && self.opens_line();
        self.push(Kind::Mark(mark), len, None);
        if let (true, Some(token)) = (item, self.out.last_mut()) {
            // How far an item is moved in tells what list it is of.
            let start = to(self.text, token.at).trim_end_matches(' ').len();
            token.text = from(to(self.text, token.end), start);
            self.lines += 1;
        }
    }

    /// At the beginning of a line, or of the text.
    fn opens_line(&self) -> bool {
        self.out.last().is_none_or(|last| last.is_mark('\n'))
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else {
            return;
        };
        if rest.starts_with("**") {
            self.bold = !self.bold;
            self.at += 2;
            return;
        }
        match c {
            ' ' => {
                self.blank = true;
                self.at += 1;
            }
            '\n' => {
                self.mark('\n', 1);
                (self.depth, self.bold, self.blank) = (0, false, true);
            }
            '"' | '\'' | '`' => self.quote(c),
            '(' if let Some(len) = sign_in_brackets(rest) => {
                self.sign(c);
                self.push(Kind::Quoted, len, None);
            }
            c if is_bullet(c) => self.mark('•', c.len_utf8()),
            '-' | '*' if self.begins_item(rest) => self.mark('•', 1),
            c if c.is_ascii_digit() && self.numbers_item(rest) => {
                let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(0) + 1;
                self.mark('•', len);
            }
            c if is_han(c) => self.han(),
            c if c.is_alphanumeric() || c == '_' || self.joins_start(rest) => self.run(),
            _ => self.sign(c),
        }
    }

    /// Whether a dash or asterisk begins a list item: at the beginning of a line, or, where the line
    /// ends were lost, with a blank before it and no single word that it would explain.
    fn begins_item(&self, rest: &str) -> bool {
        let after = from(rest, 1);
        let spaced = after.starts_with(' ');
        if self.opens_line() {
            let word = |c: char| c.is_alphabetic() || matches!(c, '"' | '`');
            return spaced || after.starts_with(word);
        }
        let stop = spaced && self.out.last().is_some_and(Token::is_end);
        let number = |c: char| c.is_ascii_digit() || c == '-';
        if self.depth > 0 || !(self.blank || stop) || after.starts_with(number) {
            return false;
        }
        // Where lines begin with items, a dash within one is none.
        if rest.starts_with('*') || self.lines > 1 && !stop {
            return rest.starts_with('*') && spaced;
        }
        let near = self.out.tail(SENTENCE);
        let line = near.after_last(|token| token.is_mark('\n'));
        let item = line.after_last(|token| token.is_mark('•'));
        // "EBB - 退潮 FLOOD - 涨潮": the dashes go on to explain.
        let chain = item.iter().any(|token| token.is_mark('-') && !token.glued);
        let opens = |token: &Token<'_>| {
            token.is_end()
                || matches!(token.kind, Kind::Mark(',' | '、'))
                || token.is_mark(':') && item.len() == line.len()
        };
        let before = line.after_last(opens);
        let kind = before.last().map(|token| token.kind);
        match head(after) {
            // "0 - 100": a range, but "- 1 - 2 - 3" is a list.
            head if kind == Some(Kind::Number) && number_next(after) => {
                head == Head::Explained || self.goes_on_with_numbers(after)
            }
            // "EBB - it falls": what the word means; "- EBB - FLOOD, …" and "Kind - EBB: it falls"
            // are lists.
            head if before.len() == 1 => kind == Some(Kind::Han) || head != Head::Other,
            _ => !(chain && kind == Some(Kind::Word)),
        }
    }

    /// Whether the number before is an item of its own and another is behind the next.
    fn goes_on_with_numbers(&self, after: &str) -> bool {
        let item = |last: usize| match self.out.tail(last) {
            [mark, number, ..] => mark.is_mark('•') && number.kind == Kind::Number,
            _ => false,
        };
        let rest = after.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
        item(2) && (item(4) || rest.strip_prefix('-').is_some_and(number_next))
    }

    /// Whether a number and a stop begin a list item: "1. EBB", "1.EBB".
    fn numbers_item(&self, rest: &str) -> bool {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let Some(item) = after.strip_prefix(['.', ')']) else {
            return false;
        };
        let opens = |last: &Token<'_>| last.is_end() || last.is_mark(':');
        let opens = self.out.last().is_none_or(opens)
            || self.blank && self.depth == 0 && after.starts_with(')');
        let word = |c: char| c.is_alphabetic() || matches!(c, '"' | '`');
        // "1.jpg" is a word, and "1.EBB" an item.
        let file = after.starts_with('.') && item.starts_with(|c: char| c.is_ascii_lowercase());
        let item = item.trim_start_matches(' ');
        opens && !file && rest.len() - after.len() <= 2 && item.starts_with(word)
    }

    /// A sign that begins a word: `/dev/vda`, `-1`.
    fn joins_start(&self, rest: &str) -> bool {
        let next = from(rest, 1).chars().next().unwrap_or(' ');
        let free = |last: &Token<'_>| {
            matches!(last.kind, Kind::Mark(_) | Kind::Han) || last.word.is_some()
        };
        let free = self.blank || self.out.last().is_none_or(free);
        rest.starts_with('-') && free && next.is_ascii_digit()
            || rest.starts_with('/') && self.blank && next.is_ascii_alphanumeric()
    }

    fn quote(&mut self, quote: char) {
        let opens = quote != '\'' || self.blank;
        let opens = opens || self.out.last().is_none_or(|last| last.kind != Kind::Word);
        let inner = from(self.rest(), 1);
        let end = inner.find([quote, '\n']).unwrap_or(inner.len());
        let text = to(inner, end);
        let closed = from(inner, end).starts_with(quote);
        if !(opens && closed) || text.len() > LONGEST_QUOTE {
            self.at += 1;
            return;
        }
        let text = text.trim();
        let word = Word::of(&text.to_lowercase()).filter(|word| *word == Null);
        self.push(Kind::Quoted, end + 2, word);
        if let Some(token) = self.out.last_mut() {
            token.text = text;
        }
    }

    fn han(&mut self) {
        let lower = self.lower();
        if let Some((len, word)) = Word::longest(lower) {
            let word = Some(word).filter(|word| *word != Plain);
            return self.push(Kind::Han, len, word);
        }
        let ends = |(at, c): &(usize, char)| {
            !is_han(*c) || *at > 0 && Word::longest(from(lower, *at)).is_some()
        };
        let end = lower.char_indices().find(ends);
        self.push(Kind::Han, end.map_or(lower.len(), |(at, _)| at), None);
    }

    fn run(&mut self) {
        let (rest, lower) = (self.rest(), self.lower());
        let length = self.sentence_end(run_length(rest));
        // "EBB:tide已退": the colon explains in Chinese what stands before it.
        let behind = from(lower, length);
        let is_clock = |run: &str| {
            let two_digits = |it: &str| it.len() == 2 && digits(it) == 2;
            run.split(':').all(two_digits)
        };
        let told = behind.starts_with(is_han) && !means(behind) && !is_clock(to(rest, length));
        let colon = to(rest, length).find(':');
        let length = colon.filter(|at| told && *at > 0).unwrap_or(length);
        let known = Word::longest(lower).or_else(|| Word::longest(to(lower, length)));
        if let Some((len, word)) = known.filter(|(len, _)| *len >= length) {
            self.end_sentence(len, word);
            return self.push(Kind::Word, len, Some(word));
        }
        let mut digits = digits(rest);
        // "[1,100]" are two numbers and no thousands.
        let ends = to(rest, digits).split_once(',');
        let closed = from(rest, digits).starts_with(']');
        let opened = self.out.ends_in_mark('[');
        if let (true, Some((first, _))) = (closed || opened, ends) {
            digits = first.len();
        }
        // "36-character ID", "64GB", "1-64", "1-64s": the dash only joins.
        let tail = from(to(lower, length), digits);
        let joined = tail.strip_prefix('-').unwrap_or(tail);
        let is_unit = |text: &str| matches!(Word::of(text), Some(Unit | Characters));
        let unit = is_unit(joined);
        let end = joined.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let range = tail.len() > joined.len()
            && !end.is_empty()
            && end
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b',')
            && (end == joined || is_unit(from(joined, end.len())));
        if digits > 0 && (digits >= length || unit || range) {
            return self.push(Kind::Number, digits, None);
        }
        self.push(Kind::Word, length, None);
    }

    /// Puts a stop where the end of a line was lost: "255 characters If this is …". A word that sentences
    /// are made of has a capital at their beginning only.
    fn end_sentence(&mut self, len: usize, word: Word) {
        let speech = [If, Filler, Itself];
        let text = to(self.rest(), len);
        let begins = len > 1 && speech.contains(&word) && text.starts_with(char::is_uppercase);
        let small = |last: &Token<'_>| match last.kind {
            // "of The Name" goes on.
            Kind::Word => {
                let joint = [Filler, For, From, To, And, Or, Is];
                last.text.chars().all(|c| c.is_ascii_lowercase()) && !last.is_any(&joint)
            }
            Kind::Mark(mark) => matches!(mark, ')' | ']'),
            _ => false,
        };
        let shown = text.chars().skip(1).all(|c| !c.is_uppercase());
        if begins && shown && self.blank && self.depth == 0 && self.out.last().is_some_and(small) {
            self.push(Kind::Mark('.'), 0, None);
            self.blank = true;
        }
    }

    /// The length of a run up to a stop that lost the blank behind it, "characters.It": a capital
    /// follows it, and the lexicon knows the word on one side.
    fn sentence_end(&self, length: usize) -> usize {
        // What is longer is no word.
        if length > LONGEST_WORD {
            return length;
        }
        let (run, lower) = (to(self.rest(), length), self.lower());
        let ends = |at: &usize| {
            to(run, *at).ends_with(char::is_lowercase)
                && from(run, at + 1).starts_with(char::is_uppercase)
                && (Word::of(to(lower, *at)).is_some()
                    || Word::longest(from(lower, at + 1)).is_some())
        };
        let mut stops = run.match_indices('.').map(|(at, _)| at);
        stops.find(ends).unwrap_or(length)
    }

    fn sign(&mut self, c: char) {
        let len = c.len_utf8();
        if let Some((len, word)) = Word::longest(self.lower()) {
            return self.push(Kind::Mark(c), len, Some(word));
        }
        let small = from(self.rest(), len).starts_with(|c: char| c.is_ascii_lowercase());
        self.depth = self.depth.saturating_sub(u8::from(matches!(c, ')' | ']')));
        let mark = match c {
            '：' => ':',
            '，' => ',',
            '；' => ';',
            '。' => '.',
            '.' if small => '·',
            c => c,
        };
        self.mark(mark, len);
        self.depth = self.depth.saturating_add(u8::from(matches!(c, '(' | '[')));
    }
}

/// How far a word goes: letters and digits, and what joins them with more of them behind it.
fn run_length(text: &str) -> usize {
    let joins = |(at, c): (usize, char)| {
        let (run, behind) = (to(text, at), from(text, at + c.len_utf8()));
        let next = behind.chars().next().unwrap_or(' ');
        match c {
            '_' => true,
            c if c.is_alphanumeric() => !is_han(c),
            '+' | '#' | '*' if at > 0 && (c != '*' || run.ends_with('/')) => true,
            ':' if next == ':' => true,
            '-' | '.' | ':' | '/' | '+' | '@' | '^' | '&' | '\'' | '%' => {
                next.is_alphanumeric() && !is_han(next) || matches!(next, '_' | '/' | '*')
            }
            // "text/csv;header=absent", "text/csv; header=absent": what goes on with a word behind its
            // slash.
            ';' => run.contains('/') && is_parameter(behind.strip_prefix(' ').unwrap_or(behind)),
            ' ' => run.ends_with(';') && is_media_type(run),
            '=' => run.contains(';'),
            _ => false,
        }
    };
    let end = text.char_indices().find(|one| !joins(*one));
    let end = end.map_or(text.len(), |(at, _)| at);
    end.max(text.chars().next().map_or(0, char::len_utf8))
}

/// The length of the one sign that brackets hold: "a semicolon (;)".
fn sign_in_brackets(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('(')?;
    let sign = inside.chars().next().filter(char::is_ascii_punctuation)?;
    from(inside, sign.len_utf8())
        .starts_with(')')
        .then_some(sign.len_utf8())
}

/// Whether a text begins with "name=value".
fn is_parameter(text: &str) -> bool {
    let name = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    name.is_some_and(|end| end > 0 && from(text, end).starts_with('='))
}

/// The length of the whole number a text begins with, groups of thousands and all.
fn digits(text: &str) -> usize {
    let count = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(text.starts_with('-'));
    let first = count(from(text, sign));
    let mut end = if first == 0 { 0 } else { sign + first };
    let group = |rest: &str| rest.starts_with(',') && count(from(rest, 1)) == 3;
    while matches!(first, 1..=3) && group(from(text, end)) {
        end += 4;
    }
    end
}

fn number_next(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// What follows the word a text begins with.
#[derive(PartialEq, Eq)]
enum Head {
    /// What explains it, behind a colon or the like.
    Explained,
    /// What is said of it in Chinese.
    Commented,
    /// The next item, or the end.
    Alone,
    Other,
}

fn head(text: &str) -> Head {
    let text = text.trim_start_matches([' ', '"', '`']);
    let rest = from(text, run_length(text)).trim_start_matches(['"', '`']);
    let next = rest.trim_start_matches([' ', '"', '`']);
    let word = text.starts_with(|c: char| c.is_alphanumeric() && !is_han(c));
    if next.is_empty()
        || next.starts_with(['\n', '*'])
        || rest.starts_with(' ') && next.starts_with('-')
    {
        Head::Alone
    } else if word && (next.starts_with([':', '：']) || means(next)) {
        Head::Explained
    } else if next.starts_with(|c: char| c == '，' || is_han(c)) && !text.starts_with(is_han) {
        Head::Commented
    } else {
        Head::Other
    }
}

/// Whether a text begins with a word for "means".
fn means(text: &str) -> bool {
    Word::longest(text).is_some_and(|(_, word)| word == Means)
}
