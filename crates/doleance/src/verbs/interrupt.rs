//! Ctrl-C and the system's wish that a run should end: what was finished is kept, and it is said.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How long a run may take to end by itself: one that waits for standard input does not.
const GRACE: Duration = Duration::from_secs(5);

/// From now on a wish to end is noted instead of obeyed at once. A second one, or a run that does not end, ends it here:
/// with `message` on standard error and exit status 2.
pub(super) fn note_interrupts(message: &'static str) {
    let end = move || -> ! {
        anstream::eprintln!("doleance: {message}");
        std::process::exit(2)
    };
    // Where no handler can be set, a wish to end is obeyed at once, and what was finished is kept all the same.
    let _ = ctrlc::set_handler(move || {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            end();
        }
        thread::spawn(move || {
            thread::sleep(GRACE);
            end();
        });
    });
}

/// Whether the run should end.
pub(super) fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}
