//! How much work a page takes, counted in tests and nowhere else.
//!
//! What a reader does for each text, row or token is a step. A test reads pages of one shape and of
//! two sizes: twice the page may take twice the steps, whatever machine it runs on.

#[cfg(test)]
mod tests;

#[cfg(test)]
std::thread_local! {
    static TAKEN: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts steps that are taken.
#[cfg(test)]
pub(crate) fn count(steps: usize) {
    TAKEN.set(TAKEN.get().saturating_add(steps));
}

/// Counts nothing.
#[cfg(not(test))]
#[inline]
pub(crate) const fn count(_steps: usize) {}
