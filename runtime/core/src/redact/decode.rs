//! The ways in which an echo can be read.
//!
//! None of them fails: what is not encoded stays, or is left out. An encoding around another is
//! read by reading what was decoded again.

/// One way of reading a text.
pub(super) struct Reading(Way);

enum Way {
    /// Each of these stands for something else, where it is found.
    Escapes(fn(&[u8]) -> Option<(Decoded, usize)>),
    /// Characters by their numbers, with anything between: `[65, 98]`, `41:62`, `U+0041`.
    Numbers { radix: u32 },
    /// Digits of a few bits each: base64, base32, hexadecimal, binary.
    Digits(&'static Digits, usize),
}

/// An encoding whose digits stand for a number of bits each.
struct Digits {
    bits: usize,
    value: fn(u8) -> Option<u8>,
    /// Fewer digits in a row are no encoded run.
    fewest: usize,
    /// How many different places in a byte a digit can begin at.
    offsets: usize,
}

const DIGITS: [Digits; 4] = [
    Digits {
        bits: 6,
        value: base64,
        fewest: 4,
        offsets: 4,
    },
    Digits {
        bits: 5,
        value: base32,
        fewest: 5,
        offsets: 8,
    },
    Digits {
        bits: 4,
        value: hex,
        fewest: 4,
        offsets: 2,
    },
    Digits {
        bits: 1,
        value: binary,
        fewest: 24,
        offsets: 8,
    },
];

/// All of them.
pub(super) fn readings() -> impl Iterator<Item = Reading> {
    let digits = DIGITS
        .iter()
        .flat_map(|digits| (0..digits.offsets).map(move |offset| Way::Digits(digits, offset)));
    // Each alone, since a secret may have what another of them takes for its own.
    let escapes = [backslash, unquoted, percent, entity, quoted_printable].map(Way::Escapes);
    let numbers = [8, 10, 16].map(|radix| Way::Numbers { radix });
    escapes
        .into_iter()
        .chain(numbers)
        .chain(digits)
        .map(Reading)
}

impl Reading {
    /// What the text says when it is read so; nothing, where that adds nothing.
    pub(super) fn of(&self, text: &[u8]) -> Vec<u8> {
        match self.0 {
            Way::Escapes(decode) => replaced(text, decode),
            Way::Numbers { radix } => numbers(text, radix),
            Way::Digits(digits, offset) => digits.read(text, offset),
        }
    }
}

/// The text with what `decode` finds at the beginning of a rest in its place, with the number of
/// bytes it took; nothing if there is none.
fn replaced(text: &[u8], decode: fn(&[u8]) -> Option<(Decoded, usize)>) -> Vec<u8> {
    let mut all = Vec::new();
    let (mut copied, mut at) = (0, 0);
    while at < text.len() {
        let Some((decoded, length)) = decode(&text[at..]) else {
            at += 1;
            continue;
        };
        all.extend_from_slice(&text[copied..at]);
        match decoded {
            Decoded::Byte(byte) => all.push(byte),
            Decoded::Char(c) => all.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Decoded::Nothing => {}
        }
        at += length;
        copied = at;
    }
    if copied > 0 {
        all.extend_from_slice(&text[copied..]);
    }
    all
}

enum Decoded {
    Byte(u8),
    Char(char),
    Nothing,
}

impl Decoded {
    fn char(number: u32) -> Self {
        char::from_u32(number).map_or(Self::Nothing, Self::Char)
    }

