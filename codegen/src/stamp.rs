//! What the last run saw, so that the next can end at once when nothing changed.
//!
//! The stamp is a file of the build folder and no truth of its own: `generate --check` and
//! `build.rs` never look at it, and a stamp that is missing or wrong only means that all is
//! rendered again.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::read;
use crate::source::{Referred, Source};

/// The digest of the generator's own sources, made when it was compiled.
const GENERATOR: &str = env!("CODEGEN_FINGERPRINT");

/// A digest of the documents, the generator and the crate on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Digests everything that decides whether rendering would change something.
    pub fn of<'f>(sources: &[Source], files: impl Iterator<Item = (&'f String, &'f [u8])>) -> Self {
        let mut digest = Sha256::new();
        let mut add = |bytes: &[u8]| {
            // The length keeps two texts from being read as one.
            digest.update((bytes.len() as u64).to_le_bytes());
            digest.update(bytes);
        };
        add(GENERATOR.as_bytes());
        for source in sources {
            add(source.path.as_bytes());
            add(source.text.as_bytes());
            for (path, referred) in source.referred() {
                add(path.as_bytes());
                // What each variant says of a path is its own.
                let (kind, words) = match referred {
                    Referred::Text(text) => ("text", &**text),
                    Referred::Same(path) => ("same", path.as_str()),
                    Referred::Missing(why) => ("missing", why.as_str()),
                    Referred::Refused(why) => ("refused", why.as_str()),
                };
                add(kind.as_bytes());
                add(words.as_bytes());
            }
        }
        for (path, bytes) in files {
            add(path.as_bytes());
            add(bytes);
        }
        let digest = digest.finalize();
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// The file that keeps a fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    path: PathBuf,
}

impl Stamp {
    /// A stamp in a build folder.
    pub fn below(target: &Path) -> Self {
        Self {
            path: target.join("codegen.stamp"),
        }
    }

    /// Whether the last run kept the same fingerprint.
    pub fn holds(&self, fingerprint: &Fingerprint) -> bool {
        read::text(&self.path).is_ok_and(|kept| kept == fingerprint.0)
    }

    /// Keeps a fingerprint for the next run; a stamp that cannot be written costs time, nothing else.
    pub fn keep(&self, fingerprint: &Fingerprint) {
        if let Some(folder) = self.path.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        let _ = std::fs::write(&self.path, &fingerprint.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_counts() {
        let source = |text| [Source::new("spec/a.yaml", text)];
        let path = "src/lib.rs".to_owned();
        let of = |text, bytes: &'static [u8]| {
            Fingerprint::of(&source(text), [(&path, bytes)].into_iter())
        };
        assert_eq!(of("a", b"x"), of("a", b"x"));
        assert_ne!(of("a", b"x"), of("b", b"x"));
        assert_ne!(of("a", b"x"), of("a", b"y"));
        let referring = |referred| {
            let [source] = source("a");
            let sources = [source.referring("spec/b/c.yaml", referred)];
            Fingerprint::of(&sources, [(&path, &b"x"[..])].into_iter())
        };
        let missing = referring(Referred::Missing("d".to_owned()));
        assert_ne!(missing, of("a", b"x"));
        assert_ne!(missing, referring(Referred::Text("d".into())));
        assert_ne!(
            referring(Referred::Text("e".into())),
            referring(Referred::Text("d".into()))
        );
    }

    #[test]
    fn a_stamp_holds_what_it_kept() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = Stamp::below(&folder.path().join("target"));
        let fingerprint = Fingerprint::of(&[], std::iter::empty());
        assert!(!stamp.holds(&fingerprint));
        stamp.keep(&fingerprint);
        assert!(stamp.holds(&fingerprint));
    }
}
