//! Where the last password for a thing is in the file. No password is kept in memory.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::Identity;
use crate::durable::Position;

/// Sizes do not depend on what identities hold: ten thousand are half a megabyte.
#[derive(Debug, Default)]
pub(crate) struct Index(HashMap<[u8; 16], Position>);

impl Index {
    /// The later one counts. Gives the one before.
    pub(super) fn insert(
        &mut self,
        identity: &Identity<'_>,
        position: Position,
    ) -> Option<Position> {
        self.0.insert(key(identity), position)
    }

    pub(super) fn get(&self, identity: &Identity<'_>) -> Option<Position> {
        self.0.get(&key(identity)).copied()
    }
}

fn key(identity: &Identity<'_>) -> [u8; 16] {
    struct Hashed(Sha256);

    impl std::io::Write for Hashed {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let mut hashed = Hashed(Sha256::new());
    // Texts and JSON values can always be written, and the hash takes all of it.
    let _ = serde_json::to_writer(&mut hashed, &identity.without_row());
    let mut key = [0; 16];
    key.copy_from_slice(&hashed.0.finalize()[..16]);
    key
}