    /// The lowest byte of the number.
    fn byte(number: u32) -> Self {
        Self::Byte(number as u8)
    }
}

/// An escape of a URL or a form.
fn percent(text: &[u8]) -> Option<(Decoded, usize)> {
    match text.first()? {
        b'%' if matches!(text.get(1), Some(b'u' | b'U')) => {
            let (number, end) = number(text, 2, 16, 4, 4)?;
            Some((Decoded::char(number), end))
        }
        b'%' => byte(text, 1),
        b'+' => Some((Decoded::Byte(b' '), 1)),
        _ => None,
    }
}

/// One mark in place of two: a quotation mark of SQL or CSV, a backslash, a sign of a template.
fn unquoted(text: &[u8]) -> Option<(Decoded, usize)> {
    let first = *text.first()?;
    let is_doubled = b"\\'\"`%${}".contains(&first) && text.get(1) == Some(&first);
    is_doubled.then_some((Decoded::Byte(first), 2))
}

/// `=41`.
fn quoted_printable(text: &[u8]) -> Option<(Decoded, usize)> {
    match text.first()? {
        b'=' => byte(text, 1),
        _ => None,
    }
}

/// Two hexadecimal digits from `start` on.
fn byte(text: &[u8], start: usize) -> Option<(Decoded, usize)> {
    let (number, end) = number(text, start, 16, 2, 2)?;
    Some((Decoded::byte(number), end))
}

/// One escape of JSON or of a programming language, however often its backslash was escaped itself.
fn backslash(text: &[u8]) -> Option<(Decoded, usize)> {
    if text.first() != Some(&b'\\') {
        return None;
    }
    let start = text.iter().take_while(|byte| **byte == b'\\').count();
    let braced = text.get(start + 1) == Some(&b'{');
    let hexadecimal = |digits: usize| match braced {
        true => number(text, start + 2, 16, 1, 6)
            .filter(|(_, end)| text.get(*end) == Some(&b'}'))
            .map(|(number, end)| (number, end + 1)),
        false => number(text, start + 1, 16, digits, digits),
    };
    let decoded = match text.get(start) {
        // `\U0001f600`; eight digits may also be two of four each, in upper case.
        Some(b'U') if hexadecimal(8).is_some_and(|(number, _)| number <= 0x10_ffff) => {
            hexadecimal(8).map(|(number, end)| (Decoded::char(number), end))
        }
        Some(b'u' | b'U') => {
            hexadecimal(4).map(|(unit, end)| match low_surrogate(text, unit, end) {
                Some((low, end)) => (
                    Decoded::char(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00)),
                    end,
                ),
                None => (Decoded::char(unit), end),
            })
        }
        Some(b'x' | b'X') => hexadecimal(2).map(|(number, end)| (Decoded::byte(number), end)),
        Some(b'0'..=b'7') => {
            number(text, start, 8, 1, 3).map(|(number, end)| (Decoded::byte(number), end))
        }
        Some(b'a' | b'b' | b'e' | b'f' | b'n' | b'r' | b't' | b'v') => {
            Some((Decoded::Byte(b' '), start + 1))
        }
        // It stands for the character behind it.
        _ => None,
    };
    Some(decoded.unwrap_or((Decoded::Nothing, start)))
}

/// The second half of a character whose first half is `unit`.
fn low_surrogate(text: &[u8], unit: u32, at: usize) -> Option<(u32, usize)> {
    if !(0xd800..0xdc00).contains(&unit) {
        return None;
    }
    let rest = text.get(at..)?;
    let slashes = rest.iter().take_while(|byte| **byte == b'\\').count();
    if slashes == 0 || !matches!(rest.get(slashes), Some(b'u' | b'U')) {
        return None;
    }
    let (low, end) = number(rest, slashes + 1, 16, 4, 4)?;
    (0xdc00..0xe000).contains(&low).then_some((low, at + end))
}

/// The names that HTML has for characters of ASCII.
const ENTITIES: &[(&str, u8)] = &[
    ("amp", b'&'),
    ("apos", b'\''),
    ("ast", b'*'),
    ("bsol", b'\\'),
    ("colon", b':'),
    ("comma", b','),
    ("commat", b'@'),
    ("diacriticalgrave", b'`'),
    ("dollar", b'$'),
    ("equals", b'='),
    ("excl", b'!'),
    ("grave", b'`'),
    ("gt", b'>'),
    ("hat", b'^'),
    ("hyphen", b'-'),
    ("lbrace", b'{'),
    ("lbrack", b'['),
    ("lcub", b'{'),
    ("lowbar", b'_'),
    ("lpar", b'('),
    ("lsqb", b'['),
    ("lt", b'<'),
    ("midast", b'*'),
    ("nbsp", b' '),
    ("num", b'#'),
    ("percnt", b'%'),
    ("period", b'.'),
    ("plus", b'+'),
    ("quest", b'?'),
    ("quot", b'"'),
    ("rbrace", b'}'),
    ("rbrack", b']'),
    ("rcub", b'}'),
    ("rpar", b')'),
    ("rsqb", b']'),
    ("semi", b';'),
    ("sol", b'/'),
    ("tilde", b'~'),
    ("underbar", b'_'),
    ("verbar", b'|'),
    ("vert", b'|'),
];

