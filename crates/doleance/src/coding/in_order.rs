//! Maps on several threads and gives the results in the order of the input, holding a bounded weight at a time.
//!
//! One thread draws the work, `jobs` threads map it, the calling thread takes the results. What is drawn and not yet
//! taken weighs at most [`HELD`], or is a single item.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Bytes of input that may be on their way at once.
const HELD: usize = 8 << 20;

/// Stack of a mapping thread. Trees of long sentences and nested pages recurse.
const STACK: usize = 64 << 20;

struct State<W, R> {
    waiting: VecDeque<(u64, usize, W)>,
    mapped: BTreeMap<u64, (usize, R)>,
    held: usize,
    drawn: u64,
    taken: u64,
    /// No more work will be drawn.
    ended: bool,
    /// Nobody wants further results.
    stopped: bool,
}

struct Shared<W, R> {
    state: Mutex<State<W, R>>,
    changed: Condvar,
}

impl<W, R> Shared<W, R> {
    fn lock(&self) -> MutexGuard<'_, State<W, R>> {
        // No code that can panic runs under the lock, so a poisoned state is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while<'a>(
        &'a self,
        guard: MutexGuard<'a, State<W, R>>,
        condition: impl FnMut(&mut State<W, R>) -> bool,
    ) -> MutexGuard<'a, State<W, R>> {
        self.changed.wait_while(guard, condition).unwrap_or_else(PoisonError::into_inner)
    }
}

/// Maps `work` on `jobs` threads and gives each result to `take`, in order, on the calling thread. The first error of
/// `take` ends the run and is returned.
pub fn in_order<W: Send, R: Send, E>(
    work: impl Iterator<Item = W> + Send,
    jobs: usize,
    weight: impl Fn(&W) -> usize + Send,
    map: impl Fn(W) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let shared = Shared {
        state: Mutex::new(State {
            waiting: VecDeque::new(),
            mapped: BTreeMap::new(),
            held: 0,
            drawn: 0,
            taken: 0,
            ended: false,
            stopped: false,
        }),
        changed: Condvar::new(),
    };
    thread::scope(|scope| {
        let builder = || thread::Builder::new().stack_size(STACK);
        let shared = &shared;
        let map = &map;
        let drawing = builder().spawn_scoped(scope, move || draw(shared, work, weight));
        let mapping: Vec<_> =
            (0..jobs.max(1)).map(|_| builder().spawn_scoped(scope, move || map_all(shared, map))).collect();
        if drawing.is_err() || mapping.iter().all(Result::is_err) {
            // Without threads nothing would ever come: a machine so short of memory cannot go on.
            let mut state = shared.lock();
            state.stopped = true;
            state.ended = true;
            shared.changed.notify_all();
        }
        let result = take_all(shared, &mut take);
        shared.lock().stopped = true;
        shared.changed.notify_all();
        result
    })
}

fn draw<W, R>(shared: &Shared<W, R>, work: impl Iterator<Item = W>, weight: impl Fn(&W) -> usize) {
    for item in work {
        let weighs = weight(&item);
        let state = shared.lock();
        let mut state = shared.wait_while(state, |s| !s.stopped && s.held > 0 && s.held + weighs > HELD);
        if state.stopped {
            break;
        }
        let number = state.drawn;
        state.drawn += 1;
        state.held += weighs;
        state.waiting.push_back((number, weighs, item));
        drop(state);
        shared.changed.notify_all();
    }
    shared.lock().ended = true;
    shared.changed.notify_all();
}

fn map_all<W, R>(shared: &Shared<W, R>, map: &impl Fn(W) -> R) {
    loop {
        let state = shared.lock();
        let mut state = shared.wait_while(state, |s| !s.stopped && !s.ended && s.waiting.is_empty());
        if state.stopped {
            return;
        }
        let Some((number, weighs, item)) = state.waiting.pop_front() else { return };
        drop(state);
        let result = map(item);
        shared.lock().mapped.insert(number, (weighs, result));
        shared.changed.notify_all();
    }
}

fn take_all<W, R, E>(shared: &Shared<W, R>, take: &mut impl FnMut(R) -> Result<(), E>) -> Result<(), E> {
    loop {
        let state = shared.lock();
        let comes = |s: &State<W, R>| s.mapped.contains_key(&s.taken);
        let is_over = |s: &State<W, R>| s.stopped || (s.ended && s.taken == s.drawn);
        let mut state = shared.wait_while(state, |s| !comes(s) && !is_over(s));
        let next = state.taken;
        let Some((weighs, result)) = state.mapped.remove(&next) else { return Ok(()) };
        state.taken += 1;
        state.held -= weighs;
        drop(state);
        shared.changed.notify_all();
        take(result)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_input_whatever_the_jobs() {
        for jobs in [1, 2, 8] {
            let mut seen = Vec::new();
            let slow_first = |n: u64| {
                if n.is_multiple_of(7) {
                    thread::sleep(std::time::Duration::from_micros(300));
                }
                n * 2
            };
            let taken: Result<(), ()> = in_order(
                0..500u64,
                jobs,
                |_| 1 << 15,
                slow_first,
                |n| {
                    seen.push(n);
                    Ok(())
                },
            );
            taken.unwrap();
            assert_eq!(seen, (0..500).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_item_heavier_than_all_that_may_be_held_still_passes() {
        let mut sum = 0;
        let taken: Result<(), ()> = in_order(
            0..5usize,
            2,
            |_| HELD * 2,
            |n| n,
            |n| {
                sum += n;
                Ok(())
            },
        );
        taken.unwrap();
        assert_eq!(sum, 10);
    }

    #[test]
    fn an_error_of_the_taker_ends_endless_work() {
        let result = in_order(0.., 2, |_| 1, |n: u64| n, |n| if n == 40 { Err(n) } else { Ok(()) });
        assert_eq!(result, Err(40));
    }
}
