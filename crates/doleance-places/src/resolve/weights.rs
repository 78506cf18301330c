//! What each sign weighs, in units of the logarithm of the population to base ten.

pub(super) const COUNTRY: f32 = 9.0;
pub(super) const ADMIN1: f32 = 4.4;
pub(super) const ADMIN2: f32 = 2.9;
pub(super) const AREA: f32 = 6.2;
pub(super) const CAPITAL: f32 = 1.0;
/// A division that shares its name with a town of its own: the town unless something asks for the division.
pub(super) const NAMESAKE: f32 = -1.5;
/// A town that has the name of a large division of its own country: *Wales* in Yorkshire.
pub(super) const DIVISION_NAMESAKE: f32 = -4.0;
/// A town that has the name of a country: *China, Maine*.
pub(super) const COUNTRY_NAMESAKE: f32 = -4.0;
pub(super) const ALTERNATE: f32 = -1.5;
pub(super) const CURATED: f32 = -0.1;
pub(super) const EXONYM: f32 = 0.5;
pub(super) const CUE: f32 = 9.0;
/// The further levels that a type word may have.
pub(super) const SECOND_LEVEL: f32 = -3.0;
pub(super) const PREFERENCE: f32 = 1.6;
pub(super) const FIRM_PREFERENCE: f32 = 3.2;
pub(super) const CONTAINED: f32 = 10.0;
pub(super) const COUNTRY_SUPPORT: f32 = 3.0;
pub(super) const DIVISION_SUPPORT: f32 = 2.5;
/// A country or division that is named in the same sentence holds the place.
pub(super) const REGION_BESIDE: f32 = 2.5;
/// Where all other places of the report lie at one spot.
pub(super) const NEARNESS: f32 = 8.5;
/// From here on a place belongs to the report's neighbourhood.
pub(super) const NEARBY: f32 = 1.0;
/// How often what is believed of one name is told to the others.
pub(super) const ROUNDS: usize = 4;
/// The distance at which nearness is halved.
pub(super) const NEAR_KILOMETRES: f64 = 110.0;
/// The country of the source, in senses that speak of it.
pub(super) const SOURCE_COUNTRY: f32 = 1.0;
/// A name that the report gives in full elsewhere.
pub(super) const SHORTENED: f32 = 2.5;
/// Below this difference the better of two places is no better.
pub(super) const THIN_MARGIN: f32 = 0.08;
/// The most that a square or building by itself says for a country.
pub(super) const LANDMARK: f32 = 0.2;
