//! Field-by-field comparison of two records: each field falls into one of a few named levels.

use doleance_records::{PlaceLevel, Status};

use super::features::{Code, Row};

/// The levels of all fields, four bits each.
pub(crate) type Pattern = u64;

/// The level of field number `field` in a pattern.
pub(crate) fn level(pattern: Pattern, field: usize) -> usize {
    (pattern >> (4 * field) & 0xF) as usize
}

/// Compares two records whose kinds are `kind_steps` apart. None where they cannot be one event: days or places exclude
/// each other.
pub(crate) fn compare(a: &Row, b: &Row, kind_steps: u32, days: i32, km: f64) -> Option<Pattern> {
    let date = date(a, b, days)?;
    let levels = [
        usize::from(kind_steps > 0),
        status(a.status, b.status),
        date,
        place(a, b, km)?,
        actor(a, b),
        target(a, b),
        size(&a.size, &b.size),
        toll(&a.toll, &b.toll),
        issue(&a.issues, &b.issues),
        wording(a, b, date != NEAR),
    ];
    Some(
        levels.iter().enumerate().fold(0, |pattern, (field, &level)| pattern | (level as u64) << (4 * field)),
    )
}

/// What took place and what was announced are two events even on one day; a denial and an attempt may be the same
/// event seen by others.
fn status(a: Status, b: Status) -> usize {
    use Status::*;
    let class = |status| match status {
        Happened | Attempted | Denied => 0,
        Planned | CalledFor | Threatened => 1,
        Refused => 2,
        Hypothetical => 3,
    };
    match (a == b, class(a) == class(b)) {
        (true, _) => 0,
        (_, true) => 1,
        _ => 2,
    }
}

/// A span of more days than this is a season or a month: holding a day then says little.
const SHORT: i32 = 8;

/// The level of two days that differ by no more than the tolerance.
const NEAR: usize = 4;
/// The same where the later is the day on which its report came out: an outlet may give the day of its own edition.
const PUBLICATION: usize = 5;

fn date(a: &Row, b: &Row, tolerance: i32) -> Option<usize> {
    let (Some(x), Some(y)) = (a.days, b.days) else {
        return undated(a, b).then_some(6);
    };
    let gap = x.0.max(y.0) - x.1.min(y.1);
    let (longer, shorter) = (length(x).max(length(y)), length(x).min(length(y)));
    match gap {
        _ if x == y && longer == 1 => Some(0),
        _ if x == y => Some(1),
        ..=0 if longer <= SHORT => Some(2),
        // Two months that meet in a week say nothing together.
        ..=0 if shorter <= SHORT || (-gap + 1) * 2 >= shorter => Some(3),
        1.. if gap <= tolerance && longer <= SHORT => {
            let later = if x > y { a } else { b };
            let is_of_edition = later.days.zip(later.published).is_some_and(|(days, day)| days == (day, day));
            Some(if is_of_edition { PUBLICATION } else { NEAR })
        }
        _ => None,
    }
}

fn length(days: (i32, i32)) -> i32 {
    days.1 - days.0 + 1
}

/// Days before publication that an undated action may lie back: news is of the last weeks.
pub(crate) const NEWS: i32 = 31;

fn undated(a: &Row, b: &Row) -> bool {
    let last = |row: &Row| row.days.map(|days| days.1);
    match (last(a), last(b), a.published, b.published) {
        (Some(day), None, _, Some(published)) | (None, Some(day), Some(published), _) => {
            (-NEWS..=NEWS).contains(&(published - day))
        }
        (None, None, Some(x), Some(y)) => (x - y).abs() <= NEWS,
        _ => true,
    }
}

/// The level of two towns within reach of each other.
const NEIGHBOUR: usize = 3;

fn place(a: &Row, b: &Row, km: f64) -> Option<usize> {
    let (Some(x), Some(y)) = (a.place, b.place) else { return Some(6) };
    if x.key == y.key {
        return Some(usize::from(x.level == PlaceLevel::Country));
    }
    let fine = |level| level >= PlaceLevel::City;
    if let (Some(p), Some(q)) = (x.point, y.point)
        && fine(x.level)
        && fine(y.level)
        && kilometres(p, q) <= km
    {
        // A square and its town are one place; two towns are two, each with a rally of its own on a day of action.
        let towns = x.level == PlaceLevel::City && y.level == PlaceLevel::City;
        return Some(if towns { NEIGHBOUR } else { 2 });
    }
    let (wide, narrow) = if x.level <= y.level { (x, y) } else { (y, x) };
    match wide.level {
        PlaceLevel::Country if narrow.country == Some(wide.key) && narrow.level > PlaceLevel::Country => {
            Some(5)
        }
        PlaceLevel::Admin1 if narrow.admin1 == Some(wide.key) && narrow.level > PlaceLevel::Admin1 => Some(4),
        // The gazetteer gives no second-order parent: a county and a town of one division may be one in the other.
        PlaceLevel::Admin2
            if fine(narrow.level) && narrow.admin1.is_some() && narrow.admin1 == wide.admin1 =>
        {
            Some(4)
        }
        // A site or district without a point, in the division of a city.
        PlaceLevel::City
            if narrow.level > PlaceLevel::City
                && narrow.point.is_none()
                && narrow.admin1.is_some()
                && narrow.admin1 == wide.admin1 =>
        {
            Some(4)
        }
        _ => None,
    }
}

