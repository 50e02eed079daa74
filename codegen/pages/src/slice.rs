//! Parts of lists, as far as the lists go.

/// What readers take of a list.
pub(crate) trait Slice<T> {
    /// From a place on.
    fn from(&self, at: usize) -> &[T];
    /// Before a place.
    fn to(&self, at: usize) -> &[T];
    /// What stands before a place.
    fn before(&self, at: usize) -> Option<&T>;
    /// Whether there is one at a place that is so.
    fn is_at(&self, at: usize, is: impl Fn(&T) -> bool) -> bool;
    /// How many begin it that are so.
    fn lead(&self, is: impl Fn(&T) -> bool) -> usize;
    /// Before the first that ends it.
    fn upto(&self, ends: impl Fn(&T) -> bool) -> &[T];
    /// The parts that begin at these places, each to the next.
    fn parts(&self, starts: &[usize]) -> Vec<&[T]>;
    /// The place behind the last that is so; the beginning when there is none.
    fn behind_last(&self, is: impl Fn(&T) -> bool) -> usize;
}

impl<T> Slice<T> for [T] {
    fn from(&self, at: usize) -> &[T] {
        self.get(at..).unwrap_or(&[])
    }

    fn to(&self, at: usize) -> &[T] {
        self.get(..at).unwrap_or(self)
    }

    fn before(&self, at: usize) -> Option<&T> {
        self.get(at.checked_sub(1)?)
    }

    fn is_at(&self, at: usize, is: impl Fn(&T) -> bool) -> bool {
        self.get(at).is_some_and(is)
    }

    fn lead(&self, is: impl Fn(&T) -> bool) -> usize {
        let count = self.iter().take_while(|one| is(one)).count();
        crate::steps::count(1 + count);
        count
    }

    fn upto(&self, ends: impl Fn(&T) -> bool) -> &[T] {
        self.to(self.lead(|one| !ends(one)))
    }

    fn parts(&self, starts: &[usize]) -> Vec<&[T]> {
        let ends = starts.iter().skip(1).copied().chain([self.len()]);
        let places = starts.iter().zip(ends);
        places
            .map(|(start, end)| self.to(end).from(*start))
            .collect()
    }

    fn behind_last(&self, is: impl Fn(&T) -> bool) -> usize {
        let end = self.iter().rposition(is).map_or(0, |at| at + 1);
        crate::steps::count(1 + self.len() - end);
        end
    }
}
