//! Making passwords that fulfil a policy.

use zeroize::{Zeroize, Zeroizing};

use super::{CharacterClass, PasswordPolicy};
use crate::secret::Password;

/// The length of a generated password where the policy allows it. Over letters
/// and digits alone, 24 characters are 142 bits.
const LENGTH: usize = 24;
/// How many random texts are tried. Of the strictest policies (four classes in
/// four characters, one special character) one text in a hundred passes, so
/// that running out of tries means that the forbidden words leave nothing.
const TRIES: usize = 10_000;

/// Why no password could be generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// The policy's shortest length is above its longest.
    #[error("no password fulfils the policy: at least {min} and at most {max} characters")]
    Length {
        /// The least number of characters.
        min: usize,
        /// The largest number of characters.
        max: usize,
    },
    /// The policy asks for more kinds of characters than there are, or than a
    /// password of the longest length can hold.
    #[error(
        "no password fulfils the policy: it asks for {wanted} kinds of characters, \
         and {possible} are possible"
    )]
    Classes {
        /// How many kinds must occur.
        wanted: u8,
        /// How many can.
        possible: u8,
    },
    /// The forbidden words leave no password, or next to none.
    #[error("no password fulfils the policy: all that were tried are forbidden words")]
    Forbidden,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes: {0}")]
    Randomness(getrandom::Error),
}

impl Password {
    /// Makes a password that fulfils `policy`, from the randomness of the
    /// operating system.
    ///
    /// It has 24 characters, or as near to that as the policy allows. Each
    /// fulfilling password of that length is as likely as any other: texts are
    /// drawn evenly over all allowed characters, and one that breaks the policy
    /// is thrown away as a whole.
    ///
    /// ```
    /// use openapi_client_runtime::{Password, PasswordPolicy};
    ///
    /// const POLICY: PasswordPolicy = PasswordPolicy::new(8, 32).min_classes(3).specials("~!@#");
    ///
    /// let password = Password::generate(&POLICY)?;
    /// assert!(POLICY.check(&password).is_ok());
    /// # Ok::<(), openapi_client_runtime::password::GenerateError>(())
    /// ```
    ///
    /// # Errors
    /// [`GenerateError`] says what in the policy cannot be fulfilled, or that
    /// there is no randomness.
    pub fn generate(policy: &PasswordPolicy) -> Result<Self, GenerateError> {
        generate(policy, &mut getrandom::fill)
    }
}

/// Where random bytes come from.
type Source<'a> = &'a mut dyn FnMut(&mut [u8]) -> Result<(), getrandom::Error>;

fn generate(policy: &PasswordPolicy, source: Source<'_>) -> Result<Password, GenerateError> {
    let alphabet = policy.alphabet();
    policy.check_fulfillable(&alphabet)?;
    let length = LENGTH.clamp(policy.min, policy.max);
    let mut random = Random::new(source);
    for _ in 0..TRIES {
        let mut text = String::with_capacity(length * 4);
        for _ in 0..length {
            text.push(alphabet[random.below(alphabet.len())?]);
        }
        // Takes the text over and wipes it, as it wipes itself if it is refused.
        let password = Password::new(text);
        if policy.check(&password).is_ok() {
            return Ok(password);
        }
    }
    Err(GenerateError::Forbidden)
}

impl PasswordPolicy {
    /// Every allowed character, once.
    fn alphabet(&self) -> Vec<char> {
        let listed = self.specials.unwrap_or_default().chars();
        let mut alphabet: Vec<char> = ('!'..='~').chain(listed).collect();
        alphabet.retain(|c| self.allowed(*c));
        alphabet.sort_unstable();
        alphabet.dedup();
        alphabet
    }

    /// Whether the rules of length and classes can be met together.
    fn check_fulfillable(&self, alphabet: &[char]) -> Result<(), GenerateError> {
        if self.min > self.max {
            return Err(GenerateError::Length {
                min: self.min,
                max: self.max,
            });
        }
        let possible = self.most_classes(alphabet);
        if possible < usize::from(self.min_classes) {
            return Err(GenerateError::Classes {
                wanted: self.min_classes,
                // Less than the `u8` that is wanted.
                possible: u8::try_from(possible).unwrap_or(u8::MAX),
            });
        }
        Ok(())
    }