/// Great-circle distance on a sphere of the earth's mean radius.
pub(crate) fn kilometres(a: (f32, f32), b: (f32, f32)) -> f64 {
    let radians = |degrees: f32| f64::from(degrees).to_radians();
    let (north, east) = (radians(b.0) - radians(a.0), radians(b.1) - radians(a.1));
    let half =
        (north / 2.0).sin().powi(2) + radians(a.0).cos() * radians(b.0).cos() * (east / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}

fn actor(a: &Row, b: &Row) -> usize {
    if a.roles.is_empty() || b.roles.is_empty() {
        return if meet(&a.organisations, &b.organisations) { 0 } else { 5 };
    }
    let sectors = !a.sectors.is_empty() && !b.sectors.is_empty();
    if meet(&a.organisations, &b.organisations) {
        0
    } else if sectors && meet(&a.sectors, &b.sectors) {
        1
    } else if sectors {
        3
    } else if meet(&a.roles, &b.roles) {
        2
    } else {
        4
    }
}

fn target(a: &Row, b: &Row) -> usize {
    let both = |x: &[Code], y: &[Code]| !x.is_empty() && !y.is_empty();
    if both(&a.target_organisations, &b.target_organisations) {
        return if meet(&a.target_organisations, &b.target_organisations) { 0 } else { 3 };
    }
    // Police who clear dockers and police who clear students do not clear one square.
    if both(&a.target_sectors, &b.target_sectors) {
        return if meet(&a.target_sectors, &b.target_sectors) { 1 } else { 4 };
    }
    if !both(&a.target_roles, &b.target_roles) {
        return 6;
    }
    if meet(&a.target_roles, &b.target_roles) { 2 } else { 5 }
}

fn size(a: &[u64], b: &[u64]) -> usize {
    match nearest(a, b) {
        None => 4,
        Some(1.0) => 0,
        Some(ratio) if ratio <= 1.25 => 1,
        // Police and organisers differ by ten times and more, and still count one crowd.
        Some(ratio) if ratio <= 15.0 => 2,
        Some(_) => 3,
    }
}

fn toll(a: &[Vec<u64>; 3], b: &[Vec<u64>; 3]) -> usize {
    let mut level = 3;
    for (a, b) in a.iter().zip(b) {
        let here = match nearest(a, b) {
            None => continue,
            Some(1.0) => 0,
            // Tolls rise from report to report.
            Some(ratio) if ratio <= 2.0 => 1,
            Some(_) => 2,
        };
        level = level.min(here);
    }
    level
}

/// The smallest ratio of a figure of one to a figure of the other; none where either has none.
fn nearest(a: &[u64], b: &[u64]) -> Option<f64> {
    let ratio = |x: u64, y: u64| (x.max(y).max(1)) as f64 / (x.min(y).max(1)) as f64;
    a.iter().flat_map(|&x| b.iter().map(move |&y| ratio(x, y))).min_by(f64::total_cmp)
}

fn issue(a: &[Code], b: &[Code]) -> usize {
    if a.is_empty() || b.is_empty() {
        return 2;
    }
    usize::from(!meet(a, b))
}

/// Fewer runs of words than this cannot be told from a set phrase.
const ENOUGH: usize = 8;

const VERBATIM: f64 = 0.95;
const COPY: f64 = 0.8;
const SHARED: f64 = 0.2;

fn wording(a: &Row, b: &Row, same_day: bool) -> usize {
    let other_language = a.language.is_some() && b.language.is_some() && a.language != b.language;
    // An outlet that follows a strike day after day repeats itself: that is no copy of one story.
    let same_source = a.source.is_some() && a.source == b.source;
    if other_language || same_source || a.shingles.len() < ENOUGH || b.shingles.len() < ENOUGH {
        return 3;
    }
    let shared = common(&a.shingles, &b.shingles) as f64 / a.shingles.len().min(b.shingles.len()) as f64;
    match shared {
        VERBATIM.. => 0,
        COPY.. if same_day => 0,
        // Two days of one strike are told alike: where days differ only a copy speaks for one event.
        SHARED.. if same_day => 1,
        _ => 2,
    }
}

/// Whether two sorted lists share a member.
fn meet(a: &[Code], b: &[Code]) -> bool {
    a.iter().any(|code| b.binary_search(code).is_ok())
}

/// The number of members that two sorted lists share.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lille_and_villeneuve_d_ascq_are_six_kilometres_apart() {
        let distance = kilometres((50.633, 3.058), (50.619, 3.131));
        assert!((5.0..6.0).contains(&distance), "{distance}");
    }

    #[test]
    fn rival_figures_are_not_another_crowd() {
        assert_eq!(size(&[300], &[3000]), 2);
        assert_eq!(size(&[300, 3000], &[3000]), 0);
        assert_eq!(size(&[300], &[30000]), 3);
        assert_eq!(size(&[], &[30000]), 4);
    }
}
