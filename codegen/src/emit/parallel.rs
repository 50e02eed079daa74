//! Work on every core, in the order it was given.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The stack of a thread, in bytes: progenitor follows types into each other, and the main
/// thread of most systems has as much.
const STACK: usize = 8 << 20;

/// Does something with each item; the results are in the items' order, however many cores there are.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            match items.get(index) {
                Some(item) => done.push((index, work(item))),
                None => return done,
            }
        }
    };
    let mut done = thread::scope(|scope| {
        // This thread is one of them; where no other can be made, it does everything.
        let others: Vec<_> = (1..cores.min(items.len()))
            .filter_map(|_| {
                let thread = thread::Builder::new().stack_size(STACK);
                thread.spawn_scoped(scope, take).ok()
            })
            .collect();
        let mut done = take();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<u64> = (0..200).collect();
        let slow_first = |it: &u64| {
            std::thread::sleep(std::time::Duration::from_micros(200 - it));
            it * 2
        };
        assert!(
            map(&items, slow_first)
                .into_iter()
                .eq((0..200).map(|it| it * 2))
        );
        assert!(map(&[], |it: &u64| *it).is_empty());
    }
}
