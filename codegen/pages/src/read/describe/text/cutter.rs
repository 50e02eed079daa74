//! Where one token ends and the next begins.

use super::{Kind, Token};
use crate::vocabulary::lexicon::{Word, is_han, longest};

/// The tokens of a text that [`tidy`] made even.
pub(in crate::read::describe) fn tokens(text: &str) -> Vec<Token<'_>> {
    let lower: String = text
        .chars()
        .map(|c| {
            let mut small = c.to_lowercase();
            let first = small.next().unwrap_or(c);
            if small.next().is_none() && first.len_utf8() == c.len_utf8() {
                first
            } else {
                c
            }
        })
        .collect();
    let mut cutter = Cutter {
        text,
        lower: &lower,
        at: 0,
        depth: 0,
        bold: false,
        blank: true,
        lines: 0,
        out: Vec::new(),
    };
    while cutter.at < text.len() {
        cutter.step();
    }
    cutter.out
}

/// No two words without a blank between are longer, in bytes.
const LONGEST_WORD: usize = 256;

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

impl<'t> Cutter<'t, '_> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn push(&mut self, kind: Kind, len: usize, inner: &'t str, word: Option<Word>) {
        self.out.push(Token {
            kind,
            text: inner,
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
        // How far an item is moved in tells what list it is of.
        let before = self.text.get(..self.at).unwrap_or("");
        let start = match item {
            true => before.trim_end_matches(' ').len(),
            false => self.at,
        };
        let text = self.text.get(start..self.at + len).unwrap_or("");
        self.lines += usize::from(item);
        self.push(Kind::Mark(mark), len, text, None);
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
            '•' | '·' | '●' | '▪' | '‣' => self.mark('•', c.len_utf8()),
            '-' | '*' if self.begins_item(rest) => self.mark('•', 1),
            '#' if (self.blank || self.opens_line()) && rest.starts_with("# ") => self.mark('•', 1),
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
        let after = rest.get(1..).unwrap_or("");
        if self.opens_line() {
            return after.starts_with([' ', '"', '`'])
                || after.starts_with(|c: char| c.is_alphabetic());
        }
        let stop = self.out.last().is_some_and(Token::is_end) && after.starts_with(' ');
        if self.depth > 0
            || !(self.blank || stop)
            || after.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        {
            return false;
        }
        if rest.starts_with('*') {
            return after.starts_with(' ');
        }
        let line = self
            .out
            .iter()
            .rev()
            .take_while(|token| !token.is_mark('\n'));
        let listed = line.clone().any(|token| token.is_mark('•'));
        // Where lines begin with items, a dash within one is none.
        if !stop && self.lines > 1 {
            return false;
        }
        // "EBB - 退潮 FLOOD - 涨潮": the dashes go on to explain.
        let chain = line
            .clone()
            .take_while(|token| !token.is_mark('•'))
            .any(|token| token.is_mark('-') && !token.glued);
        let opens = |token: &Token<'_>| {
            token.is_end()
                || matches!(token.kind, Kind::Mark(',' | '、'))
                || token.is_mark(':') && !listed
        };
        let mut before = self.out.iter().rev().take_while(|token| !opens(token));
        let (one, more) = (before.next(), before.next());
        match (one, more) {
            // "0 - 100": a range, but "- 1 - 2 - 3" is a list.
            (Some(one), _) if one.kind == Kind::Number && number_next(after) => {
                headed(after) || self.goes_on_with_numbers(after)
            }
            // "EBB - it falls": what the word means; "Kind - EBB: it falls" begins a list.
            (Some(one), Some(_)) if chain && one.kind == Kind::Word => false,
            // "- EBB - FLOOD, …": one kind of dash for all items.
            (Some(_), None) if rest.starts_with('-') && commented(after) => true,
            (Some(one), None) => one.kind == Kind::Han || headed(after) || alone(after),
            _ => true,
        }
    }