/// `&#65;`, `&#x41;` or a name.
fn entity(text: &[u8]) -> Option<(Decoded, usize)> {
    const LONGEST_NAME: usize = 16;
    if text.first() != Some(&b'&') {
        return None;
    }
    let closed = |end: usize| end + usize::from(text.get(end) == Some(&b';'));
    if text.get(1) == Some(&b'#') {
        let (number, end) = match text.get(2)? {
            b'x' | b'X' => number(text, 3, 16, 1, 8)?,
            _ => number(text, 2, 10, 1, 8)?,
        };
        return Some((Decoded::char(number), closed(end)));
    }
    let rest = &text[1..];
    let length = rest
        .iter()
        .take(LONGEST_NAME + 1)
        .position(|byte| *byte == b';')?;
    let name = &rest[..length];
    if name.is_empty() || !name.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let known = ENTITIES.iter().find(|(known, _)| known.as_bytes() == name);
    // The others are letters outside ASCII, and signs.
    let named = known.map_or(Decoded::Nothing, |(_, byte)| Decoded::Byte(*byte));
    Some((named, length + 2))
}

/// A number of `fewest` to `most` digits from `start` on, and where it ends.
fn number(
    text: &[u8],
    start: usize,
    radix: u32,
    fewest: usize,
    most: usize,
) -> Option<(u32, usize)> {
    let mut number: u32 = 0;
    let mut end = start;
    while end < start + most {
        let Some(digit) = text
            .get(end)
            .and_then(|byte| char::from(*byte).to_digit(radix))
        else {
            break;
        };
        number = number.wrapping_mul(radix).wrapping_add(digit);
        end += 1;
    }
    (end >= start + fewest).then_some((number, end))
}

/// The characters whose numbers the text gives, whatever stands between them.
fn numbers(text: &[u8], radix: u32) -> Vec<u8> {
    let mut all = Vec::new();
    for word in text.split(|byte| !byte.is_ascii_alphanumeric()) {
        let digits = match word {
            [b'0', b'x' | b'X' | b'o', digits @ ..] | [b'U' | b'u' | b'x', digits @ ..] => digits,
            word => word,
        };
        let zeros = digits.iter().take_while(|byte| **byte == b'0').count();
        match number(digits, zeros, radix, 1, 6) {
            Some((value @ 0..=0xff, end)) if end == digits.len() => all.push(value as u8),
            Some((value, end)) if end == digits.len() => {
                if let Some(c) = char::from_u32(value) {
                    all.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
            // A name around a number, as in `char(65)`.
            _ => {}
        }
    }
    all
}

/// Stands between what is not one text; no secret has it.
const BREAK: u8 = 0xff;

impl Digits {
    /// What the runs of digits in the text stand for.
    fn read(&self, text: &[u8], offset: usize) -> Vec<u8> {
        let mut all = Vec::new();
        // Blanks may stand between its groups.
        let ends = |byte: &u8| (self.value)(*byte).is_none() && !byte.is_ascii_whitespace();
        for run in text.split(ends) {
            if run.len() < self.fewest {
                continue;
            }
            let (mut bits, mut count) = (0_u32, 0);
            let digits = run.iter().filter_map(|byte| (self.value)(*byte));
            for value in digits.skip(offset) {
                bits = (bits << self.bits) | u32::from(value);
                count += self.bits;
                if count >= 8 {
                    count -= 8;
                    all.push((bits >> count) as u8);
                    bits &= (1 << count) - 1;
                }
            }
            all.push(BREAK);
        }
        texts(&all)
    }
}

/// The parts of decoded bytes that can be texts. What was no encoding to begin with decodes to
/// bytes of all values, of which little is left.
fn texts(bytes: &[u8]) -> Vec<u8> {
    const SHORTEST: usize = 3;
    let mut all = Vec::new();
    for chunk in bytes.utf8_chunks() {
        let is_break = |c: char| c.is_control() && !matches!(c, '\0' | '\t' | '\n' | '\r');
        for part in chunk.valid().split(is_break) {
            if part.len() >= SHORTEST {
                all.extend_from_slice(part.as_bytes());
                all.push(BREAK);
            }
        }
    }
    all
}

fn base64(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

fn base32(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a'),
        b'2'..=b'7' => Some(byte - b'2' + 26),
        _ => None,
    }
}

fn binary(byte: u8) -> Option<u8> {
    matches!(byte, b'0' | b'1').then(|| byte - b'0')
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}
