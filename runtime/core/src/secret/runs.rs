//! The parts of a secret that no shown text may hold.
//!
//! A part is a run of [`RUN`] bytes of the secret, or all of a shorter one. It counts in either
//! case, and with anything between its letters and digits.

use zeroize::Zeroizing;

/// The bytes of a run.
const RUN: usize = 6;
/// The bytes of a run of a signature.
const SIGNATURE_RUN: usize = 16;

/// How many bits of a table each run has, and how many of them it sets: of a hundred million runs
/// that are none, about one is taken for one.
const BITS_PER_RUN: usize = 256;
const BITS_SET: u32 = 6;

/// The longest secret that is looked for, in bytes; with a longer one in the request, nothing of
/// the response is shown.
const LONGEST: usize = 64 * 1024;
/// The fewest letters and digits of a secret that count without the punctuation around them.
const FEWEST: usize = 4;

/// The runs of one secret.
///
/// They are kept as bits, from which nobody reads them back, and not as texts.
pub(crate) struct Runs {
    /// The bytes of a run.
    length: usize,
    bits: Zeroizing<Vec<u64>>,
    /// The whole secret in each of its forms, where that is shorter than a run.
    short: Vec<Zeroizing<Vec<u8>>>,
    is_too_long: bool,
}

impl Runs {
    /// The runs of a secret.
    pub(crate) fn of(secret: &str) -> Self {
        if secret.len() > LONGEST {
            return Self {
                is_too_long: true,
                ..Self::with_room(RUN, 0)
            };
        }
        let forms = forms(secret.as_bytes()).map(Zeroizing::new);
        let length = forms[0].len();
        let mut runs = Self::with_room(RUN, length);
        for form in forms {
            match form.len() {
                0 => {}
                // A letter or two out of much punctuation are in every text.
                1..FEWEST if form.len() < length => {}
                1..RUN => runs.short.push(form),
                _ => runs.add(&form),
            }
        }
        runs
    }

    /// The runs of a signature: hexadecimal digits, like request ids and many other identifiers,
    /// so that only a longer part of it counts as one. It is good for one request alone.
    pub(crate) fn of_signature(signature: &str) -> Self {
        let folded = fold(signature.as_bytes());
        let mut runs = Self::with_room(SIGNATURE_RUN, folded.len());
        runs.add(folded.as_bytes());
        runs
    }

    fn with_room(length: usize, bytes: usize) -> Self {
        // Each form has about as many runs as bytes; most secrets have one form.
        let words = (2 * bytes * BITS_PER_RUN / 64).next_power_of_two();
        Self {
            length,
            bits: Zeroizing::new(vec![0; words]),
            short: Vec::new(),
            is_too_long: false,
        }
    }

    fn add(&mut self, form: &[u8]) {
        let same = |run: u128| {
            let last = run & 0xff;
            (0..self.length).all(|at| (run >> (8 * at)) & 0xff == last)
        };
        // One letter over and over says nothing, and is in many texts; but it may be all there is.
        let told: Vec<u128> = windows(form, self.length)
            .filter(|run| !same(*run))
            .collect();
        let all = if told.is_empty() {
            windows(form, self.length).collect()
        } else {
            told
        };
        for run in all {
            for (word, bit) in places(run, self.bits.len()) {
                self.bits[word] |= bit;
            }
        }
    }

    /// Whether one of them is in a text in one of its [forms].
    pub(crate) fn are_in(&self, text: &[u8]) -> bool {
        self.is_too_long
            || windows(text, self.length).any(|run| {
                places(run, self.bits.len()).all(|(word, bit)| self.bits[word] & bit != 0)
            })
            || self
                .short
                .iter()
                .any(|short| text.windows(short.len()).any(|part| part == &***short))
    }
}

/// Every run of this many bytes, at most 16, as the number that its bytes are.
fn windows(text: &[u8], length: usize) -> impl Iterator<Item = u128> {
    let mask = u128::MAX >> (128 - 8 * length);
    let mut last = 0;
    text.iter()
        .map(move |byte| {
            last = ((last << 8) | u128::from(*byte)) & mask;
            last
        })
        .skip(length - 1)
}

/// The bits that a run sets, in a table of so many words, a power of two.
fn places(run: u128, words: usize) -> impl Iterator<Item = (usize, u64)> {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = ((run as u64) ^ ((run >> 64) as u64).rotate_left(32)).wrapping_mul(ODD);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(ODD);
    // A start and a step that is odd visit as many places as are asked for.
    let (start, step) = (mixed, (mixed >> 32) | 1);
    (0..BITS_SET).map(move |count| {
        let place = (start >> 8).wrapping_add(step.wrapping_mul(u64::from(count)));
        ((place >> 6) as usize & (words - 1), 1 << (place & 63))
    })
}

/// A text as it is searched: in lower case; without blanks; and its letters and digits alone, of
/// all scripts. A form that is the one before it is empty.
pub(crate) fn forms(text: &[u8]) -> [Vec<u8>; 3] {
    let folded = fold(text);
    let without = |form: &str, is_kept: fn(char) -> bool| -> String {
        match form.chars().all(is_kept) {
            true => String::new(),
            false => form.chars().filter(|c| is_kept(*c)).collect(),
        }
    };
    let tight = without(&folded, |c| !c.is_whitespace() && !c.is_control());
    let squeezed = without(if tight.is_empty() { &folded } else { &tight }, |c| {
        c.is_alphanumeric() || c == BREAK
    });
    [folded, tight, squeezed].map(String::into_bytes)
}

/// Stands for what is no UTF-8.
const BREAK: char = char::REPLACEMENT_CHARACTER;

/// In lower case, and ASCII's characters of full width as those that they are. What a text has of
/// [`BREAK`] itself is a mark like any other.
fn fold(text: &[u8]) -> String {
    if text.is_ascii() {
        return String::from_utf8_lossy(text).to_ascii_lowercase();
    }
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        BREAK => ' ',
        c => c,
    };
    let mut folded = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        let valid = chunk.valid().chars().map(narrow);
        folded.extend(valid.flat_map(char::to_lowercase));
        folded.extend((!chunk.invalid().is_empty()).then_some(BREAK));
    }
    folded
}

/// A form from its end to its beginning.
pub(crate) fn backwards(form: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(form);
    text.chars().rev().collect::<String>().into_bytes()
}