    /// Whether the number before is an item of its own and another is behind the next.
    fn goes_on_with_numbers(&self, after: &str) -> bool {
        let item = |last: usize| {
            let at = self.out.len().checked_sub(last);
            let pair = at.and_then(|at| self.out.get(at..at + 2));
            matches!(pair, Some([mark, number]) if mark.is_mark('•') && number.kind == Kind::Number)
        };
        let rest = after
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_digit());
        let more = rest.trim_start().strip_prefix('-').is_some_and(number_next);
        item(2) && (more || item(4))
    }

    /// Whether a number and a stop begin a list item: "1. EBB", "1.EBB".
    fn numbers_item(&self, rest: &str) -> bool {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = rest.get(digits..).unwrap_or("");
        let boundary = self
            .out
            .last()
            .is_none_or(|last| last.is_end() || last.is_mark(':'));
        let boundary = boundary || self.blank && self.depth == 0 && after.starts_with(')');
        boundary
            && digits <= 2
            && after.strip_prefix(['.', ')']).is_some_and(|after| {
                let next = after.trim_start_matches(' ');
                next.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '`'))
            })
    }

    /// A sign that begins a word: `/dev/vda`, `-1`.
    fn joins_start(&self, rest: &str) -> bool {
        let mut chars = rest.chars();
        let (sign, next) = (chars.next(), chars.next());
        let free = self.blank
            || self.out.last().is_none_or(|last| {
                matches!(last.kind, Kind::Mark(_) | Kind::Han) || last.word.is_some()
            });
        match sign {
            Some('-') => free && next.is_some_and(|c| c.is_ascii_digit()),
            Some('/') => self.blank && next.is_some_and(|c| c.is_ascii_alphanumeric()),
            _ => false,
        }
    }

    fn quote(&mut self, quote: char) {
        let rest = self.rest();
        let inner = rest.get(1..).unwrap_or("");
        let opens = quote != '\''
            || self.blank
            || !self.out.last().is_some_and(|last| last.kind == Kind::Word);
        let close = inner.find([quote, '\n']).filter(|end| {
            opens
                && *end <= 120
                && inner
                    .get(*end..)
                    .is_some_and(|rest| rest.starts_with(quote))
        });
        match close {
            Some(end)
                if inner
                    .get(..end)
                    .is_some_and(|inner| inner.chars().count() <= 64) =>
            {
                let text = inner.get(..end).unwrap_or("").trim();
                let word = longest(&text.to_lowercase())
                    .filter(|(len, word)| *len == text.len() && *word == Word::Null);
                self.push(Kind::Quoted, end + 2, text, word.map(|(_, word)| word));
            }
            _ => self.at += 1,
        }
    }

    fn han(&mut self) {
        if let Some((len, word)) = longest(self.lower.get(self.at..).unwrap_or("")) {
            let text = self.text.get(self.at..self.at + len).unwrap_or("");
            self.push(
                Kind::Han,
                len,
                text,
                Some(word).filter(|word| *word != Word::Plain),
            );
            return;
        }
        let from = self.at;
        let mut end = from;
        for (at, c) in self.rest().char_indices() {
            let known = || longest(self.lower.get(from + at..).unwrap_or(""));
            if !is_han(c) || at > 0 && known().is_some() {
                break;
            }
            end = from + at + c.len_utf8();
        }
        let text = self.text.get(from..end).unwrap_or("");
        self.push(Kind::Han, end - from, text, None);
    }

    fn run(&mut self) {
        let rest = self.rest();
        let length = self.sentence_end(run_length(rest));
        // "EBB:tide已退": the colon explains in Chinese what stands before it.
        let behind = self.lower.get(self.at + length..).unwrap_or("");
        let told = behind.starts_with(is_han)
            && longest(behind).is_none_or(|(_, word)| word != Word::Means);
        let colon = rest.get(..length).and_then(|run| run.find(':'));
        let length = colon.filter(|at| told && *at > 0).unwrap_or(length);
        let lower = self.lower.get(self.at..).unwrap_or("");
        let alone = || longest(lower.get(..length)?);
        if let Some((len, word)) = longest(lower).or_else(alone)
            && len >= length
        {
            return self.known(len, word);
        }
        let run = rest.get(..length).unwrap_or(rest);
        let digits = digits(rest);
        if digits > 0 {
            // "36-character ID": the dash only joins.
            let tail = run.get(digits..).unwrap_or("");
            let tail = tail.strip_prefix('-').unwrap_or(tail);
            let unit = longest(&tail.to_lowercase()).filter(|(len, word)| {
                *len == tail.len() && matches!(word, Word::Unit | Word::Characters)
            });
            let range = run.get(digits..).unwrap_or("").starts_with('-')
                && tail
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b',')
                && !tail.is_empty();
            if digits >= run.len() || unit.is_some() || range {
                let text = rest.get(..digits).unwrap_or(rest);
                return self.push(Kind::Number, digits, text, None);
            }
        }
        self.push(Kind::Word, run.len(), run, None);
    }

    /// The length of a run up to a stop that lost the blank behind it, "characters.It": a capital
    /// follows it, and the lexicon knows the word on one side.
    fn sentence_end(&self, length: usize) -> usize {
        let run = self.rest().get(..length).unwrap_or("");
        let lower = self.lower.get(self.at..).unwrap_or("");
        // What is longer is no word.
        if length > LONGEST_WORD {
            return length;
        }
        let whole = |at: usize| {
            let word = lower.get(..at).unwrap_or("");
            longest(word).is_some_and(|(len, _)| len == at)
        };
        let ends = |at: &usize| {
            let next = run.get(at + 1..).unwrap_or("");
            let known = || longest(lower.get(at + 1..).unwrap_or("")).is_some();
            let small = run
                .get(..*at)
                .is_some_and(|word| word.ends_with(char::is_lowercase));
            small && next.starts_with(char::is_uppercase) && (whole(*at) || known())
        };
        let mut stops = run.match_indices('.').map(|(at, _)| at);
        stops.find(ends).unwrap_or(length)
    }

    fn known(&mut self, len: usize, word: Word) {
        let text = self.rest().get(..len).unwrap_or("");
        self.push(Kind::Word, len, text, Some(word));
    }

    fn sign(&mut self, c: char) {
        let len = c.len_utf8();
        let next = self.rest().get(len..).unwrap_or("");
        if let Some((len, word)) = longest(self.lower.get(self.at..).unwrap_or("")) {
            let text = self.text.get(self.at..self.at + len).unwrap_or("");
            self.push(Kind::Mark(c), len, text, Some(word));
            return;
        }
        match c {
            '(' | '[' => {
                self.mark(c, len);
                self.depth = self.depth.saturating_add(1);
            }
            ')' | ']' => {
                self.depth = self.depth.saturating_sub(1);
                self.mark(c, len);
            }
            '：' => self.mark(':', len),
            '，' => self.mark(',', len),
            '；' => self.mark(';', len),
            '。' => self.mark('.', len),
            '.' if next.starts_with(|c: char| c.is_ascii_lowercase()) => self.mark('·', len),
            _ => self.mark(c, len),
        }
    }
}