    /// The largest number of classes that a text of the longest length has.
    ///
    /// A character can belong to several: a letter in lower case is a letter,
    /// too. So it is not the number of characters that counts, but which sets
    /// of classes they make together, as bits of [`CharacterClass`].
    fn most_classes(&self, alphabet: &[char]) -> usize {
        let bit = |class: CharacterClass| 1usize << class as usize;
        let all = [
            CharacterClass::Lower,
            CharacterClass::Upper,
            CharacterClass::Letter,
            CharacterClass::Digit,
            CharacterClass::Special,
        ];
        let of_character = |c: char| -> usize {
            let belongs = all.iter().filter(|class| self.belongs(c, **class));
            belongs.map(|class| bit(*class)).sum()
        };
        let mut kinds: Vec<usize> = alphabet.iter().map(|c| of_character(*c)).collect();
        kinds.sort_unstable();
        kinds.dedup();

        let mut reachable = [false; 1 << 5];
        reachable[0] = true;
        for _ in 0..self.max.min(all.len()) {
            let before = reachable;
            for (set, _) in before.iter().enumerate().filter(|(_, reached)| **reached) {
                for kind in &kinds {
                    reachable[set | kind] = true;
                }
            }
        }
        let counted = |set: usize| {
            let present = self.classes.iter().filter(|class| set & bit(**class) != 0);
            present.count()
        };
        (0..reachable.len())
            .filter(|set| reachable[*set])
            .map(counted)
            .max()
            .unwrap_or(0)
    }
}

/// Random numbers from random bytes, which are wiped after use.
struct Random<'a> {
    source: Source<'a>,
    bytes: Zeroizing<[u8; 128]>,
    used: usize,
}

impl<'a> Random<'a> {
    fn new(source: Source<'a>) -> Self {
        let bytes = Zeroizing::new([0; 128]);
        let used = bytes.len();
        Self {
            source,
            bytes,
            used,
        }
    }

    fn next(&mut self) -> Result<u32, GenerateError> {
        let mut four = [0; 4];
        if self.used + four.len() > self.bytes.len() {
            (self.source)(&mut *self.bytes).map_err(GenerateError::Randomness)?;
            self.used = 0;
        }
        let taken = &mut self.bytes[self.used..self.used + four.len()];
        four.copy_from_slice(taken);
        taken.zeroize();
        self.used += four.len();
        Ok(u32::from_le_bytes(four))
    }

    /// A number below `bound`, each as likely as the others: numbers from the
    /// last, incomplete run of `bound` numbers are drawn again.
    fn below(&mut self, bound: usize) -> Result<usize, GenerateError> {
        let bound = u32::try_from(bound).unwrap_or(u32::MAX).max(1);
        let incomplete = (u32::MAX % bound + 1) % bound;
        loop {
            let number = self.next()?;
            if number <= u32::MAX - incomplete {
                // A u32 fits every usize this crate is built for.
                return Ok((number % bound) as usize);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_incomplete_run_are_drawn_again() {
        let numbers = [u32::MAX, u32::MAX - 1, 7];
        let mut left = numbers.into_iter();
        let mut source = |bytes: &mut [u8]| {
            for four in bytes.chunks_exact_mut(4) {
                four.copy_from_slice(&left.next().unwrap_or(0).to_le_bytes());
            }
            Ok(())
        };
        // 2^32 - 4 is the largest multiple of 6 below 2^32.
        assert_eq!(Random::new(&mut source).below(6), Ok(1));
        // 2^32 is a multiple of 16, so nothing is drawn again.
        let mut ones = |bytes: &mut [u8]| {
            bytes.fill(0xff);
            Ok(())
        };
        assert_eq!(Random::new(&mut ones).below(16), Ok(15));
        assert_eq!(Random::new(&mut ones).below(1), Ok(0));
    }

    #[test]
    fn without_randomness_there_is_no_password() {
        let mut broken = |_: &mut [u8]| Err(getrandom::Error::UNSUPPORTED);
        let error = generate(&PasswordPolicy::new(8, 12), &mut broken).unwrap_err();
        assert_eq!(
            error,
            GenerateError::Randomness(getrandom::Error::UNSUPPORTED)
        );
        assert!(error.to_string().contains("random bytes"), "{error}");
    }

    #[test]
    fn a_source_that_repeats_itself_ends() {
        // Always the same text, of one class.
        let mut constant = |bytes: &mut [u8]| {
            bytes.fill(0);
            Ok(())
        };
        let policy = PasswordPolicy::new(8, 12).min_classes(2);
        assert_eq!(
            generate(&policy, &mut constant).unwrap_err(),
            GenerateError::Forbidden
        );
    }

    #[test]
    fn the_alphabet_has_every_character_once() {
        let alphabet = |policy: PasswordPolicy| String::from_iter(policy.alphabet());
        let any = alphabet(PasswordPolicy::new(1, 1));
        assert_eq!(any, String::from_iter('!'..='~'));
        let listed = alphabet(PasswordPolicy::new(1, 1).specials("!a! é"));
        assert_eq!(listed.chars().count(), 62 + 3);
        assert!(
            listed.starts_with(" !0") && listed.ends_with("zé"),
            "{listed}"
        );
    }
}
