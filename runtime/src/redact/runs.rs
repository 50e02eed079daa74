//! The parts of a secret that no shown text may hold.
//!
//! A part is a run of [`RUN`] bytes of the secret, or all of a shorter one. It counts in either
//! case, and with anything between its letters and digits.

use zeroize::Zeroizing;

/// The bytes of a run.
const RUN: usize = 6;
/// The bytes of a run of a signature.
const SIGNATURE_RUN: usize = 16;

/// How many bits of a table each run has, and how many of them it sets: one text in a million is
/// taken for a run that is none.
const BITS_PER_RUN: usize = 128;
const BITS_SET: u32 = 4;

/// The runs of one secret.
///
/// They are kept as bits, from which nobody reads them back, and not as texts.
pub(crate) struct Runs {
    /// The bytes of a run.
    length: usize,
    bits: Zeroizing<Vec<u64>>,
    /// The whole secret in each of its forms, where it is shorter than a run.
    short: Vec<Zeroizing<Vec<u8>>>,
}

impl Runs {
    /// The runs of a secret.
    pub(crate) fn of(secret: &str) -> Self {
        let forms = forms(secret.as_bytes()).map(Zeroizing::new);
        let length = forms[0].len();
        // A few letters out of much punctuation are in every text.
        let fewest = match length {
            0..RUN => length.min(4),
            _ => RUN,
        };
        let mut runs = Self::with_room(RUN, length);
        for form in forms {
            match form.len() {
                0 => {}
                length if length < fewest => {}
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
        runs.add(&folded);
        runs
    }

    fn with_room(length: usize, bytes: usize) -> Self {
        // Each form has about as many runs as bytes; most secrets have one form.
        let words = (2 * bytes * BITS_PER_RUN / 64).next_power_of_two();
        Self {
            length,
            bits: Zeroizing::new(vec![0; words]),
            short: Vec::new(),
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
    pub(super) fn are_in(&self, text: &[u8]) -> bool {
        windows(text, self.length)
            .any(|run| places(run, self.bits.len()).all(|(word, bit)| self.bits[word] & bit != 0))
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
pub(super) fn forms(text: &[u8]) -> [Vec<u8>; 3] {
    let folded = fold(text);
    let without = |form: &[u8], is_kept: fn(&u8) -> bool| -> Vec<u8> {
        match form.iter().all(is_kept) {
            true => Vec::new(),
            false => form.iter().copied().filter(is_kept).collect(),
        }
    };
    let is_told = |byte: &u8| !byte.is_ascii_whitespace() && !byte.is_ascii_control();
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let tight = without(&folded, is_told);
    let squeezed = without(if tight.is_empty() { &folded } else { &tight }, is_word);
    [folded, tight, squeezed]
}

fn fold(text: &[u8]) -> Vec<u8> {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        // What is not UTF-8 was decoded by a guess.
        String::from_utf8_lossy(text).to_lowercase().into_bytes()
    }
}