/// How far a word goes: letters and digits, and what joins them with more of them behind it.
fn run_length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let letter = (c.is_alphanumeric() || c == '_') && !is_han(c);
        let next = chars.peek().map(|(_, next)| *next);
        let joins = matches!(
            c,
            '-' | '.' | ':' | '/' | '+' | '@' | '#' | '^' | '&' | '\'' | '%'
        ) && next.is_some_and(|next| {
            (next.is_alphanumeric() || matches!(next, '_' | '/' | '*') || c == ':' && next == ':')
                && !is_han(next)
        });
        // "text/csv;header=absent": what goes on with a word behind its slash.
        let run = text.get(..at).unwrap_or("");
        let parameter = match c {
            ';' => run.contains('/') && is_parameter(text.get(at + 1..).unwrap_or("")),
            '=' => run.contains(';'),
            _ => false,
        };
        let joins = joins || parameter;
        let ends = matches!(c, '+' | '*')
            && at > 0
            && text
                .get(..at)
                .is_some_and(|run| run.ends_with('/') || c == '+');
        if !(letter || joins || ends) {
            break;
        }
        end = at + c.len_utf8();
    }
    end.max(text.chars().next().map_or(0, char::len_utf8))
}

/// Whether a text begins with "name=value".
fn is_parameter(text: &str) -> bool {
    let name = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    name.is_some_and(|end| end > 0 && text.get(end..).unwrap_or("").starts_with('='))
}

/// The length of the whole number a text begins with, groups of thousands and all.
fn digits(text: &str) -> usize {
    let count = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(text.starts_with('-'));
    let first = count(text.get(sign..).unwrap_or(""));
    if first == 0 {
        return 0;
    }
    let mut end = sign + first;
    while first <= 3
        && text
            .get(end..)
            .is_some_and(|rest| rest.starts_with(',') && count(rest.get(1..).unwrap_or("")) == 3)
    {
        end += 4;
    }
    end
}

fn number_next(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a text begins with a word that a colon explains.
fn headed(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '"', '`']);
    let end = run_length(text);
    text.starts_with(|c: char| c.is_alphanumeric() && !is_han(c))
        && text.get(end..).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['"', '`', ' ']);
            rest.starts_with([':', '：'])
                || longest(rest).is_some_and(|(_, word)| word == Word::Means)
        })
}

/// Whether a text begins with a word that a comma or a blank parts from what is said of it in Chinese.
fn commented(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '"', '`']);
    let rest = text.get(run_length(text)..).unwrap_or("");
    let rest = rest.trim_start_matches(['"', '`', ' ']);
    !text.starts_with(is_han) && (rest.starts_with('，') || rest.starts_with(is_han))
}

/// Whether a text begins with a word that nothing explains before the next item or the end.
fn alone(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '"', '`']);
    let end = run_length(text);
    let rest = text.get(end..).unwrap_or("").trim_start_matches(['"', '`']);
    let next = rest.trim_start_matches(' ');
    next.is_empty()
        || next.starts_with(['\n', '*'])
        || rest.len() > next.len() && next.starts_with('-')
}
